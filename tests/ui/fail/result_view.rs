use kernel_runtime::prelude::*;

#[kernel((n) -> (n))]
pub fn f(a: ArrayView1<f64>) -> ArrayView1<f64> {
    a
}

fn main() {}
