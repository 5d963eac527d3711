use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: (f64, f64)) -> f64 {
    a.0 + a.1
}

fn main() {}
