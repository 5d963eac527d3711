use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: *const f64, b: *mut f64) -> *const f64 {
    if b.is_null() { a } else { b }
}

fn main() {}
