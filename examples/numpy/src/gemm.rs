//! The product of two matrices, on all threads.
//!
//! In Goto and van de Geijn's order, "Anatomy of high-performance matrix multiplication", ACM TOMS 34, 2008.

use crate::threads::for_each;
use kernel_runtime::prelude::*;

/// Threads take so many multiplications at least: less is faster on one.
const WORK: usize = 1 << 18;

/// Threads pack so many elements at least.
const PACKED: usize = 1 << 16;

/// Rows of a tile. Its sums, of 32 bytes a row, stay in eight registers of wasm's 16 (those of an x86), beside what they are sums of.
const TILE: usize = 4;

/// How far a tile is summed before it is added to the product: a panel of `b` takes half of the first cache.
const DEPTH: usize = 512;

/// Rows of `a` that are used with all of `b` before the next ones: they fit the second cache.
const ROWS: usize = 32;

/// What matrices are multiplied of.
pub trait Product: LinalgScalar + Send + Sync {
    /// `product += a b`, with `product` in row-major order.
    fn add_product(a: ArrayView2<Self>, b: ArrayView2<Self>, product: &mut [Self]);
}

macro_rules! in_tiles {
    ($($ty:ident)*) => {$(
        impl Product for $ty {
            fn add_product(a: ArrayView2<$ty>, b: ArrayView2<$ty>, product: &mut [$ty]) {
                add_tiles::<$ty, { 32 / size_of::<$ty>() }>(a, b, product);
            }
        }
    )*};
}

in_tiles!(i32 i64 f32 f64);

/// `a b`, in row-major order.
pub fn multiply<T: Product>(a: ArrayView2<T>, b: ArrayView2<T>) -> Array2<T> {
    let mut product = Array2::zeros((a.nrows(), b.ncols()));
    let elements = product.as_slice_mut().expect("it is in row-major order");
    T::add_product(a, b, elements);
    product
}

#[inline(never)]
fn add_tiles<T, const COLUMNS: usize>(a: ArrayView2<T>, b: ArrayView2<T>, product: &mut [T])
where
    T: LinalgScalar + Send + Sync,
{
    let columns = b.ncols();
    if product.is_empty() || b.is_empty() {
        return;
    }
    let rows = WORK.div_ceil(b.len()).next_multiple_of(ROWS);
    let parts = a.axis_chunks_iter(Axis(1), DEPTH);
    for (a, b) in parts.zip(b.axis_chunks_iter(Axis(0), DEPTH)) {
        let right = packed_columns::<T, COLUMNS>(b);
        let pieces = a.axis_chunks_iter(Axis(0), rows);
        let pieces = pieces.zip(product.chunks_mut(rows * columns));
        for_each(pieces.collect(), &|(a, product)| {
            let blocks = a.axis_chunks_iter(Axis(0), ROWS);
            for (a, product) in blocks.zip(product.chunks_mut(ROWS * columns)) {
                add_block::<T, COLUMNS>(&packed_rows(a), &right, a.ncols(), product, columns);
            }
        });
    }
}

/// The products of all panels of `left` with all of `right`, each a tile of a product that has `columns` columns.
fn add_block<T: LinalgScalar, const COLUMNS: usize>(
    left: &[T],
    right: &[T],
    depth: usize,
    product: &mut [T],
    columns: usize,
) {
    for (index, right) in right.chunks_exact(COLUMNS * depth).enumerate() {
        let rows = product.chunks_mut(TILE * columns);
        for (left, rows) in left.chunks_exact(TILE * depth).zip(rows) {
            let sums = sums_of::<T, COLUMNS>(left, right);
            for (row, sums) in rows.chunks_exact_mut(columns).zip(&sums) {
                let row = &mut row[index * COLUMNS..];
                // The last tile of a row may be cut off; of the others the compiler knows the length.
                if let Some(row) = row.first_chunk_mut::<COLUMNS>() {
                    add(row, sums);
                } else {
                    add(row, sums);
                }
            }
        }
    }
}

#[inline(always)]
fn add<T: LinalgScalar>(elements: &mut [T], sums: &[T]) {
    for (element, &sum) in elements.iter_mut().zip(sums) {
        *element = *element + sum;
    }
}

/// Panels of [`TILE`] rows, column by column; the last one filled up with zeros.
fn packed_rows<T: LinalgScalar>(rows: ArrayView2<T>) -> Vec<T> {
    let depth = rows.ncols();
    let mut panels = vec![T::zero(); rows.nrows().next_multiple_of(TILE) * depth];
    for (index, row) in rows.outer_iter().enumerate() {
        let panel = &mut panels[index / TILE * TILE * depth..][..TILE * depth];
        for (places, &element) in panel.as_chunks_mut::<TILE>().0.iter_mut().zip(row) {
            places[index % TILE] = element;
        }
    }
    panels
}

/// Panels of `COLUMNS` columns, row by row; the last one filled up with zeros.
fn packed_columns<T, const COLUMNS: usize>(matrix: ArrayView2<T>) -> Vec<T>
where
    T: LinalgScalar + Send + Sync,
{
    let (depth, columns) = matrix.dim();
    let matrix = matrix.as_standard_layout();
    let mut packed = vec![T::zero(); columns.next_multiple_of(COLUMNS) * depth];
    let panel = COLUMNS * depth;
    let panels = PACKED.div_ceil(panel);
    let pieces = packed.chunks_mut(panels * panel);
    let pieces = pieces.zip(matrix.axis_chunks_iter(Axis(1), panels * COLUMNS));
    for_each(pieces.collect(), &|(panels, columns)| {
        for (index, row) in columns.outer_iter().enumerate() {
            let row = row.to_slice().expect("rows are contiguous");
            let (whole, rest) = row.as_chunks::<COLUMNS>();
            for (panel, chunk) in panels.chunks_exact_mut(panel).zip(whole) {
                panel.as_chunks_mut().0[index] = *chunk;
            }
            if !rest.is_empty() {
                let last = &mut panels[whole.len() * panel..];
                last[index * COLUMNS..][..rest.len()].copy_from_slice(rest);
            }
        }
    });
    packed
}

/// The product of two panels.
#[inline(never)]
fn sums_of<T: LinalgScalar, const COLUMNS: usize>(left: &[T], right: &[T]) -> [[T; COLUMNS]; TILE] {
    let mut sums = [[T::zero(); COLUMNS]; TILE];
    let (left, right) = (left.as_chunks::<TILE>().0, right.as_chunks::<COLUMNS>().0);
    for (a, b) in left.iter().zip(right) {
        for i in 0..TILE {
            for j in 0..COLUMNS {
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
            [65, 600, 13],
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
