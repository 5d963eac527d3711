//! A straight loop, read as operations on values.

use super::demote;
use super::linear::{Linear, Steps};
use std::collections::BTreeMap;
use walrus::ir::{BinaryOp, Instr, InstrSeq, LoadKind, LoadSimdKind, MemArg, StoreKind, UnaryOp};
use walrus::{LocalId, ir};

/// A loop that does the same `n` times, to elements side by side.
pub struct Body {
    /// What it does, but for counting.
    pub ops: Vec<Op>,
    /// The locals that count.
    pub steps: Steps,
    pub count: Count,
    /// What it loads, which a store of an earlier time might have written.
    pub loads: Vec<Access>,
    pub store: Access,
}

/// An instruction, without the locals and constants that bring its operands.
pub struct Op {
    pub instr: Instr,
    pub inputs: Vec<Value>,
    pub makes: Makes,
}

/// What an operation leaves on the stack.
#[derive(Clone, Copy, PartialEq)]
pub enum Makes {
    Nothing,
    Vector,
    /// One lane of a vector, or what is computed of it.
    Scalar,
}

impl Op {
    pub fn is_load(&self) -> bool {
        matches!(self.instr, Instr::Load(_) | Instr::LoadSimd(_))
    }
}

/// An operand.
#[derive(Clone)]
pub enum Value {
    /// Of locals as the iteration finds them. One that is no i32 stands alone.
    Linear(Linear),
    /// A vector or a float.
    Const(ir::Value),
    /// Of the operation with this index.
    Result(usize),
    /// Whether two differ.
    Differ(Linear, Linear),
}

/// An iteration adds `step` to `counter`; the last one makes it `end`.
#[derive(Debug)]
pub struct Count {
    pub counter: LocalId,
    pub step: i32,
    pub end: Linear,
}

/// Memory that an iteration touches.
#[derive(Clone)]
pub struct Access {
    pub address: Linear,
    pub bytes: i32,
}

/// Reads a loop; none if it is of another shape.
pub fn read(sequence: &InstrSeq) -> Option<Body> {
    let mut reader = Reader::default();
    let ((last, _), rest) = sequence.instrs.split_last()?;
    for (instr, _) in rest {
        reader.read(instr)?;
    }
    match last {
        Instr::BrIf(again) if again.block == sequence.id() => reader.finish(),
        _ => None,
    }
}

#[derive(Default)]
struct Reader {
    ops: Vec<Op>,
    stack: Vec<Value>,
    /// What the iteration has set so far.
    locals: BTreeMap<LocalId, Value>,
    loads: Vec<Access>,
    store: Option<Access>,
}

impl Reader {
    fn read(&mut self, instr: &Instr) -> Option<()> {
        match instr {
            Instr::LocalGet(get) => {
                let unset = || Value::Linear(Linear::from(get.local));
                let value = self.locals.get(&get.local).cloned();
                self.stack.push(value.unwrap_or_else(unset));
            }
            Instr::LocalSet(set) => {
                let value = self.stack.pop()?;
                self.locals.insert(set.local, value);
            }
            Instr::LocalTee(tee) => {
                let value = self.stack.last()?.clone();
                self.locals.insert(tee.local, value);
            }
            Instr::Const(constant) => self.stack.push(match constant.value {
                ir::Value::I32(value) => Value::Linear(Linear::from(value)),
                value => Value::Const(value),
            }),
            Instr::Binop(binop) => match binop.op {
                BinaryOp::I32Add => self.combine(|a, b| Some(Value::Linear(a.plus(&b))))?,
                BinaryOp::I32Sub => self.combine(|a, b| Some(Value::Linear(a.minus(&b))))?,
                BinaryOp::I32Shl => self.combine(|a, b| {
                    let factor = 1_i32.wrapping_shl(b.constant()?.cast_unsigned());
                    Some(Value::Linear(a.scaled(factor)))
                })?,
                BinaryOp::I32Ne => self.combine(|a, b| Some(Value::Differ(a, b)))?,
                op => self.push_op(instr, 2, made_by_binary(op)?)?,
            },
            Instr::Unop(unop) => self.push_op(instr, 1, made_by_unary(unop.op)?)?,
            Instr::TernOp(_) | Instr::V128Bitselect(_) => self.push_op(instr, 3, Makes::Vector)?,
            Instr::I8x16Shuffle(_) | Instr::I8x16Swizzle(_) => {
                self.push_op(instr, 2, Makes::Vector)?;
            }
            Instr::Load(load) if matches!(load.kind, LoadKind::V128) => {
                self.load(instr, load.arg, 16)?;
            }
            Instr::LoadSimd(load) => self.load(instr, load.arg, bytes_of(load.kind)?)?,
            Instr::Store(store) if matches!(store.kind, StoreKind::V128) => {
                let address = self.stack.iter().rev().nth(1)?;
                let written = self.store.replace(access(address, store.arg, 16)?);
                // In turns, two stores would change places.
                if written.is_some() {
                    return None;
                }
                self.push_op(instr, 2, Makes::Nothing)?;
            }
            _ => return None,
        }
        Some(())
    }

    fn push_op(&mut self, instr: &Instr, arity: usize, makes: Makes) -> Option<()> {
        let first = self.stack.len().checked_sub(arity)?;
        let inputs = self.stack.split_off(first);
        if inputs
            .iter()
            .any(|input| matches!(input, Value::Differ(..)))
        {
            return None;
        }
        if makes != Makes::Nothing {
            self.stack.push(Value::Result(self.ops.len()));
        }
        let instr = instr.clone();
        self.ops.push(Op {
            instr,
            inputs,
            makes,
        });
        Some(())
    }

    fn load(&mut self, instr: &Instr, arg: MemArg, bytes: i32) -> Option<()> {
        // It would come before a store that it follows.
        if self.store.is_some() {
            return None;
        }
        self.loads.push(access(self.stack.last()?, arg, bytes)?);
        self.push_op(instr, 1, Makes::Vector)
    }

    fn combine(&mut self, make: impl FnOnce(Linear, Linear) -> Option<Value>) -> Option<()> {
        let (Value::Linear(b), Value::Linear(a)) = (self.stack.pop()?, self.stack.pop()?) else {
            return None;
        };
        self.stack.push(make(a, b)?);
        Some(())
    }

    /// What the loop is, if nothing but counting goes from one iteration to the next.
    fn finish(mut self) -> Option<Body> {
        let condition = self.stack.pop()?;
        if !self.stack.is_empty() {
            return None;
        }
        let mut steps = Steps::new();
        for (&local, value) in &self.locals {
            if let Value::Linear(next) = value
                && let Some((start, step)) = next.local_and_step()
                && start == local
            {
                steps.insert(local, step);
            }
        }
        let (next, end) = match &condition {
            Value::Linear(next) => (next.clone(), Linear::from(0)),
            Value::Differ(next, end) => (next.clone(), end.clone()),
            _ => return None,
        };
        let (counter, step) = next.local_and_step()?;
        if step == 0 || steps.get(&counter) != Some(&step) || end.step(&steps) != 0 {
            return None;
        }
        // Before anything is left out: a sum that only what follows the loop reads has no other use.
        if self.reads_of_others(&condition, &steps) {
            return None;
        }
        demote::join_lanes(&mut self.ops);
        let all_vectors = self.ops.iter().all(|op| op.makes != Makes::Scalar);
        let store = self.store?;
        all_vectors.then_some(Body {
            ops: self.ops,
            steps,
            count: Count { counter, step, end },
            loads: self.loads,
            store,
        })
    }

    /// Whether an iteration reads, or leaves in a local, what an earlier one computed.
    fn reads_of_others(&self, condition: &Value, steps: &Steps) -> bool {
        let inputs = self.ops.iter().flat_map(|op| &op.inputs);
        let mut values = inputs.chain(self.locals.values()).chain([condition]);
        let is_others = |local| self.locals.contains_key(&local) && !steps.contains_key(&local);
        values.any(|value| match value {
            Value::Linear(linear) => linear.locals().any(is_others),
            Value::Differ(a, b) => a.locals().chain(b.locals()).any(is_others),
            Value::Const(_) | Value::Result(_) => false,
        })
    }
}

impl Body {
    /// The last operation that takes a result.
    pub fn last_use(&self, result: usize) -> Option<usize> {
        let takes = |input: &Value| matches!(input, Value::Result(taken) if *taken == result);
        self.ops.iter().rposition(|op| op.inputs.iter().any(takes))
    }
}

fn access(address: &Value, arg: MemArg, bytes: i32) -> Option<Access> {
    let Value::Linear(address) = address else {
        return None;
    };
    let offset = i32::try_from(arg.offset).ok()?;
    let address = address.clone().plus(&Linear::from(offset));
    Some(Access { address, bytes })
}

/// Whether an operation is one of vectors. walrus names them as the specification does: with the shape first.
fn is_of_vectors(op: &impl std::fmt::Debug) -> bool {
    const SHAPES: [&str; 7] = ["V128", "I8x16", "I16x8", "I32x4", "I64x2", "F32x4", "F64x2"];
    let name = format!("{op:?}");
    SHAPES.iter().any(|shape| name.starts_with(shape))
}

fn made_by_binary(op: BinaryOp) -> Option<Makes> {
    is_of_vectors(&op).then_some(Makes::Vector)
}

fn made_by_unary(op: UnaryOp) -> Option<Makes> {
    const TO_SCALAR: [&str; 4] = ["ExtractLane", "AnyTrue", "AllTrue", "Bitmask"];
    let name = format!("{op:?}");
    match op {
        UnaryOp::F32DemoteF64 => Some(Makes::Scalar),
        _ if !is_of_vectors(&op) => None,
        _ if TO_SCALAR.iter().any(|to| name.contains(to)) => Some(Makes::Scalar),
        _ => Some(Makes::Vector),
    }
}

/// Bytes that an instruction loads, and makes a vector of.
fn bytes_of(kind: LoadSimdKind) -> Option<i32> {
    use LoadSimdKind::*;
    Some(match kind {
        Splat8 => 1,
        Splat16 => 2,
        Splat32 | V128Load32Zero => 4,
        Splat64 | V128Load64Zero => 8,
        V128Load8x8S | V128Load8x8U => 8,
        V128Load16x4S | V128Load16x4U | V128Load32x2S | V128Load32x2U => 8,
        _ => return None,
    })
}
