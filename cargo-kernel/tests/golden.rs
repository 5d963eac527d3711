//! Emitted files against checked-in ones. `BLESS=1 cargo test --test golden` rewrites them.

use cargo_kernel::emit::{self, Package};
use cargo_kernel::manifest::Exports;
use kernel_schema::names::RESERVED_CLASSES;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// What a folder of `tests/golden` is made from.
#[derive(serde::Deserialize)]
struct Case {
    package: Package,
    #[serde(flatten)]
    exports: Exports,
}

#[test]
fn packages_are_as_checked_in() {
    let golden = root().join("tests/golden");
    let mut cases = 0;
    for entry in fs::read_dir(&golden).unwrap() {
        let folder = entry.unwrap().path();
        let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap();
        let Case { package, exports } = serde_json::from_str(&manifest).unwrap();
        for (path, text) in emit::emit(&exports, &package) {
            if !path.starts_with("runtime/") {
                compare(&folder.join(path), &text);
            }
        }
        cases += 1;
    }
    assert_eq!(cases, 4, "folders in {}", golden.display());
}

/// A class is a type in `index.d.ts`, beside these.
#[test]
fn no_class_has_a_name_that_declarations_use() {
    let golden = root().join("tests/golden");
    for entry in fs::read_dir(&golden).unwrap() {
        let declarations = fs::read_to_string(entry.unwrap().path().join("index.d.ts")).unwrap();
        let lists = declarations
            .split('{')
            .skip(1)
            .map(|rest| rest.split_once('}').unwrap().0);
        let from_runtime = declarations
            .matches(" from \"./runtime/types.js\";")
            .count();
        let names = lists.take(from_runtime).flat_map(|list| list.split(','));
        for name in names.map(|name| name.trim().rsplit(' ').next().unwrap()) {
            assert!(
                name.is_empty() || RESERVED_CLASSES.contains(&name),
                "{name}"
            );
        }
    }
}

#[test]
fn the_abi_of_javascript_is_the_one_of_rust() {
    compare(&root().join("js/abi.js"), &emit::emit_abi());
}

#[test]
fn the_same_manifest_gives_the_same_bytes() {
    let manifest = fs::read_to_string(root().join("tests/golden/zoo/manifest.json")).unwrap();
    let Case { package, exports } = serde_json::from_str(&manifest).unwrap();
    assert_eq!(
        emit::emit(&exports, &package),
        emit::emit(&exports, &package)
    );
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn compare(path: &Path, text: &str) {
    if env::var_os("BLESS").is_some() {
        fs::write(path, text).unwrap();
        return;
    }
    let checked_in = fs::read_to_string(path).unwrap_or_default();
    if checked_in != text {
        let line = checked_in
            .lines()
            .zip(text.lines())
            .take_while(|(old, new)| old == new)
            .count();
        panic!(
            "{}:{}: checked in `{}`, emitted `{}`; `BLESS=1` rewrites it",
            path.display(),
            line + 1,
            checked_in.lines().nth(line).unwrap_or("(the end)"),
            text.lines().nth(line).unwrap_or("(the end)"),
        );
    }
}
