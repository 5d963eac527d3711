use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: ArrayView1<'static, f64>) -> f64 {
    a.sum()
}

fn main() {}
