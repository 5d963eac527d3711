use kernel_runtime::prelude::*;

#[kernel((n) -> ())]
pub fn f(a: ArrayView1<f64>, b: ArrayView2<f64>) -> f64 {
    a.sum() + b.sum()
}

fn main() {}
