//! `abi.js`: what the package's JavaScript knows of [`kernel_schema::abi`].

use kernel_schema::{Dtype, abi};
use std::fmt::{Display, Write};

/// Its text. The file is checked in, and a test compares it with this.
pub fn emit_abi() -> String {
    let mut js = Constants::default();
    js.section("Names and numbers that JavaScript and wasm share, rendered from the crate `kernel-schema`.");
    js.number("VERSION", abi::VERSION);

    js.section("Wasm exports.");
    js.text("ABI_VERSION", abi::export::VERSION);
    js.text("AREA", abi::export::AREA);
    js.text("ARRAY_NEW", abi::export::ARRAY_NEW);
    js.text("ARRAY_FREE", abi::export::ARRAY_FREE);
    js.text("POOL_START", abi::export::POOL_START);
    js.text("POOL_NEXT", abi::export::POOL_NEXT);
    js.text("WORKER_RUN", abi::export::WORKER_RUN);
    js.text("POOL_TRAP", abi::export::POOL_TRAP);
    js.text("MEMORY_REFRESH", abi::export::MEMORY_REFRESH);
    js.text("MEMORY_EXTEND", abi::export::MEMORY_EXTEND);
    js.text("MEMORY_FREE", abi::export::MEMORY_FREE);
    js.text("THREAD", abi::export::THREAD);

    js.section("How a ufunc that folds is called.");
    js.number("UFUNC_MAP", abi::ufunc::MAP);
    js.number("UFUNC_OUTER", abi::ufunc::OUTER);
    js.number("UFUNC_REDUCE", abi::ufunc::REDUCE);
    js.number("UFUNC_ACCUMULATE", abi::ufunc::ACCUMULATE);
    js.number("UFUNC_FLAT", abi::ufunc::FLAT);

    js.section("How a thread waits, and the words that one leaves when it traps.");
    js.number("WATCHES", abi::thread::WATCHES);
    js.number("SPINS", abi::thread::SPINS);
    js.number("TRAP_WORDS", abi::TRAP_WORDS);

    js.section("An array's header, in words.");
    js.number("HEADER_DATA", abi::header::DATA);
    js.number("HEADER_DTYPE", abi::header::DTYPE);
    js.number("HEADER_RANK", abi::header::RANK);
    js.number("HEADER_CAPACITY", abi::header::CAPACITY);
    js.number("HEADER_SHAPE", abi::header::SHAPE);

    js.section("The call area, in bytes.");
    js.number("AREA_STATUS", abi::area::STATUS);
    js.number("AREA_RESULTS", abi::area::RESULTS);
    js.number("AREA_DETAIL", abi::area::DETAIL);
    js.number("AREA_DETAILS", abi::area::DETAILS);
    js.number("AREA_TEXT", abi::area::TEXT);

    js.section("How a call ended.");
    js.number("STATUS_DTYPE", abi::status::DTYPE);
    js.number("STATUS_RANK", abi::status::RANK);
    js.number("STATUS_SIZE", abi::status::SIZE);
    js.number("STATUS_NAME", abi::status::NAME);
    js.number("STATUS_EXPR", abi::status::EXPR);
    js.number("STATUS_EXPR_INVALID", abi::status::EXPR_INVALID);
    js.number("STATUS_ALIAS", abi::status::ALIAS);
    js.number("STATUS_ALIAS_SELF", abi::status::ALIAS_SELF);
    js.number("STATUS_BOOL", abi::status::BOOL);
    js.number("STATUS_FAILURE", abi::status::FAILURE);
    js.number("STATUS_PANIC", abi::status::PANIC);
    js.number("STATUS_MEMORY", abi::status::MEMORY);
    js.number("STATUS_BROADCAST", abi::status::BROADCAST);
    js.number("STATUS_EMPTY_REDUCTION", abi::status::EMPTY_REDUCTION);
    js.number("STATUS_NOT_REORDERABLE", abi::status::NOT_REORDERABLE);
    js.number("STATUS_BATCH_SIZE", abi::status::BATCH_SIZE);
    js.number("STATUS_BATCH_NONE", abi::status::BATCH_NONE);
    js.number("STATUS_ALIAS_HANDLE", abi::status::ALIAS_HANDLE);
    js.number("RECEIVER", abi::status::RECEIVER);
    js.number("RESULT", abi::status::RESULT);
    js.number("ITEM", abi::status::ITEM);
    js.number("SCALAR_AXIS", abi::status::SCALAR_AXIS);
    js.number("EXPR_NEGATIVE", abi::status::EXPR_NEGATIVE);
    js.number("EXPR_INEXACT", abi::status::EXPR_INEXACT);
    js.number("EXPR_OVERFLOW", abi::status::EXPR_OVERFLOW);

    js.section("Names of the dtypes; the index is the code.");
    js.list("DTYPES", |dtype| format!("\"{dtype}\""));
    js.section("Bytes of one element.");
    js.list("ITEM_SIZES", |dtype| dtype.size().to_string());
    js.section(
        "The typed arrays that hold them: real and imaginary parts in turn for complex ones. Not every host has the one of float16.",
    );
    js.list("TYPED_ARRAYS", emit_typed_array);
    js.0
}

fn emit_typed_array(dtype: Dtype) -> String {
    let name = dtype.typed_array();
    match dtype {
        Dtype::Float16 => {
            format!(
                "/** @type {{typeof Float32Array}} */ (/** @type {{any}} */ (globalThis).{name})"
            )
        }
        _ => name.to_owned(),
    }
}

#[derive(Default)]
struct Constants(String);

impl Constants {
    fn section(&mut self, comment: &str) {
        let gap = if self.0.is_empty() { "" } else { "\n" };
        self.line(format_args!("{gap}// {comment}"));
    }

    fn number(&mut self, name: &str, value: impl Display) {
        self.line(format_args!("export const {name} = {value};"));
    }

    fn text(&mut self, name: &str, value: &str) {
        self.line(format_args!("export const {name} = \"{value}\";"));
    }

    fn list(&mut self, name: &str, item: impl Fn(Dtype) -> String) {
        self.line(format_args!("export const {name} = ["));
        for dtype in Dtype::ALL {
            debug_assert_eq!(Dtype::ALL[dtype.code()], dtype);
            self.line(format_args!("  {},", item(dtype)));
        }
        self.line("];");
    }

    fn line(&mut self, text: impl Display) {
        writeln!(self.0, "{text}").expect("a string takes everything");
    }
}
