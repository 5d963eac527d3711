//! The texts of a package, from its manifest. Nothing here touches the disk.

mod abi;
mod dts;
mod entry;
mod js;
mod package_json;
mod runtime;
mod scope;
mod text;

pub use abi::emit_abi;

use crate::manifest::Exports;
use entry::{Host, Parts, emit_entry};
use kernel_schema::{Kernel, Type};
use serde::Deserialize;

/// What the package says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Package {
    /// npm name.
    pub name: String,
    /// Version, of the crate.
    pub version: String,
    /// One line about it.
    pub description: Option<String>,
    /// SPDX expression.
    pub license: Option<String>,
    /// Where its source is.
    pub repository: Option<String>,
    /// The memory of the threaded variant, if there is one.
    pub threaded: Option<MemoryPages>,
}

/// Limits of a memory that wasm imports, in pages of 64 KiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct MemoryPages {
    /// What it needs at least.
    pub initial: u64,
    /// What it can use at most.
    pub maximum: u64,
}

/// The text files of a package: path in the package, with `/`, and text.
///
/// `exports` has no two of one JavaScript name. The wasm files and their glue, which `package.json` lists too, come
/// from elsewhere.
pub fn emit(exports: &Exports, package: &Package) -> Vec<(String, String)> {
    let kernels = &exports.kernels;
    let arrays = kernels.iter().any(has_arrays);
    let handles = !exports.classes.is_empty();
    let parts = Parts {
        arrays,
        handles,
        threaded: package.threaded,
    };
    let mut files = vec![
        ("index.d.ts".to_owned(), dts::emit_dts(exports, parts)),
        ("index.js".to_owned(), emit_entry(Host::Web, parts)),
        ("kernels.js".to_owned(), js::emit_js(exports)),
        ("node.js".to_owned(), emit_entry(Host::Node, parts)),
    ];
    let ufuncs = kernels.iter().any(|kernel| kernel.ufunc.is_some());
    let generic = ufuncs || kernels.iter().any(|kernel| !kernel.types.is_empty());
    let parts = [
        (true, runtime::RUNTIME),
        (arrays, runtime::ARRAYS),
        (handles, runtime::HANDLES),
        (arrays || handles, runtime::OWNED),
        (generic, runtime::GENERIC),
        (ufuncs, runtime::UFUNC),
        (package.threaded.is_some(), runtime::THREADS),
    ];
    for (name, text) in parts.iter().filter(|part| part.0).flat_map(|part| part.1) {
        files.push((format!("runtime/{name}"), (*text).to_owned()));
    }
    let paths = files.iter().map(|(path, _)| path.as_str());
    let package_json = package_json::emit_package_json(package, paths);
    files.push(("package.json".to_owned(), package_json));
    files
}

/// Whether a package needs `NdArray` for this kernel.
fn has_arrays(kernel: &Kernel) -> bool {
    let params = kernel.params.iter().map(|param| &param.ty);
    let results = kernel.results.iter().map(|output| &output.ty);
    // What chooses an instance knows arrays, whether or not the kernel has some.
    !kernel.types.is_empty() || params.chain(results).any(Type::has_arrays)
}
