mod class;
mod facts;
mod method;

use super::scope::{Scope, numbers};
use super::text::{INFALLIBLE, key, list, quote};
use crate::manifest::Exports;
use class::{emit_class, emit_kind};
use facts::emit_facts;
use kernel_schema::{Class, Kernel, Role, Type, Ufunc, names};
use method::{emit_method, scalar_tests};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;

/// The text of `kernels.js`: what messages tell about each kernel, one class per struct, and one method per kernel.
pub(super) fn emit_js(exports: &Exports) -> String {
    let imports = imports(exports);
    let mut names = Scope::new(&[
        "bind", "rt", "wasm", "mark", "result", "output", "error", "BigInt", "call", "facts", "is",
        "from",
    ]);
    for name in imports.values().flatten() {
        names.take(name, []);
    }
    let classes: Classes = exports
        .classes
        .iter()
        .map(|class| {
            let named = NamedClass {
                class,
                ident: names.take(&class.js_name, numbers()),
                kind: names.take(&format!("${}", class.js_name), numbers()),
            };
            (class.symbol.as_str(), named)
        })
        .collect();
    let members = exports
        .classes
        .iter()
        .flat_map(|class| exports.members(class));
    let kernels: Vec<Named> = members
        .chain(exports.free())
        .map(|kernel| {
            let owner = kernel.owner().map(|symbol| classes[symbol].class);
            let prefix = owner.map_or(String::new(), |class| format!("{}_", class.js_name));
            Named {
                kernel,
                classes: &classes,
                facts: names.take(
                    &format!("{prefix}{}", kernel.name).to_uppercase(),
                    numbers(),
                ),
                export: names.take(&format!("${prefix}{}", kernel.js_name), numbers()),
            }
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
    js += match exports.classes.is_empty() {
        true => "/**\n * The kernels of one instance. `$name` is the wasm export of `name`.\n *\n",
        false => {
            "/**\n * The kernels and classes of one instance. `$name` is the wasm export of `name`, `$Name` what makes and borrows\n \
             * handles of `Name`.\n *\n"
        }
    };
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
    for class in &exports.classes {
        let is_member = |named: &&Named| named.kernel.owner() == Some(&class.symbol);
        let members = kernels.iter().filter(is_member);
        js += &emit_class(&classes[class.symbol.as_str()], members, &names);
    }
    for class in &exports.classes {
        js += &emit_kind(&classes[class.symbol.as_str()]);
    }
    js += "  return {\n";
    for class in &exports.classes {
        let NamedClass { class, ident, .. } = &classes[class.symbol.as_str()];
        js += &match *ident == class.js_name {
            true => format!("    {ident},\n"),
            false => format!("    {}: {ident},\n", key(&class.js_name)),
        };
    }
    for named in kernels.iter().filter(|named| named.kernel.member.is_none()) {
        js += &match &named.kernel.ufunc {
            None => emit_method(named, &names),
            Some(ufunc) => emit_ufunc(named, ufunc),
        };
    }
    js += "  };\n}\n";
    js
}

/// The classes of a package by their symbols.
type Classes<'a> = HashMap<&'a str, NamedClass<'a>>;

/// A class with its identifier and that of what makes its handles.
struct NamedClass<'a> {
    class: &'a Class,
    ident: String,
    kind: String,
}

/// A kernel with the identifiers of its facts and of its wasm export.
struct Named<'a> {
    kernel: &'a Kernel,
    classes: &'a Classes<'a>,
    facts: String,
    export: String,
}

impl Named<'_> {
    /// The class that it is a member of, and how.
    fn member(&self) -> Option<(&NamedClass<'_>, Role)> {
        let member = self.kernel.member.as_ref()?;
        Some((self.class(member.class), member.role))
    }

    /// A class of those that it names.
    fn class(&self, index: usize) -> &NamedClass<'_> {
        &self.classes[self.kernel.classes[index].as_str()]
    }
}

/// What the methods use of the runtime's modules.
fn imports(exports: &Exports) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut imports: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    if !exports.classes.is_empty() {
        imports.insert("handles.js", BTreeSet::from(["Handle", "Kind"]));
    }
    for kernel in &exports.kernels {
        let mut types = kernel.params.iter().map(|param| &param.ty);
        if types.any(Type::is_scalar) {
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
        ..
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
