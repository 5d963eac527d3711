//! Loops that wait for their own results, made wide: several iterations at once, their instructions in turns.
//!
//! An iteration of an elementary function is one long chain, in which most operations wait for the one before: of a sigmoid's 29
//! cycles per vector a processor works in 15. It would go on with the next iteration, but looks ahead only some hundred
//! instructions, which are this one's. LLVM can interleave iterations, but its wasm backend orders instructions as expression trees, one
//! after the other, and V8 keeps that order. So it is done here, on the finished wasm.
//!
//! A loop is taken if it is straight, has one store, and gives nothing to its next iteration but counters. The wide loop comes before it and
//! leaves it at least one iteration: what the loop leaves in locals, it leaves as ever. Loads of later iterations come before stores of
//! earlier ones, so addresses are compared first: where one would read what another writes, the wide loop is not entered.

mod demote;
mod emit;
mod linear;
mod read;
#[cfg(test)]
mod tests;

use emit::{Spare, Wide};
use read::Body;
use walrus::ir::{Instr, InstrSeqId, Visitor, dfs_in_order};
use walrus::{FunctionKind, LocalFunction, Module, ModuleLocals};

/// A loop of fewer operations waits for memory, not for itself.
const LEAST: usize = 12;

/// Up to so many operations three iterations are worked on at once. Measured over the elementary functions in Node, three take 0.65 to
/// 0.95 of the time of one, two 0.72 to 0.97, four as long as three.
const MOST_BY_THREE: usize = 64;

/// Up to so many, two. A longer loop gains as much and costs more code.
const MOST_BY_TWO: usize = 128;

/// Widens the loops of a module.
pub fn widen(module: &mut Module) {
    widen_where(module, copies_of);
}

fn widen_where(module: &mut Module, copies_of: impl Fn(&Body) -> Option<i32>) {
    for function in module.funcs.iter_mut() {
        if let FunctionKind::Local(function) = &mut function.kind {
            widen_function(function, &mut module.locals, &copies_of);
        }
    }
}

fn widen_function(
    function: &mut LocalFunction,
    locals: &mut ModuleLocals,
    copies_of: &impl Fn(&Body) -> Option<i32>,
) {
    let mut spare = Spare::default();
    for sequence in sequences(function) {
        let instrs = std::mem::take(&mut function.block_mut(sequence).instrs);
        let mut with = Vec::with_capacity(instrs.len());
        for (instr, place) in instrs {
            if let Instr::Loop(inner) = &instr
                && let Some(body) = read::read(function.block(inner.seq))
                && let Some(copies) = copies_of(&body)
                && let Some(wide) = Wide::new(&body, copies)
            {
                let wide = wide.emit(function.builder_mut(), locals, &mut spare);
                with.extend(wide.into_iter().map(|instr| (instr, place)));
            }
            with.push((instr, place));
        }
        function.block_mut(sequence).instrs = with;
    }
}

/// How many iterations are worked on at once.
fn copies_of(body: &Body) -> Option<i32> {
    let ops = body.ops.len();
    let copies = if ops <= MOST_BY_THREE { 3 } else { 2 };
    (LEAST..=MOST_BY_TWO).contains(&ops).then_some(copies)
}

/// All sequences of instructions of a function.
fn sequences(function: &LocalFunction) -> Vec<InstrSeqId> {
    #[derive(Default)]
    struct Sequences(Vec<InstrSeqId>);
    impl<'f> Visitor<'f> for Sequences {
        fn start_instr_seq(&mut self, sequence: &'f walrus::ir::InstrSeq) {
            self.0.push(sequence.id());
        }
    }
    let mut found = Sequences::default();
    dfs_in_order(&mut found, function, function.entry_block());
    found.0
}
