use kernel_runtime::prelude::*;

#[kernel((n, n k), (n - j, .., ..), (3u8), (n) -> (m), ())]
pub fn f(a: ArrayView3<f64>, b: ArrayViewD<f64>, c: f64) -> Array1<usize> {
    Array1::zeros((a.sum() + b.sum() + c) as usize)
}

// The functions stay, so their callers have no mistakes.
pub fn caller(a: ArrayView3<f64>, b: ArrayViewD<f64>) -> usize {
    f(a, b, 1.0).len()
}

fn main() {}
