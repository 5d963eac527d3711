use kernel_runtime::prelude::*;

#[ufunc]
fn sum(x: ArrayView1<f64>) -> f64 {
    x.sum()
}

#[ufunc]
fn range(n: u32) -> Array1<f64> {
    Array1::zeros(n as usize)
}

fn main() {}
