use kernel_runtime::prelude::*;

pub type ArrayView1<'a, T> = kernel_runtime::ndarray::ArrayView2<'a, T>;

#[kernel]
pub fn f(a: ArrayView1<f64>) -> f64 {
    a.sum()
}

fn main() {}
