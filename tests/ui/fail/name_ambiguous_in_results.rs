use kernel_runtime::prelude::*;

#[kernel((n), (k, m), () -> (n, 2 * k))]
pub fn f(x: ArrayView1<f64>, k: ArrayView2<f64>, n: u32) -> Array2<f64> {
    Array2::zeros((x.len().max(n as usize), 2 * k.nrows()))
}

#[kernel((_), (), (k - 1, (k)), (k) -> (k + 1))]
pub fn g(_a: ArrayView1<u8>, k: u64, y: ArrayView2<f64>, _z: ArrayView1<f64>) -> Array1<f64> {
    Array1::zeros(y.len() + k as usize)
}

fn main() {}
