//! The product of two matrices, on all threads.

use kernel_runtime::ndarray::linalg::general_mat_mul;
use kernel_runtime::prelude::*;

/// `a b`, in row-major order.
#[inline(never)]
pub fn multiply<T: LinalgScalar + Send + Sync>(a: ArrayView2<T>, b: ArrayView2<T>) -> Array2<T> {
    let mut product = Array2::zeros((a.nrows(), b.ncols()));
    general_mat_mul(T::one(), &a, &b, T::zero(), &mut product);
    product
}
