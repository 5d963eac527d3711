use kernel_runtime::prelude::*;

#[kernel((), (2 * n) -> ())]
pub fn f(n: u32, a: ArrayView1<f64>) -> f64 {
    a.sum() * f64::from(n)
}

fn main() {}
