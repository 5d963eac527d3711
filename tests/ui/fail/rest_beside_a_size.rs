use kernel_runtime::prelude::*;

#[kernel((_ n), (..k) -> ())]
pub fn f(a: ArrayView1<f64>, b: ArrayViewD<f64>) -> f64 {
    a.sum() + b.sum()
}

fn main() {}
