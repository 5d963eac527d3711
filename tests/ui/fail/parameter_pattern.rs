use kernel_runtime::prelude::*;

#[kernel]
pub fn f((a, b): (f64, f64), _: f64) -> f64 {
    a + b
}

fn main() {}
