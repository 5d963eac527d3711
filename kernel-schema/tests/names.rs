//! Names in JavaScript and in the wasm.

use kernel_schema::names::{RESERVED, camel_case, is_reserved, symbol};
use std::collections::BTreeSet;

#[test]
fn camel_case_is_javascripts() {
    for (rust, js) in [
        ("add", "add"),
        ("row_of_max", "rowOfMax"),
        ("_x", "_x"),
        ("__private_name", "__privateName"),
        ("a__b", "aB"),
        ("trailing_", "trailing"),
        ("x_1", "x1"),
        ("alreadyCamel", "alreadyCamel"),
        ("größe_ändern", "größeÄndern"),
        ("_", "_"),
        ("", ""),
    ] {
        assert_eq!(camel_case(rust), js);
    }
}

#[test]
fn reserved_names_are_camel_case_and_unique() {
    assert!(
        RESERVED
            .iter()
            .all(|name| is_reserved(name) && camel_case(name) == *name)
    );
    assert_eq!(
        RESERVED.iter().collect::<BTreeSet<_>>().len(),
        RESERVED.len()
    );
    assert!(!is_reserved("matmul"));
}

#[test]
fn symbols_depend_on_every_part_and_on_where_it_ends() {
    let places: [&[&str]; 6] = [
        &["linalg", "0.1.0", "add"],
        &["linalg", "0.1.1", "add"],
        &["linalg", "0.1.0", "sum"],
        &["linalg0", ".1.0", "add"],
        &["linalg", "0.1.0add"],
        &["linalg", "0.1.0", "add", ""],
    ];
    let symbols: BTreeSet<String> = places.iter().map(|place| symbol(place, "add")).collect();
    assert_eq!(symbols.len(), places.len());
    for symbol in symbols {
        let hash = symbol
            .strip_prefix("__kernel_")
            .and_then(|rest| rest.strip_suffix("_add"));
        let hash = hash.expect("the symbol's frame");
        assert!(
            hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{symbol}"
        );
    }
}

#[test]
fn symbols_do_not_change_from_build_to_build() {
    // FNV-1a of "a" and of the separator 0xff, computed apart.
    assert_eq!(symbol(&[], "f"), "__kernel_cbf29ce484222325_f");
    let hash = (0xaf63_dc4c_8601_ec8c_u64 ^ 0xff).wrapping_mul(0x0000_0100_0000_01b3);
    assert_eq!(symbol(&["a"], "f"), format!("__kernel_{hash:016x}_f"));
}
