//! Two instructions that a kernel may not run in a shared memory, replaced by calls of kernel-runtime.
//!
//! **`memory.atomic.wait32`** traps on a browser's main thread. Locks of std and of rayon wait with it, and a kernel on the main
//! thread takes them. `kernel_runtime`'s `wait.rs` waits as each thread may; emscripten's futex does the same.
//!
//! **`memory.grow`** inside a call leaves other threads with a stale size (`kernel_runtime`'s `heap.rs` has the story). Besides the
//! global allocator, std itself calls it: the list of a thread's destructors is always in std's own allocator. Its
//! replacement gives pages that the memory already has. `memory.grow(0)`, which refreshes a stale size, stays.

use anyhow::{Context, Result, bail};
use kernel_schema::abi::{self, export};
use std::collections::{BTreeMap, BTreeSet};
use walrus::ir::{
    AtomicWait, BinaryOp, Call, Instr, InstrSeq, MemoryGrow, Value, VisitorMut, dfs_pre_order_mut,
};
use walrus::{
    ConstExpr, ExportItem, FunctionBuilder, FunctionId, FunctionKind, GlobalId, LocalFunction,
    MemoryId, Module, ValType,
};

/// Replaces both in a module with shared memory; exports the global that says how this thread waits.
///
/// # Errors
///
/// Where a wait is one that no code of std has, or kernel-runtime is not linked.
pub fn replace(module: &mut Module) -> Result<()> {
    let shared = |memory: &&walrus::Memory| memory.shared;
    let Some(memory) = module.memories.iter().find(shared).map(walrus::Memory::id) else {
        return Ok(());
    };
    let waits = abi::thread::WAITS.cast_signed();
    let thread = module.globals.add_local(
        ValType::I32,
        true,
        false,
        ConstExpr::Value(Value::I32(waits)),
    );
    module.exports.add(export::THREAD, thread);
    let wait = take_function(module, export::WAIT)?;
    let pages = take_function(module, export::MEMORY_PAGES)?;

    let functions: Vec<FunctionId> = module
        .funcs
        .iter_local()
        .map(|(id, _)| id)
        .filter(|&id| id != wait)
        .collect();
    let mut found = Found::default();
    for &id in &functions {
        visit(module, id, &mut found)?;
    }
    if found.wide_wait {
        bail!(
            "the wasm has a 64-bit wait (`memory.atomic.wait64`), which would trap on a page's main thread"
        );
    }
    let mut replacements = Replacements {
        waits: found
            .wait_offsets
            .into_iter()
            .map(|offset| Ok((offset, add_wait(module, wait, thread, offset)?)))
            .collect::<Result<_>>()?,
        grow: add_grow(module, memory, pages),
    };
    for &id in &functions {
        visit(module, id, &mut replacements)?;
    }
    Ok(())
}

/// A function of kernel-runtime that nothing outside calls: it is exported no more.
fn take_function(module: &mut Module, name: &str) -> Result<FunctionId> {
    let found = module.exports.iter().find(|item| item.name == name);
    let Some((id, ExportItem::Function(function))) = found.map(|item| (item.id(), item.item))
    else {
        bail!("the wasm does not export `{name}`: is kernel-runtime linked?");
    };
    module.exports.delete(id);
    Ok(function)
}

fn visit(module: &mut Module, id: FunctionId, visitor: &mut impl VisitorMut) -> Result<()> {
    let function: &mut LocalFunction = match &mut module.funcs.get_mut(id).kind {
        FunctionKind::Local(function) => function,
        _ => None.context("only local functions were collected")?,
    };
    let entry = function.entry_block();
    dfs_pre_order_mut(visitor, function, entry);
    Ok(())
}

/// The waits of a module.
#[derive(Default)]
struct Found {
    /// Their static offsets; a replacement has its offset built in.
    wait_offsets: BTreeSet<u64>,
    wide_wait: bool,
}

impl VisitorMut for Found {
    fn visit_atomic_wait_mut(&mut self, wait: &mut AtomicWait) {
        self.wait_offsets.insert(wait.arg.offset);
        self.wide_wait |= wait.sixty_four;
    }
}

struct Replacements {
    waits: BTreeMap<u64, FunctionId>,
    grow: FunctionId,
}

impl VisitorMut for Replacements {
    fn start_instr_seq_mut(&mut self, sequence: &mut InstrSeq) {
        for (instr, _) in &mut sequence.instrs {
            let func = match instr {
                Instr::AtomicWait(wait) => self.waits[&wait.arg.offset],
                Instr::MemoryGrow(MemoryGrow { .. }) => self.grow,
                _ => continue,
            };
            *instr = Instr::Call(Call { func });
        }
    }
}

/// `(address, expected, timeout) -> 0 woken, 1 not equal, 2 timed out`, as the instruction has it.
fn add_wait(
    module: &mut Module,
    wait: FunctionId,
    thread: GlobalId,
    offset: u64,
) -> Result<FunctionId> {
    let offset = i32::try_from(offset).context("a wait beyond 2 GiB")?;
    let address = module.locals.add(ValType::I32);
    let expected = module.locals.add(ValType::I32);
    let timeout = module.locals.add(ValType::I64);
    let mut builder = FunctionBuilder::new(
        &mut module.types,
        &[ValType::I32, ValType::I32, ValType::I64],
        &[ValType::I32],
    );
    builder.name(format!("__kernel_wait32_{offset}"));
    builder
        .func_body()
        .local_get(address)
        .i32_const(offset)
        .binop(BinaryOp::I32Add)
        .local_get(expected)
        .local_get(timeout)
        .global_get(thread)
        .call(wait);
    Ok(builder.finish(vec![address, expected, timeout], &mut module.funcs))
}

/// `(pages) -> the first new page, or -1`, as the instruction has it.
fn add_grow(module: &mut Module, memory: MemoryId, pages_function: FunctionId) -> FunctionId {
    let pages = module.locals.add(ValType::I32);
    let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
    builder.name("__kernel_grow".to_owned());
    builder.func_body().local_get(pages).if_else(
        ValType::I32,
        |takes| {
            takes.local_get(pages).call(pages_function);
        },
        |refreshes| {
            refreshes.i32_const(0).memory_grow(memory);
        },
    );
    builder.finish(vec![pages], &mut module.funcs)
}
