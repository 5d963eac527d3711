use kernel_runtime::prelude::*;

#[kernel((..=3), (1..=3) -> ())]
pub fn f(a: ArrayViewD<f64>, b: ArrayView1<f64>) -> f64 {
    a.sum() + b.sum()
}

fn main() {}
