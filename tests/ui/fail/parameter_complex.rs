use kernel_runtime::prelude::*;

use kernel_runtime::ndarray;

pub struct Complex<T>(T);

#[kernel]
pub fn f(a: Complex<f64>, b: ndarray::ArrayView1<Complex<f32>>) -> f64 {
    a.0 + b.len() as f64
}

fn main() {}
