use kernel_runtime::prelude::*;

#[kernel]
pub extern "C" fn f(a: f64) -> f64 {
    a
}

fn main() {}
