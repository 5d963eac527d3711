use kernel_runtime::prelude::*;

#[allow(non_camel_case_types)]
pub type f32 = f64;

#[kernel]
pub fn f(a: f32, b: ArrayView1<f32>) -> f32 {
    a + b.sum()
}

fn main() {}
