//! The product of two matrices, on all threads.

use kernel_runtime::prelude::*;

/// `a b`
pub fn multiply<T: LinalgScalar + Send + Sync>(a: ArrayView2<T>, b: ArrayView2<T>) -> Array2<T> {
    a.dot(&b)
}
