//! Names in JavaScript and in the wasm.

use kernel_schema::Dtype;
use kernel_schema::names::{
    RESERVED, RESERVED_CLASSES, camel_case, is_reserved, path_of, symbol_start,
};
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
    let starts: BTreeSet<String> = places.iter().map(|place| symbol_start(place)).collect();
    assert_eq!(starts.len(), places.len());
}

#[test]
fn symbols_give_their_path_back() {
    let symbol = symbol_start(&["linalg"]) + "linalg::r#type::_add_up";
    assert_eq!(path_of(&symbol), Some("linalg::r#type::_add_up"));
    for other in [
        "__kernel_area",
        "__kernel_memory_pages",
        "__kernel_0123456789abcde_f",
        "__kernel_0123456789abcdeg_f",
        "kernel_0123456789abcdef_f",
        "",
    ] {
        assert_eq!(path_of(other), None, "{other}");
    }
}

#[test]
fn symbols_do_not_change_from_build_to_build() {
    // FNV-1a of "a" and of the separator 0xff, computed apart.
    assert_eq!(symbol_start(&[]), "__kernel_cbf29ce484222325_");
    let hash = (0xaf63_dc4c_8601_ec8c_u64 ^ 0xff).wrapping_mul(0x0000_0100_0000_01b3);
    assert_eq!(symbol_start(&["a"]), format!("__kernel_{hash:016x}_"));
}

#[test]
fn classes_may_not_be_called_as_what_a_package_has() {
    let unique: BTreeSet<_> = RESERVED_CLASSES.iter().collect();
    assert_eq!(unique.len(), RESERVED_CLASSES.len());
    assert!(
        Dtype::ALL
            .iter()
            .all(|dtype| unique.contains(&dtype.typed_array()))
    );
}
