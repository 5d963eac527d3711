use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: Array2<f64>) -> f64 {
    a.sum()
}

fn main() {}
