mod facts;
mod method;

use super::scope::{Scope, numbers};
use super::text::{INFALLIBLE, key, list, quote};
use facts::emit_facts;
use kernel_schema::{Kernel, Ufunc, names};
use method::{emit_method, scalar_tests};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The text of `kernels.js`: what messages tell about each kernel, and one method per kernel.
pub(super) fn emit_js(kernels: &[Kernel]) -> String {
    let imports = imports(kernels);
    let mut names = Scope::new(&[
        "bind", "rt", "wasm", "mark", "result", "output", "error", "BigInt", "call", "facts", "is",
        "from",
    ]);
    for name in imports.values().flatten() {
        names.take(name, []);
    }
    let kernels: Vec<Named> = kernels
        .iter()
        .map(|kernel| Named {
            kernel,
            facts: names.take(&kernel.name.to_uppercase(), numbers()),
            export: names.take(&format!("${}", kernel.js_name), numbers()),
        })
        .collect();

    let mut js = String::new();
    for (module, names) in &imports {
        let names = names.iter().map(|&name| name.to_owned());
        js += &list(
            "import {",
            names,
            "}",
            &format!(" from \"./runtime/{module}\";"),
            0,
        );
    }
    if !imports.is_empty() {
        js.push('\n');
    }
    for named in &kernels {
        js += &emit_facts(named);
        js.push('\n');
    }
    js += "/**\n * The kernels of one instance. `$name` is the wasm export of `name`.\n *\n";
    js += " * @param {import(\"./runtime/runtime.js\").Runtime} rt\n";
    js += " * @param {Record<string, (...values: any[]) => any>} wasm\n */\n";
    js += "export function bind(rt, wasm) {\n  const {\n";
    for Named { kernel, export, .. } in &kernels {
        if !has_instances(kernel) {
            writeln!(js, "    {}: {export},", key(&kernel.symbol)).expect(INFALLIBLE);
        }
    }
    js += "  } = wasm;\n";
    for named in &kernels {
        if has_instances(named.kernel) {
            js += &emit_instances(named);
        }
    }
    js += "  return {\n";
    for named in &kernels {
        js += &match &named.kernel.ufunc {
            None => emit_method(named, &names),
            Some(ufunc) => emit_ufunc(named, ufunc),
        };
    }
    js += "  };\n}\n";
    js
}

/// A kernel with the identifiers of its facts and of its wasm export.
struct Named<'a> {
    kernel: &'a Kernel,
    facts: String,
    export: String,
}

/// What the methods use of the runtime's modules.
fn imports(kernels: &[Kernel]) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut imports: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for kernel in kernels {
        if kernel.params.iter().any(|param| param.ty.is_scalar()) {
            imports.entry("messages.js").or_default().insert("refuse");
        }
        for test in scalar_tests(kernel) {
            imports.entry("dtypes.js").or_default().insert(test);
        }
        if let Some(ufunc) = &kernel.ufunc {
            let names = imports.entry("ufunc.js").or_default();
            names.insert("ufunc");
            names.extend(folds(ufunc).map(|(function, _)| function));
        } else if has_instances(kernel) {
            imports.entry("generic.js").or_default().insert("generic");
        }
    }
    imports
}

/// Whether an export is chosen at each call: of a generic kernel, or of a ufunc, which has its loops in exports.
fn has_instances(kernel: &Kernel) -> bool {
    kernel.ufunc.is_some() || !kernel.types.is_empty()
}

/// A ufunc, and its folds that have names of their own.
fn emit_ufunc(Named { kernel, export, .. }: &Named, ufunc: &Ufunc) -> String {
    let mut js = format!("    {}: {export},\n", key(&kernel.js_name));
    for (function, name) in folds(ufunc) {
        writeln!(
            js,
            "    {}: {function}({export}, {}),",
            key(name),
            quote(name)
        )
        .expect(INFALLIBLE);
    }
    js
}

/// The functions of `ufunc.js` that give folds their names, with the names.
fn folds(ufunc: &Ufunc) -> impl Iterator<Item = (&'static str, &str)> {
    let reduction = ufunc.reduction.iter().map(|name| ("reduction", name));
    let accumulation = ufunc.accumulation.iter().map(|name| ("accumulation", name));
    reduction
        .chain(accumulation)
        .map(|(function, name)| (function, name.as_str()))
}

/// What chooses among the exports of a kernel.
fn emit_instances(
    Named {
        kernel,
        facts,
        export,
    }: &Named,
) -> String {
    let suffixes = kernel.instances();
    let suffixes = suffixes
        .iter()
        .map(|instance| quote(&names::instance_suffix(&instance.dtypes)));
    let (function, close) = match &kernel.ufunc {
        None => ("generic", ");".to_owned()),
        Some(ufunc) => ("ufunc", format!(", {});", ufunc.folds)),
    };
    let open = format!(
        "const {export} = {function}(rt, {facts}, wasm, {}, [",
        quote(&kernel.symbol)
    );
    list(&open, suffixes, "]", &close, 2)
}
