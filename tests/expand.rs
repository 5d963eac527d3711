//! Expansions in a crate that forbids and denies what it can: only `cargo clippy` sees all of it.
#![deny(
    warnings,
    missing_docs,
    unused,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]
#![forbid(unsafe_code)]
#![expect(
    clippy::needless_pass_by_value,
    clippy::must_use_candidate,
    clippy::missing_const_for_fn,
    reason = "kernels take views by value; the rest is about the functions as written"
)]

use kernel_runtime::prelude::*;

/// Matrix product.
#[kernel((n, k), (k, m) -> (n, m))]
pub fn matmul(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Array2<f32> {
    a.dot(&b)
}

/// Add.
#[kernel]
pub fn add(a: i32, b: i32) -> i32 {
    a + b
}

#[kernel((n), (k), (n, ..) -> (n - k + 1), (.., -n * 2 + 7), ())]
fn several(
    a: ArrayView1<f64>,
    mut b: ArrayViewMut1<f64>,
    c: ArrayViewD<u8>,
) -> Result<(Array1<f64>, ArrayD<i64>, bool), String> {
    b[0] = a[0];
    Err(format!("{c}"))
}

#[kernel((), () -> (height, width))]
fn ramp(width: u32, height: u32) -> Array2<f32> {
    Array2::zeros((height as usize, width as usize))
}

#[test]
fn callable() {
    assert_eq!(add(1, 2), 3);
}
