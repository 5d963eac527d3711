//! The wide loop.

use super::linear::Linear;
use super::read::{Access, Body, Makes, Op, Value};
use walrus::ir::{BinaryOp, Instr, MemArg};
use walrus::{FunctionBuilder, InstrSeqBuilder, LocalId, ModuleLocals, ValType};

/// A loop and how many of its iterations are worked on at once.
pub struct Wide<'a> {
    body: &'a Body,
    copies: i32,
    /// What so many iterations add to the counter, or take from it.
    at_once: u32,
    /// What must hold where it begins.
    distances: Vec<Distance>,
}

/// How far the store of an iteration is from its load; not to be below a number, as if it were unsigned.
struct Distance {
    linear: Linear,
    least: i32,
}

/// Locals for vectors that no loop needs any more.
#[derive(Default)]
pub struct Spare(Vec<LocalId>);

impl<'a> Wide<'a> {
    /// None where a load may read what an earlier iteration wrote, wherever the loop begins, or the counter goes all around.
    pub fn new(body: &'a Body, copies: i32) -> Option<Wide<'a>> {
        let step = body.count.step.unsigned_abs();
        let at_once = step.checked_mul(copies.unsigned_abs())?;
        let mut distances = Vec::new();
        for load in &body.loads {
            let distance = Distance::between(load, body, copies)?;
            match distance.linear.constant() {
                Some(known) if known.cast_unsigned() < distance.least.cast_unsigned() => {
                    return None;
                }
                Some(_) => {}
                None => distances.push(distance),
            }
        }
        Some(Wide {
            body,
            copies,
            at_once,
            distances,
        })
    }

    /// The instructions that come before the loop.
    pub fn emit(
        &self,
        builder: &mut FunctionBuilder,
        locals: &mut ModuleLocals,
        spare: &mut Spare,
    ) -> Vec<Instr> {
        let results = self.assign_results(locals, spare);
        let mut before = builder.dangling_instr_seq(None);
        self.emit_more_left(&mut before);
        for Distance { linear, least } in &self.distances {
            linear.emit(&mut before);
            before.i32_const(*least).binop(BinaryOp::I32GeU);
            before.binop(BinaryOp::I32And);
        }
        let wide = |sequence: &mut InstrSeqBuilder| {
            self.emit_iterations(sequence, &results);
            self.emit_more_left(sequence);
            sequence.br_if(sequence.id());
        };
        before.if_else(
            None,
            |then| {
                then.loop_(None, wide);
            },
            |_| {},
        );
        let instrs = std::mem::take(before.instrs_mut());
        instrs.into_iter().map(|(instr, _)| instr).collect()
    }

    /// Whether more iterations are left than are worked on at once.
    fn emit_more_left(&self, sequence: &mut InstrSeqBuilder) {
        let count = &self.body.count;
        let left = count.end.clone().minus(&Linear::from(count.counter));
        left.scaled(count.step.signum()).emit(sequence);
        sequence.i32_const(self.at_once.cast_signed());
        sequence.binop(BinaryOp::I32GtU);
    }

    fn emit_iterations(&self, sequence: &mut InstrSeqBuilder, results: &[Vec<LocalId>]) {
        for (op, own) in self.body.ops.iter().zip(results) {
            for copy in 0..self.copies {
                self.emit_op(sequence, op, copy, results);
                if let Some(&local) = own.get(copy as usize) {
                    sequence.local_set(local);
                }
            }
        }
        for (&local, &step) in &self.body.steps {
            let next = Linear::from(local).plus(&Linear::from(step.wrapping_mul(self.copies)));
            next.emit(sequence);
            sequence.local_set(local);
        }
    }

    fn emit_op(
        &self,
        sequence: &mut InstrSeqBuilder,
        op: &Op,
        copy: i32,
        results: &[Vec<LocalId>],
    ) {
        let mut instr = op.instr.clone();
        let mut offset = offset_of(&mut instr);
        for input in &op.inputs {
            match input {
                Value::Linear(linear) => {
                    let step = linear.step(&self.body.steps).wrapping_mul(copy);
                    let linear = linear.clone().plus(&Linear::from(step));
                    // The first operand, where there is an offset, is the address. No sum of theirs wraps around: nothing lies there.
                    match offset.take() {
                        Some(offset) => {
                            let (linear, more) = linear.split_offset();
                            *offset += more;
                            linear.emit(sequence);
                        }
                        None => linear.emit(sequence),
                    }
                }
                Value::Const(value) => {
                    sequence.const_(*value);
                }
                Value::Result(index) => {
                    sequence.local_get(results[*index][copy as usize]);
                }
                Value::Differ(..) => unreachable!("no operation takes one"),
            }
        }
        sequence.instr(instr);
    }

    /// For each operation the locals of its results, one per copy: those of results that no later operation takes, where there are.
    fn assign_results(&self, locals: &mut ModuleLocals, spare: &mut Spare) -> Vec<Vec<LocalId>> {
        let ops = &self.body.ops;
        let mut results: Vec<Vec<LocalId>> = Vec::with_capacity(ops.len());
        for (index, op) in ops.iter().enumerate() {
            let copies = match op.makes {
                Makes::Vector => self.copies,
                _ => 0,
            };
            let take = |_| {
                let add = || locals.add(ValType::V128);
                spare.0.pop().unwrap_or_else(add)
            };
            results.push((0..copies).map(take).collect());
            // Only now: the first copy must not write over what the second one reads.
            let ended = |result: &usize| self.body.last_use(*result) == Some(index);
            for result in (0..index).filter(ended) {
                spare.0.extend(results[result].iter().rev());
            }
        }
        results
    }
}

impl Distance {
    /// None where it changes from iteration to iteration.
    fn between(load: &Access, body: &Body, copies: i32) -> Option<Distance> {
        let store = &body.store;
        let step = store.address.step(&body.steps);
        if step <= 0 || load.address.step(&body.steps) != step {
            return None;
        }
        // The load of an iteration that is m later is m steps further on. Its bytes are the store's if the distance is
        // above m step - store.bytes and below m step + load.bytes; m is 1 to copies - 1.
        let above = step.checked_sub(store.bytes)?;
        let below = step.checked_mul(copies - 1)?.checked_add(load.bytes)?;
        let from_above = Linear::from(above.checked_add(1)?);
        let linear = store
            .address
            .clone()
            .minus(&load.address)
            .minus(&from_above);
        let least = below.checked_sub(above)?.checked_sub(1)?;
        Some(Distance { linear, least })
    }
}

/// The offset of a load or store.
fn offset_of(instr: &mut Instr) -> Option<&mut u64> {
    let MemArg { offset, .. } = match instr {
        Instr::Load(load) => &mut load.arg,
        Instr::LoadSimd(load) => &mut load.arg,
        Instr::Store(store) => &mut store.arg,
        _ => return None,
    };
    Some(offset)
}
