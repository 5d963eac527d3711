//! A browser's main thread may not wait: `memory.atomic.wait32` traps there.
//!
//! Locks of std and of rayon wait with that instruction, and a kernel on the main thread takes them. So every wait becomes
//! a call of a function that waits where the thread may, and otherwise answers "woken" at once: all users of a futex look
//! again when they are woken, so that they spin. emscripten's futex does the same on the main thread.

use anyhow::{Context, Result, bail};
use kernel_schema::abi::export;
use std::collections::BTreeMap;
use walrus::ir::{AtomicWait, Call, Instr, MemArg, Value, VisitorMut, dfs_pre_order_mut};
use walrus::{
    ConstExpr, FunctionBuilder, FunctionId, FunctionKind, GlobalId, LocalFunction, MemoryId,
    Module, ValType,
};

/// Replaces the waits of a module with shared memory; exports the global that says whether this thread may wait.
///
/// # Errors
///
/// Where a wait is one that no code of std has.
pub fn replace(module: &mut Module) -> Result<()> {
    let Some(memory) = module
        .memories
        .iter()
        .find(|memory| memory.shared)
        .map(walrus::Memory::id)
    else {
        return Ok(());
    };
    let may_wait =
        module
            .globals
            .add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(1)));
    module.exports.add(export::MAY_WAIT, may_wait);

    let functions: Vec<FunctionId> = module.funcs.iter_local().map(|(id, _)| id).collect();
    let mut found = Waits::default();
    for &id in &functions {
        each_sequence(local(module, id)?, &mut found);
    }
    if found.wide {
        bail!(
            "the wasm has a 64-bit wait (`memory.atomic.wait64`), which would trap on a page's main thread"
        );
    }
    let helpers: BTreeMap<u64, FunctionId> = found
        .offsets
        .into_keys()
        .map(|offset| (offset, add_helper(module, memory, may_wait, offset)))
        .collect();
    for &id in &functions {
        each_sequence(local(module, id)?, &mut Replace { helpers: &helpers });
    }
    Ok(())
}

fn local(module: &mut Module, id: FunctionId) -> Result<&mut LocalFunction> {
    match &mut module.funcs.get_mut(id).kind {
        FunctionKind::Local(function) => Ok(function),
        _ => None.context("only local functions were collected"),
    }
}

fn each_sequence(function: &mut LocalFunction, visitor: &mut impl VisitorMut) {
    let entry = function.entry_block();
    dfs_pre_order_mut(visitor, function, entry);
}

/// The static offsets of all waits.
#[derive(Default)]
struct Waits {
    offsets: BTreeMap<u64, ()>,
    wide: bool,
}

impl VisitorMut for Waits {
    fn visit_atomic_wait_mut(&mut self, wait: &mut AtomicWait) {
        self.offsets.insert(wait.arg.offset, ());
        self.wide |= wait.sixty_four;
    }
}

struct Replace<'a> {
    helpers: &'a BTreeMap<u64, FunctionId>,
}

impl VisitorMut for Replace<'_> {
    fn start_instr_seq_mut(&mut self, sequence: &mut walrus::ir::InstrSeq) {
        for (instr, _) in &mut sequence.instrs {
            if let Instr::AtomicWait(wait) = instr {
                let func = self.helpers[&wait.arg.offset];
                *instr = Instr::Call(Call { func });
            }
        }
    }
}

/// `(address, expected, timeout) -> 0 woken, 1 not equal, 2 timed out`, as the instruction has it.
fn add_helper(
    module: &mut Module,
    memory: MemoryId,
    may_wait: GlobalId,
    offset: u64,
) -> FunctionId {
    let address = module.locals.add(ValType::I32);
    let expected = module.locals.add(ValType::I32);
    let timeout = module.locals.add(ValType::I64);
    let mut builder = FunctionBuilder::new(
        &mut module.types,
        &[ValType::I32, ValType::I32, ValType::I64],
        &[ValType::I32],
    );
    builder.name(format!("__kernel_wait32_{offset}"));
    let arg = MemArg { align: 4, offset };
    builder.func_body().global_get(may_wait).if_else(
        ValType::I32,
        |waits| {
            waits
                .local_get(address)
                .local_get(expected)
                .local_get(timeout)
                .atomic_wait(memory, arg, false);
        },
        |spins| {
            spins.i32_const(0);
        },
    );
    builder.finish(vec![address, expected, timeout], &mut module.funcs)
}
