//! The kernels and classes of the package, out of the records of a wasm.

use crate::project::{PackageName, Project};
use anyhow::{Context, Result, bail};
use kernel_schema::names::path_of;
use kernel_schema::{Class, Crate, Kernel, Record, Role};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a package exports.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Exports {
    /// Classes of handles, sorted by their JavaScript names.
    #[serde(default)]
    pub classes: Vec<Class>,
    /// Kernels, sorted by their JavaScript names, those that are members of classes among them.
    pub kernels: Vec<Kernel>,
}

impl Exports {
    /// The class of a symbol; the records of a package have all that its kernels name.
    pub fn class(&self, symbol: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.symbol == symbol)
    }

    /// The kernels that are members of a class: its constructor, static methods, then methods.
    pub fn members(&self, class: &Class) -> Vec<&Kernel> {
        let is_member = |kernel: &&Kernel| kernel.owner() == Some(&class.symbol);
        let mut members: Vec<&Kernel> = self.kernels.iter().filter(is_member).collect();
        members.sort_by_key(|kernel| kernel.member.as_ref().map(|member| member.role));
        members
    }

    /// The kernels that are members of none.
    pub fn free(&self) -> impl Iterator<Item = &Kernel> {
        self.kernels.iter().filter(|kernel| kernel.member.is_none())
    }
}

/// What the package exports.
///
/// These are the kernels and classes of the root crate and of the crates that it names in `kernel_runtime::export!`, and the
/// classes that those kernels name, wherever they are from.
///
/// # Errors
///
/// Where there is no kernel, or two have one name.
pub fn select(records: Vec<Record>, project: &Project) -> Result<Exports> {
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
    let is_exported = |krate: &Crate| exported.iter().any(|package| is_of(krate, package));
    let (mut kernels, mut classes) = (Vec::new(), Vec::new());
    for record in records {
        match record {
            Record::Kernel(kernel) if is_exported(&kernel.krate) => kernels.push(kernel),
            Record::Class(class) => classes.push(class),
            Record::Kernel(_) | Record::Export(_) => {}
        }
    }
    let is_named = |class: &Class| {
        kernels
            .iter()
            .any(|kernel: &Kernel| kernel.classes.contains(&class.symbol))
    };
    classes.retain(|class| is_exported(&class.krate) || is_named(class));
    if kernels.is_empty() {
        bail!(
            "package `{}` has no kernel: write `#[kernel]` above a function, or `kernel_runtime::export!(dep)` for those \
             of a dependency",
            root.name
        );
    }
    kernels.sort();
    classes.sort();
    let exports = Exports { classes, kernels };
    check_complete(&exports)?;
    check_distinct(&exports)?;
    Ok(exports)
}

/// Refuses kernels that name a class without a record.
fn check_complete(exports: &Exports) -> Result<()> {
    for kernel in &exports.kernels {
        for symbol in &kernel.classes {
            if exports.class(symbol).is_none() {
                bail!(
                    "`{}` names the struct `{}`, whose record the linker has left out: use something else of its crate too",
                    path(&kernel.symbol),
                    path(symbol)
                );
            }
        }
    }
    Ok(())
}

/// Refuses two of one name at one place: on the package, where folds of ufuncs have names too, on a class, on its handles.
fn check_distinct(exports: &Exports) -> Result<()> {
    let mut taken = BTreeMap::new();
    let classes = exports.classes.iter();
    let classes = classes.map(|class| ((None, class.js_name.as_str()), ("class", &class.symbol)));
    let kernels = exports.kernels.iter().flat_map(|kernel| {
        let member = kernel.member.as_ref();
        let place = member.map(|member| (kernel.owner(), member.role));
        let names = kernel.js_names();
        names.map(move |name| ((place, name), ("kernel", &kernel.symbol)))
    });
    for ((place, name), (what, symbol)) in classes.chain(kernels) {
        if let Some((other, first)) = taken.insert((place, name), (what, symbol)) {
            let what = match (place, other, what) {
                (Some((_, Role::Static)), _, _) => "two static methods of one class",
                (Some(_), _, _) => "two methods of one class",
                (None, "kernel", "kernel") => "two kernels",
                (None, "class", "class") => "two classes",
                (None, _, _) => "a class and a kernel",
            };
            bail!(
                "{what} have the JavaScript name `{name}`, `{}` and `{}`: rename one with `#[kernel(name = \"...\")]`",
                path(first),
                path(symbol)
            );
        }
    }
    Ok(())
}

/// What Rust calls it.
fn path(symbol: &str) -> &str {
    path_of(symbol).unwrap_or(symbol)
}

fn is_of(krate: &Crate, package: &PackageName) -> bool {
    krate.package == package.name && krate.version == package.version
}

/// Refuses variants that differ.
///
/// # Errors
///
/// Names the first kernel or class that only one of them has, or that they have differently.
pub fn check_same(sequential: &Exports, threaded: &Exports) -> Result<()> {
    let differs = |ours: &Exports, theirs: &Exports| {
        let mut kernels = ours.kernels.iter();
        let mut classes = ours.classes.iter();
        let kernel = kernels.find(|kernel| !theirs.kernels.contains(kernel));
        let class = classes.find(|class| !theirs.classes.contains(class));
        let class = class.map(|class| ("class", class.js_name.clone()));
        class.or(kernel.map(|kernel| ("kernel", kernel.js_name.clone())))
    };
    match differs(sequential, threaded).or_else(|| differs(threaded, sequential)) {
        None => Ok(()),
        Some((what, name)) => bail!(
            "the sequential and the threaded variant differ in {what} `{name}`: a kernel and its signature must not \
             depend on `cfg(target_feature = \"atomics\")`"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel_schema::{Member, Ufunc};

    fn krate() -> Crate {
        Crate {
            package: "p".to_owned(),
            version: "1.0.0".to_owned(),
            name: "p".to_owned(),
        }
    }

    fn class(js_name: &str) -> Class {
        Class {
            js_name: js_name.to_owned(),
            name: js_name.to_owned(),
            krate: krate(),
            docs: String::new(),
            symbol: js_name.to_owned(),
        }
    }

    fn kernel(js_name: &str, fallible: bool) -> Kernel {
        Kernel {
            js_name: js_name.to_owned(),
            name: js_name.to_owned(),
            krate: krate(),
            member: None,
            classes: Vec::new(),
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
        let check = |second: Kernel| {
            let kernels = vec![ufunc("add", "sum"), second];
            let classes = Vec::new();
            check_distinct(&Exports { classes, kernels })
        };
        assert!(check(kernel("mean", false)).is_ok());
        for second in [kernel("sum", false), ufunc("plus", "sum")] {
            let error = check(second).unwrap_err();
            assert!(error.to_string().contains("`sum`, `add` and"), "{error}");
        }
    }

    #[test]
    fn variants_that_differ_are_refused_by_name() {
        let both = [kernel("a", false), kernel("b", false)];
        let exports = |classes: &[Class], kernels: &[Kernel]| Exports {
            classes: classes.to_vec(),
            kernels: kernels.to_vec(),
        };
        let kernels = |kernels| exports(&[], kernels);
        assert!(check_same(&kernels(&both), &kernels(&both)).is_ok());
        let cases = [
            (kernels(&both), kernels(&both[..1]), "kernel `b`"),
            (kernels(&both[1..]), kernels(&both), "kernel `a`"),
            (
                kernels(&both[..1]),
                kernels(&[kernel("a", true)]),
                "kernel `a`",
            ),
            (kernels(&both), exports(&[class("C")], &both), "class `C`"),
        ];
        for (sequential, threaded, name) in cases {
            let error = check_same(&sequential, &threaded).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
    }

    #[test]
    fn names_are_taken_once_at_each_place() {
        let member = |js_name: &str, role| Kernel {
            member: Some(Member { class: 0, role }),
            classes: vec!["C".to_owned()],
            ..kernel(js_name, false)
        };
        let check = |kernels: &[Kernel]| {
            let classes = vec![class("C"), class("D")];
            let kernels = kernels.to_vec();
            check_distinct(&Exports { classes, kernels })
        };
        let of_d = Kernel {
            classes: vec!["D".to_owned()],
            ..member("f", Role::Method)
        };
        let apart = [
            kernel("f", false),
            member("f", Role::Method),
            member("f", Role::Static),
            of_d,
        ];
        assert!(check(&apart).is_ok());
        for (clash, what) in [
            ([kernel("f", false), kernel("f", true)], "two kernels"),
            (
                [kernel("C", false), kernel("f", true)],
                "a class and a kernel",
            ),
            (
                [member("f", Role::Method), member("f", Role::Method)],
                "two methods",
            ),
            (
                [member("f", Role::Static), member("f", Role::Static)],
                "two static methods",
            ),
        ] {
            let error = check(&clash).unwrap_err().to_string();
            assert!(error.starts_with(what), "{error}");
        }
    }

    #[test]
    fn a_class_without_a_record_is_refused() {
        let kernels = vec![Kernel {
            classes: vec!["C".to_owned()],
            ..kernel("f", false)
        }];
        let classes = vec![class("C")];
        assert!(
            check_complete(&Exports {
                classes,
                kernels: kernels.clone()
            })
            .is_ok()
        );
        let error = check_complete(&Exports {
            classes: Vec::new(),
            kernels,
        });
        assert!(error.unwrap_err().to_string().contains("the struct `C`"));
    }
}
