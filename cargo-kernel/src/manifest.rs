//! The kernels of the package, out of the records of a wasm.

use crate::project::{PackageName, Project};
use anyhow::{Context, Result, bail};
use kernel_schema::names::path_of;
use kernel_schema::{Crate, Kernel, Record};
use std::collections::BTreeMap;

/// The kernels that the package exports, sorted by their JavaScript names.
///
/// These are the root crate's and those of the crates that it names in `kernel_runtime::export!`.
///
/// # Errors
///
/// Where there is no kernel, or two have one name.
pub fn select(records: Vec<Record>, project: &Project) -> Result<Vec<Kernel>> {
    let root = project.name();
    let mut exported = vec![root.clone()];
    for record in &records {
        if let Record::Export(export) = record
            && is_of(&export.krate, &root)
        {
            let package = project
                .dependencies
                .get(&export.dependency)
                .with_context(|| {
                    format!(
                        "`export!({0})`: package `{1}` has no dependency `{0}`",
                        export.dependency, root.name
                    )
                })?;
            exported.push(package.clone());
        }
    }
    let mut kernels: Vec<Kernel> = records
        .into_iter()
        .filter_map(|record| match record {
            Record::Kernel(kernel) => Some(kernel),
            Record::Export(_) => None,
        })
        .filter(|kernel| exported.iter().any(|package| is_of(&kernel.krate, package)))
        .collect();
    if kernels.is_empty() {
        bail!(
            "package `{}` has no kernel: write `#[kernel]` above a function, or `kernel_runtime::export!(dep)` for those \
             of a dependency",
            root.name
        );
    }
    kernels.sort();
    check_distinct(&kernels)?;
    Ok(kernels)
}

/// Refuses two kernels, or folds of ufuncs, of one name.
fn check_distinct(kernels: &[Kernel]) -> Result<()> {
    let mut names = BTreeMap::new();
    for kernel in kernels {
        for name in kernel.js_names() {
            if let Some(first) = names.insert(name, kernel) {
                bail!(
                    "two kernels have the JavaScript name `{name}`, `{}` and `{}`: rename one with `#[kernel(name = \"...\")]`",
                    path(first),
                    path(kernel)
                );
            }
        }
    }
    Ok(())
}

/// What Rust calls it.
fn path(kernel: &Kernel) -> &str {
    path_of(&kernel.symbol).unwrap_or(&kernel.name)
}

fn is_of(krate: &Crate, package: &PackageName) -> bool {
    krate.package == package.name && krate.version == package.version
}

/// Refuses variants that differ.
///
/// # Errors
///
/// Names the first kernel that only one of them has, or that they have differently.
pub fn check_same(sequential: &[Kernel], threaded: &[Kernel]) -> Result<()> {
    let differs = |ours: &[Kernel], theirs: &[Kernel]| {
        ours.iter()
            .find(|kernel| !theirs.contains(kernel))
            .map(|kernel| kernel.js_name.clone())
    };
    match differs(sequential, threaded).or_else(|| differs(threaded, sequential)) {
        None => Ok(()),
        Some(name) => bail!(
            "the sequential and the threaded variant differ in kernel `{name}`: a kernel and its signature must not \
             depend on `cfg(target_feature = \"atomics\")`"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel_schema::Ufunc;

    fn kernel(js_name: &str, fallible: bool) -> Kernel {
        let krate = Crate {
            package: "p".to_owned(),
            version: "1.0.0".to_owned(),
            name: "p".to_owned(),
        };
        Kernel {
            js_name: js_name.to_owned(),
            name: js_name.to_owned(),
            krate,
            symbol: js_name.to_owned(),
            docs: String::new(),
            types: Vec::new(),
            params: Vec::new(),
            results: Vec::new(),
            fallible,
            broadcast: false,
            single: false,
            ufunc: None,
        }
    }

    #[test]
    fn a_fold_has_a_name_as_a_kernel_has() {
        let ufunc = |js_name: &str, reduction: &str| Kernel {
            ufunc: Some(Ufunc {
                folds: true,
                reduction: Some(reduction.to_owned()),
                accumulation: None,
            }),
            ..kernel(js_name, false)
        };
        assert!(check_distinct(&[ufunc("add", "sum"), kernel("mean", false)]).is_ok());
        for second in [kernel("sum", false), ufunc("plus", "sum")] {
            let error = check_distinct(&[ufunc("add", "sum"), second]).unwrap_err();
            assert!(error.to_string().contains("`sum`, `add` and"), "{error}");
        }
    }

    #[test]
    fn variants_that_differ_are_refused_by_name() {
        let both = [kernel("a", false), kernel("b", false)];
        assert!(check_same(&both, &both).is_ok());
        let cases: [(&[Kernel], &[Kernel], &str); 3] = [
            (&both, &both[..1], "`b`"),
            (&both[1..], &both, "`a`"),
            (&both[..1], &[kernel("a", true)], "`a`"),
        ];
        for (sequential, threaded, name) in cases {
            let error = check_same(sequential, threaded).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
    }
}
