//! Constant vectors of loops, taken out of them.
//!
//! V8 makes a `v128.const` anew wherever it is used, of two or three instructions that the loop then runs each time: the 16 of an
//! exponential are a third of its loop. What comes out of a global that may change it cannot make anew: it keeps that in a register,
//! or on the stack, from where one load has it back.

use std::collections::{BTreeMap, BTreeSet};
use walrus::ir::{
    Const, GlobalGet, Instr, InstrSeq, InstrSeqId, LocalGet, LocalSet, Value, Visitor, VisitorMut,
    dfs_in_order, dfs_pre_order_mut,
};
use walrus::{
    ConstExpr, FunctionKind, GlobalId, LocalFunction, LocalId, Module, ModuleGlobals, ModuleLocals,
    ValType,
};

/// Has each outermost loop find its constant vectors in locals.
pub fn hoist(module: &mut Module) {
    let mut globals = Globals::default();
    for function in module.funcs.iter_mut() {
        if let FunctionKind::Local(function) = &mut function.kind {
            let mut hoist = Hoist {
                function,
                locals: BTreeMap::new(),
                globals: &mut globals,
                all_globals: &mut module.globals,
                all_locals: &mut module.locals,
            };
            hoist.run();
        }
    }
}

/// The global that holds a vector.
#[derive(Default)]
struct Globals(BTreeMap<u128, GlobalId>);

impl Globals {
    fn of(&mut self, vector: u128, all: &mut ModuleGlobals) -> GlobalId {
        *self.0.entry(vector).or_insert_with(|| {
            // Nobody changes it, but an engine does not know that.
            let mutable = true;
            let init = ConstExpr::Value(Value::V128(vector));
            all.add_local(ValType::V128, mutable, false, init)
        })
    }
}

struct Hoist<'a> {
    function: &'a mut LocalFunction,
    /// The local that holds a vector, wherever a loop of the function needs it.
    locals: BTreeMap<u128, LocalId>,
    globals: &'a mut Globals,
    all_globals: &'a mut ModuleGlobals,
    all_locals: &'a mut ModuleLocals,
}

impl Hoist<'_> {
    fn run(&mut self) {
        let mut outside = vec![self.function.entry_block()];
        while let Some(sequence) = outside.pop() {
            let instrs = std::mem::take(&mut self.function.block_mut(sequence).instrs);
            let mut with = Vec::with_capacity(instrs.len());
            for (instr, place) in instrs {
                match &instr {
                    Instr::Loop(inner) => {
                        let sets = self.take_out(inner.seq);
                        with.extend(sets.into_iter().map(|set| (set, place)));
                    }
                    Instr::Block(inner) => outside.push(inner.seq),
                    Instr::IfElse(inner) => outside.extend([inner.consequent, inner.alternative]),
                    Instr::Try(inner) => outside.push(inner.seq),
                    Instr::TryTable(inner) => outside.push(inner.seq),
                    _ => {}
                }
                with.push((instr, place));
            }
            self.function.block_mut(sequence).instrs = with;
        }
    }

    /// Replaces the vectors of a loop; returns what sets their locals.
    fn take_out(&mut self, body: InstrSeqId) -> Vec<Instr> {
        let mut found = Found::default();
        dfs_in_order(&mut found, self.function, body);
        for &vector in &found.0 {
            let add = || self.all_locals.add(ValType::V128);
            self.locals.entry(vector).or_insert_with(add);
        }
        dfs_pre_order_mut(&mut Replace(&self.locals), self.function, body);
        let sets = found.0.into_iter().flat_map(|vector| {
            let global = self.globals.of(vector, self.all_globals);
            let local = self.locals[&vector];
            [
                Instr::GlobalGet(GlobalGet { global }),
                Instr::LocalSet(LocalSet { local }),
            ]
        });
        sets.collect()
    }
}

/// The vector that an instruction makes, unless one instruction of any processor does: of zeros and of ones.
fn vector_of(value: Value) -> Option<u128> {
    match value {
        Value::V128(vector) if vector != 0 && vector != u128::MAX => Some(vector),
        _ => None,
    }
}

/// The vectors of a loop.
#[derive(Default)]
struct Found(BTreeSet<u128>);

impl Visitor<'_> for Found {
    fn visit_const(&mut self, constant: &Const) {
        self.0.extend(vector_of(constant.value));
    }
}

struct Replace<'a>(&'a BTreeMap<u128, LocalId>);

impl VisitorMut for Replace<'_> {
    fn start_instr_seq_mut(&mut self, sequence: &mut InstrSeq) {
        for (instr, _) in &mut sequence.instrs {
            if let Instr::Const(constant) = instr
                && let Some(vector) = vector_of(constant.value)
                && let Some(&local) = self.0.get(&vector)
            {
                *instr = Instr::LocalGet(LocalGet { local });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::ir::BinaryOp;
    use walrus::{FunctionBuilder, FunctionId, GlobalKind};

    const VECTORS: [u128; 3] = [7, 8, 9];

    /// A function with two loops, one in a block and with one inside, and vectors in all of them; and one without loops.
    fn module() -> (Module, FunctionId, FunctionId) {
        let mut module = Module::default();
        let [a, b, c] = VECTORS.map(Value::V128);
        let mut with = FunctionBuilder::new(&mut module.types, &[], &[]);
        let mut body = with.func_body();
        body.const_(c).drop();
        body.block(None, |block| {
            block.loop_(None, |outer| {
                outer.const_(a).const_(Value::V128(0));
                outer.binop(BinaryOp::V128And).drop();
                outer.loop_(None, |inner| {
                    inner.const_(b).const_(a).binop(BinaryOp::V128And).drop();
                });
            });
        });
        body.loop_(None, |other| {
            other.const_(b).drop();
        });
        let with = with.finish(vec![], &mut module.funcs);
        let mut without = FunctionBuilder::new(&mut module.types, &[], &[]);
        without.func_body().const_(a).drop();
        let without = without.finish(vec![], &mut module.funcs);
        module.exports.add("with", with);
        module.exports.add("without", without);
        (module, with, without)
    }

    /// What a function does with vectors, loops and blocks in brackets.
    fn text(module: &Module, function: FunctionId) -> String {
        struct Text<'m>(&'m Module, String);
        impl<'f> Visitor<'f> for Text<'_> {
            fn start_instr_seq(&mut self, _: &'f InstrSeq) {
                self.1 += "[";
            }
            fn end_instr_seq(&mut self, _: &'f InstrSeq) {
                self.1 += "]";
            }
            fn visit_const(&mut self, constant: &Const) {
                self.1 += &format!(" {:?}", constant.value);
            }
            fn visit_global_get(&mut self, get: &GlobalGet) {
                let global = self.0.globals.get(get.global);
                assert!(global.mutable);
                if let GlobalKind::Local(ConstExpr::Value(value)) = &global.kind {
                    self.1 += &format!(" global {value:?}");
                }
            }
            fn visit_local_set(&mut self, _: &LocalSet) {
                self.1 += " set";
            }
            fn visit_local_get(&mut self, _: &LocalGet) {
                self.1 += " get";
            }
        }
        let mut text = Text(module, String::new());
        let function = module.funcs.get(function).kind.unwrap_local();
        dfs_in_order(&mut text, function, function.entry_block());
        text.1
    }

    #[test]
    fn loops_find_their_vectors_in_locals() {
        let (mut module, with, without) = module();
        let before = text(&module, without);
        hoist(&mut module);
        assert_eq!(
            text(&module, with),
            "[ V128(9)[ global V128(7) set global V128(8) set[ get V128(0)[ get get]]] global V128(8) set[ get]]"
        );
        assert_eq!(text(&module, without), before);
        let wasm = module.emit_wasm();
        assert_eq!(
            Module::from_buffer(&wasm).unwrap().globals.iter().count(),
            2
        );
    }
}
