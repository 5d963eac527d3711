//! The product of two matrices, on all threads.

use crate::threads::{self, for_each};
use kernel_runtime::ndarray::linalg::general_mat_mul;
use kernel_runtime::prelude::*;

/// Threads take so many multiplications at least: less is faster on one.
const WORK: usize = 1 << 18;

/// What matrices are multiplied of.
pub trait Product: LinalgScalar + Send + Sync {
    /// `product += a b`
    fn add_product(a: ArrayView2<Self>, b: ArrayView2<Self>, product: ArrayViewMut2<Self>);
}

impl Product for f32 {
    fn add_product(a: ArrayView2<f32>, b: ArrayView2<f32>, mut product: ArrayViewMut2<f32>) {
        general_mat_mul(1.0, &a, &b, 1.0, &mut product);
    }
}

macro_rules! tiled {
    ($($ty:ident)*) => {$(
        impl Product for $ty {
            fn add_product(a: ArrayView2<$ty>, b: ArrayView2<$ty>, product: ArrayViewMut2<$ty>) {
                add_tiles(a, b, product);
            }
        }
    )*};
}

// `matrixmultiply`, which ndarray calls, has vectors in wasm for `f32` alone: of these half the time or less.
tiled!(i32 i64 f64);

/// `a b`, in row-major order.
#[inline(never)]
pub fn multiply<T: Product>(a: ArrayView2<T>, b: ArrayView2<T>) -> Array2<T> {
    let mut product = Array2::zeros((a.nrows(), b.ncols()));
    // As many blocks as threads, since all of `b` is packed anew for each.
    let least = WORK.div_ceil(b.len().max(1));
    let rows = a.nrows().div_ceil(threads::count()).max(least);
    let blocks = a.axis_chunks_iter(Axis(0), rows);
    let blocks = blocks.zip(product.axis_chunks_iter_mut(Axis(0), rows));
    for_each(blocks.collect(), &|(a, product)| {
        T::add_product(a, b, product)
    });
    product
}

/// Rows and columns of a tile, whose sums stay in registers.
const SIDE: usize = 4;

/// How far a tile is summed before it is added to the product: a panel of `b` fits the first cache.
const DEPTH: usize = 256;

/// Rows of `a` that are used with all of `b` before the next ones: they fit the second cache.
const ROWS: usize = 64;

/// Goto and van de Geijn's order, "Anatomy of high-performance matrix multiplication", ACM TOMS 34, 2008.
fn add_tiles<T: LinalgScalar>(a: ArrayView2<T>, b: ArrayView2<T>, mut product: ArrayViewMut2<T>) {
    let parts = a.axis_chunks_iter(Axis(1), DEPTH);
    for (a, b) in parts.zip(b.axis_chunks_iter(Axis(0), DEPTH)) {
        let panel = SIDE * b.nrows();
        let right = packed(b.t());
        let blocks = a.axis_chunks_iter(Axis(0), ROWS);
        for (a, mut product) in blocks.zip(product.axis_chunks_iter_mut(Axis(0), ROWS)) {
            let left = packed(a);
            let columns = product.axis_chunks_iter_mut(Axis(1), SIDE);
            for (right, mut columns) in right.chunks_exact(panel).zip(columns) {
                let tiles = columns.axis_chunks_iter_mut(Axis(0), SIDE);
                for (left, mut tile) in left.chunks_exact(panel).zip(tiles) {
                    let sums = sums_of(left, right);
                    for ((i, j), element) in tile.indexed_iter_mut() {
                        *element = *element + sums[i][j];
                    }
                }
            }
        }
    }
}

/// Panels of [`SIDE`] rows, column by column; the last one filled up with zeros.
fn packed<T: LinalgScalar>(rows: ArrayView2<T>) -> Vec<T> {
    let depth = rows.ncols();
    let mut panels = vec![T::zero(); rows.nrows().next_multiple_of(SIDE) * depth];
    for (index, row) in rows.outer_iter().enumerate() {
        let panel = &mut panels[index / SIDE * SIDE * depth..][..SIDE * depth];
        let places = panel[index % SIDE..].iter_mut().step_by(SIDE);
        for (place, &element) in places.zip(row) {
            *place = element;
        }
    }
    panels
}

/// The product of two panels.
#[inline(never)]
fn sums_of<T: LinalgScalar>(left: &[T], right: &[T]) -> [[T; SIDE]; SIDE] {
    let mut sums = [[T::zero(); SIDE]; SIDE];
    let (left, right) = (left.as_chunks::<SIDE>().0, right.as_chunks::<SIDE>().0);
    for (a, b) in left.iter().zip(right) {
        for i in 0..SIDE {
            for j in 0..SIDE {
                sums[i][j] = sums[i][j] + a[i] * b[j];
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrices<T: Product>(
        [n, k, m]: [usize; 3],
        value: impl Fn(usize) -> T,
    ) -> (Array2<T>, Array2<T>) {
        let a = Array2::from_shape_fn((n, k), |(i, j)| value(i * 7 + j));
        let b = Array2::from_shape_fn((k, m), |(i, j)| value(i + j * 5));
        (a, b)
    }

    #[test]
    fn tiles_and_blocks_of_rows_make_the_whole() {
        for sizes in [
            [150, 300, 70],
            [3, 5, 2],
            [64, 256, 4],
            [1, 1, 1],
            [65, 257, 5],
        ] {
            let (a, b) = matrices(sizes, |i| (i % 11) as f64);
            assert_eq!(multiply(a.view(), b.view()), a.dot(&b));
            let (a, b) = matrices(sizes, |i| (i % 13) as i32);
            assert_eq!(multiply(a.view(), b.view()), a.dot(&b));
            let (a, b) = matrices(sizes, |i| (i % 13) as f32);
            assert_eq!(multiply(a.view(), b.view()), a.dot(&b));
            assert_eq!(multiply(b.t(), a.t()), a.dot(&b).t());
        }
    }

    #[test]
    fn matrices_may_have_no_elements() {
        for [n, k, m] in [[0, 3, 2], [2, 0, 3], [2, 3, 0], [0, 0, 0]] {
            let (a, b) = matrices([n, k, m], |i| i as f64);
            assert_eq!(multiply(a.view(), b.view()), Array2::<f64>::zeros((n, m)));
        }
    }
}
