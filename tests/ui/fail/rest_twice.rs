use kernel_runtime::prelude::*;

#[kernel((.., n, ..) -> ())]
pub fn f(a: ArrayViewD<f64>) -> f64 {
    a.sum()
}

fn main() {}
