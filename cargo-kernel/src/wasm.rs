//! From Cargo's wasm to the package's: the manifest out of it, the kernels that are ours, wasm-bindgen over it.

mod constants;
mod interleave;
mod shared;

use crate::emit::MemoryPages;
use crate::manifest::Exports;
use anyhow::{Context, Result, anyhow};
use kernel_schema::names::path_of;
use kernel_schema::{Kernel, Record, abi, frame};
use std::collections::HashSet;
use walrus::{ExportItem, Module, ModuleConfig};
use wasm_bindgen_cli_support::Bindgen;

/// The one version of wasm-bindgen that this tool runs, and that kernel-runtime depends on.
pub const BINDGEN_VERSION: &str = "0.2.130";

/// A variant's files.
#[derive(Debug)]
pub struct Linked {
    /// The wasm.
    pub wasm: Vec<u8>,
    /// What instantiates it: an ES module whose `instantiate()` gives a function for one instance.
    pub glue: String,
    /// The limits of the memory that the wasm imports, where it does: a shared one.
    pub pages: Option<MemoryPages>,
}

/// Parses Cargo's wasm; `names` keeps those of functions, for stack traces.
///
/// # Errors
///
/// Where it is none.
pub fn parse(bytes: &[u8], names: bool) -> Result<Module> {
    ModuleConfig::new()
        .generate_name_section(names)
        .generate_producers_section(false)
        .parse(bytes)
        .map_err(|error| anyhow!("can't read the wasm: {error:#}"))
}

/// What wasm-bindgen imports of its own accord; `js/glue.js` gives these.
const OWN_IMPORTS: [&str; 4] = [
    "memory",
    "__wbindgen_init_externref_table",
    "__wbindgen_jstag",
    "__wbindgen_wrapped_jstag",
];

/// What wasm-bindgen exports for its own glue alone; the table of functions among it.
const BINDGEN_EXPORTS: [&str; 4] = [
    "__abort_handler",
    "__instance_terminated",
    "__wbindgen_export",
    "__wbindgen_externrefs",
];

/// Takes the manifest out of a wasm.
///
/// # Errors
///
/// Where the section is damaged or of another version.
pub fn take_records(module: &mut Module) -> Result<Vec<Record>> {
    match module.customs.remove_raw(abi::SECTION) {
        None => Ok(Vec::new()),
        Some(section) => Ok(frame::decode(&section.data)?),
    }
}

/// Removes the exports of kernels and classes that the package does not have.
pub fn retain_exports(module: &mut Module, exports: &Exports) {
    let instances = exports.kernels.iter().flat_map(Kernel::instances);
    let kernels = instances.map(|instance| instance.symbol);
    let classes = exports.classes.iter().map(|class| class.symbol.clone());
    let keep: HashSet<String> = kernels.chain(classes).collect();
    let drop: Vec<_> = module
        .exports
        .iter()
        .filter(|export| path_of(&export.name).is_some() && !keep.contains(&export.name))
        .map(walrus::Export::id)
        .collect();
    for id in drop {
        module.exports.delete(id);
    }
}

/// Runs wasm-bindgen: the imports, and the thread transform where memory is shared.
///
/// # Errors
///
/// What wasm-bindgen refuses.
pub fn link(mut module: Module) -> Result<Linked> {
    shared::replace(&mut module)?;
    let mut bindgen = Bindgen::new();
    bindgen
        .no_modules(true)?
        .typescript(false)
        .input_module("kernels", module);
    let mut output = bindgen
        .generate_output()
        .map_err(|error| anyhow!("{error:#}").context("wasm-bindgen can't process the wasm"))?;
    let bindgen_glue = wrap_glue(output.js());
    let module = output.wasm_mut();
    let needs_bindgen = module
        .imports
        .iter()
        .any(|import| !OWN_IMPORTS.contains(&import.name.as_str()));
    let glue = if needs_bindgen {
        bindgen_glue
    } else {
        include_str!("../js/glue.js").to_owned()
    };
    remove_exports(module, &["__heap_base", "__data_end", "__tls_base"]);
    if !needs_bindgen {
        remove_exports(module, &BINDGEN_EXPORTS);
        walrus::passes::gc::run(module);
    }
    let pages = module
        .memories
        .iter()
        .find(|memory| memory.import.is_some())
        .map(|memory| MemoryPages {
            initial: memory.initial,
            maximum: memory.maximum.unwrap_or(memory.initial),
        });
    Ok(Linked {
        wasm: module.emit_wasm(),
        glue,
        pages,
    })
}

/// The same wasm with loops as engines run them best: the last step, since `wasm-opt` would undo it.
///
/// # Errors
///
/// Where it is none.
pub fn arrange_loops(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = parse(wasm, false)?;
    constants::hoist(&mut module);
    interleave::widen(&mut module);
    Ok(module.emit_wasm())
}

/// wasm-bindgen's glue keeps its instance in a variable; in a function, every call has its own.
fn wrap_glue(js: &str) -> String {
    format!(
        "// The glue of wasm-bindgen {BINDGEN_VERSION}, a fresh one at every call.\n\
         export function instantiate() {{\n{}\nreturn wasm_bindgen;\n}}\n",
        js.trim()
    )
}

/// Removes exports of globals and tables that nothing uses.
fn remove_exports(module: &mut Module, names: &[&str]) {
    let ids: Vec<_> = module
        .exports
        .iter()
        .filter(|export| names.contains(&export.name.as_str()))
        .filter(|export| matches!(export.item, ExportItem::Global(_) | ExportItem::Table(_)))
        .map(walrus::Export::id)
        .collect();
    for id in ids {
        module.exports.delete(id);
    }
}

/// Reads a file that Cargo made.
///
/// # Errors
///
/// As the file system has it.
pub fn read(path: &std::path::Path, names: bool) -> Result<Module> {
    let bytes = std::fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
    parse(&bytes, names)
}
