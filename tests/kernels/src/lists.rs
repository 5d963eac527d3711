//! Lists of arrays.

use kernel_runtime::ndarray::{ShapeError, concatenate};
use kernel_runtime::prelude::*;

/// The arrays one behind the other, along an axis.
#[kernel(types(T = elements))]
pub fn list_concatenate<T: Copy>(
    arrays: &[ArrayViewD<T>],
    axis: u32,
) -> Result<ArrayD<T>, ShapeError> {
    concatenate(Axis(axis as usize), arrays)
}

/// The matrices times their weights, added.
#[kernel((n, m), (k) -> (n, m))]
pub fn list_weighted(
    matrices: &[ArrayView2<f64>],
    weights: ArrayView1<f64>,
) -> Result<Array2<f64>, String> {
    let mut weighted = matrices.iter().zip(weights).map(|(a, &w)| w * a);
    let first = weighted.next().ok_or("no matrices")?;
    Ok(weighted.fold(first, |sum, a| sum + a))
}

/// The rows of a matrix.
#[kernel((n, m) -> (m))]
pub fn list_rows(x: ArrayView2<f32>) -> Vec<Array1<f32>> {
    x.rows().into_iter().map(|row| row.to_owned()).collect()
}

/// Zeros, so many in each array; right where all are two.
#[kernel((n) -> (2))]
pub fn list_of_pairs(sizes: ArrayView1<u32>) -> Vec<Array1<u8>> {
    sizes.iter().map(|&n| Array1::zeros(n as usize)).collect()
}

/// Adds the arrays to `out`.
#[kernel((n), (n))]
pub fn list_add(arrays: &[ArrayView1<f64>], mut out: ArrayViewMut1<f64>) {
    for array in arrays {
        out += array;
    }
}

/// The arrays twice as long, and how many there are; -1 where the list was left out.
#[kernel((n) -> (..), ())]
pub fn list_doubled(arrays: Option<&[ArrayView1<i64>]>) -> (Vec<ArrayD<i64>>, i32) {
    let Some(arrays) = arrays else {
        return (Vec::new(), -1);
    };
    let doubled = arrays
        .iter()
        .map(|a| concatenate![Axis(0), *a, *a].into_dyn());
    (doubled.collect(), arrays.len() as i32)
}

/// In how many arrays all are true.
#[kernel]
pub fn list_all(arrays: &[ArrayView1<bool>]) -> u32 {
    let all = arrays.iter().filter(|array| array.iter().all(|&on| on));
    all.count() as u32
}

/// Square matrices, each of which lies across its rows.
#[kernel((n) -> (_, _))]
pub fn list_transposed(sizes: ArrayView1<u32>) -> Vec<Array2<f64>> {
    let transposed = |&n: &u32| Array2::zeros((n as usize, n as usize)).reversed_axes();
    sizes.iter().map(transposed).collect()
}
