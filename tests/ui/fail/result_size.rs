use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: ArrayView1<f64>) -> usize {
    a.len()
}

fn main() {}
