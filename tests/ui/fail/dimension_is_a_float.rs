use kernel_runtime::prelude::*;

#[kernel((2.5) -> ())]
pub fn f(a: ArrayView1<f64>) -> f64 {
    a.sum()
}

fn main() {}
