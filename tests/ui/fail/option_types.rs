use kernel_runtime::prelude::*;

#[kernel((n) -> (), types(T = [f32, f64]))]
pub fn f(a: ArrayView1<f64>) -> f64 {
    a.sum()
}

fn main() {}
