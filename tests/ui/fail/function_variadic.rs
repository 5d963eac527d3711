use kernel_runtime::prelude::*;

#[kernel]
pub unsafe extern "C" fn f(a: f64, _: ...) -> f64 {
    a
}

fn main() {}
