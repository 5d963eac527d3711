use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: fn(f64) -> f64) -> f64 {
    a(0.0)
}

fn main() {}
