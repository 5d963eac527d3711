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

use entry::{Host, emit_entry};
use kernel_schema::Kernel;
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
/// `kernels` has no two of one JavaScript name. The wasm files and their glue, which `package.json` lists too, come
/// from elsewhere.
pub fn emit(kernels: &[Kernel], package: &Package) -> Vec<(String, String)> {
    let mut files = vec![
        (
            "index.d.ts".to_owned(),
            dts::emit_dts(kernels, package.threaded.is_some()),
        ),
        (
            "index.js".to_owned(),
            emit_entry(Host::Web, package.threaded),
        ),
        ("kernels.js".to_owned(), js::emit_js(kernels)),
        (
            "node.js".to_owned(),
            emit_entry(Host::Node, package.threaded),
        ),
    ];
    let mut modules = runtime::RUNTIME.to_vec();
    let ufuncs = kernels.iter().any(|kernel| kernel.ufunc.is_some());
    if ufuncs || kernels.iter().any(|kernel| !kernel.types.is_empty()) {
        modules.extend(runtime::GENERIC);
    }
    if ufuncs {
        modules.extend(runtime::UFUNC);
    }
    if package.threaded.is_some() {
        modules.extend(runtime::THREADS);
    }
    for (name, text) in modules {
        files.push((format!("runtime/{name}"), text.to_owned()));
    }
    let paths = files.iter().map(|(path, _)| path.as_str());
    let package_json = package_json::emit_package_json(package, paths);
    files.push(("package.json".to_owned(), package_json));
    files
}
