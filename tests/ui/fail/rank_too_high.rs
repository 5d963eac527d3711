use kernel_runtime::prelude::*;

#[kernel((n, m, k) -> ())]
pub fn f(a: ArrayView2<f64>) -> f64 {
    a.sum()
}

fn main() {}
