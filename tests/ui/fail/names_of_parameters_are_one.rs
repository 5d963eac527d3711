use kernel_runtime::prelude::*;

#[kernel]
pub fn f(x_1: f64, x1: f64) -> f64 {
    x_1 + x1
}

fn main() {}
