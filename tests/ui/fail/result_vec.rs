use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: f64) -> Vec<f64> {
    vec![a]
}

fn main() {}
