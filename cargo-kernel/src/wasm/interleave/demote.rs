//! Conversions of float64 to float32. LLVM makes those of four lanes one by one, of 14 instructions where three do.

use super::read::{Makes, Op, Value};
use walrus::ir::{BinaryOp, I8x16Shuffle, Instr, UnaryOp, Unop};

/// Has vectors converted as vectors, and leaves out what nobody takes then.
pub fn join_lanes(ops: &mut Vec<Op>) {
    for last in 0..ops.len() {
        if let Some([(second, low), (third, high)]) = converted_lanes(ops, last) {
            for (place, vector) in [(second, low), (third, high)] {
                let op = UnaryOp::F32x4DemoteF64x2Zero;
                ops[place].instr = Instr::Unop(Unop { op });
                ops[place].inputs = vec![Value::Result(vector)];
            }
            let indices = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
            ops[last].instr = Instr::I8x16Shuffle(I8x16Shuffle { indices });
            ops[last].inputs = vec![Value::Result(second), Value::Result(third)];
        }
    }
    remove_unused(ops);
}

/// If `last` completes a vector of four converted lanes: who places the second lane and the third, and the vectors that they are of.
fn converted_lanes(ops: &[Op], last: usize) -> Option<[(usize, usize); 2]> {
    let (third, lane_3) = replaced(ops, last, 3)?;
    let (second, lane_2) = replaced(ops, third, 2)?;
    let (first, lane_1) = replaced(ops, second, 1)?;
    let lane_0 = match (&ops[first].instr, &ops[first].inputs[..]) {
        (Instr::Unop(unop), [lane]) if matches!(unop.op, UnaryOp::F32x4Splat) => lane,
        _ => return None,
    };
    let low = converted(ops, lane_0, 0)?;
    let high = converted(ops, lane_2, 0)?;
    let same = converted(ops, lane_1, 1) == Some(low) && converted(ops, lane_3, 1) == Some(high);
    let alone = |result| {
        let taken = |input: &&Value| matches!(input, Value::Result(taken) if *taken == result);
        ops.iter().flat_map(|op| &op.inputs).filter(taken).count() == 1
    };
    (same && alone(second) && alone(third)).then_some([(second, low), (third, high)])
}

/// The vector of which `place` replaces a lane, and what becomes that lane.
fn replaced(ops: &[Op], place: usize, lane: u8) -> Option<(usize, &Value)> {
    match (&ops[place].instr, &ops[place].inputs[..]) {
        (Instr::Binop(binop), [Value::Result(vector), value]) if matches!(binop.op, BinaryOp::F32x4ReplaceLane { idx } if idx == lane) => {
            Some((*vector, value))
        }
        _ => None,
    }
}

/// The vector whose lane was converted.
fn converted(ops: &[Op], value: &Value, lane: u8) -> Option<usize> {
    let unop = |value: &Value| match value {
        Value::Result(place) => match (&ops[*place].instr, &ops[*place].inputs[..]) {
            (Instr::Unop(unop), [input]) => Some((unop.op, input.clone())),
            _ => None,
        },
        _ => None,
    };
    let (UnaryOp::F32DemoteF64, single) = unop(value)? else {
        return None;
    };
    match unop(&single)? {
        (UnaryOp::F64x2ExtractLane { idx }, Value::Result(vector)) if idx == lane => Some(vector),
        _ => None,
    }
}

/// Loads stay: they may trap.
fn remove_unused(ops: &mut Vec<Op>) {
    let mut used = vec![false; ops.len()];
    for (place, op) in ops.iter().enumerate().rev() {
        used[place] |= op.makes == Makes::Nothing || op.is_load();
        if used[place] {
            for input in &op.inputs {
                if let Value::Result(result) = input {
                    used[*result] = true;
                }
            }
        }
    }
    let mut stays = used.iter();
    ops.retain(|_| stays.next() == Some(&true));
    let left_below = |place: usize| used[..place].iter().filter(|&&used| used).count();
    for input in ops.iter_mut().flat_map(|op| &mut op.inputs) {
        if let Value::Result(result) = input {
            *result = left_below(*result);
        }
    }
}
