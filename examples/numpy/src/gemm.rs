//! The product of two matrices, on all threads.

use crate::threads::{self, for_each};
use kernel_runtime::ndarray::linalg::general_mat_mul;
use kernel_runtime::prelude::*;

/// Threads take so many multiplications at least: less is faster on one.
const WORK: usize = 1 << 18;

/// `a b`, in row-major order.
#[inline(never)]
pub fn multiply<T: LinalgScalar + Send + Sync>(a: ArrayView2<T>, b: ArrayView2<T>) -> Array2<T> {
    let mut product = Array2::zeros((a.nrows(), b.ncols()));
    // As many blocks as threads, since all of `b` is packed anew for each.
    let least = WORK.div_ceil(b.len().max(1));
    let rows = a.nrows().div_ceil(threads::count()).max(least);
    let blocks = a.axis_chunks_iter(Axis(0), rows);
    let blocks = blocks.zip(product.axis_chunks_iter_mut(Axis(0), rows));
    for_each(blocks.collect(), &|(a, mut product)| {
        general_mat_mul(T::one(), &a, &b, T::zero(), &mut product);
    });
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_rows_make_the_whole() {
        let a = Array2::from_shape_fn((150, 90), |(i, j)| ((i * 7 + j) % 11) as f64);
        let b = Array2::from_shape_fn((90, 70), |(i, j)| ((i + j * 5) % 13) as f64);
        assert_eq!(multiply(a.view(), b.view()), a.dot(&b));
        let none = Array2::<f32>::zeros((0, 3));
        assert_eq!(
            multiply(none.view(), Array2::zeros((3, 2)).view()).dim(),
            (0, 2)
        );
        assert_eq!(
            multiply(none.t(), none.view()),
            Array2::<f32>::zeros((3, 3))
        );
    }
}
