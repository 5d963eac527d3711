//! Linear algebra, by `nalgebra`.
//!
//! Everything is computed in float64, float32 too: more exact, and half the code.

mod decompositions;
mod least_squares;
mod scale;
mod singular;

pub use decompositions::{cholesky, eigh, qr, svd};
pub use least_squares::lstsq;

use crate::Error;
use crate::elements::{array_of, count};
use crate::lanes::converted;
use crate::stacks::{broadcast, matrix_at};
use kernel_runtime::{ndarray, prelude::*};
use nalgebra::DMatrix;
use num_traits::AsPrimitive;
use scale::product_of;

/// float32 and float64
pub trait Real: AsPrimitive<f64> + Send + Sync {
    /// What a matrix computed in float64 has, rounded.
    fn rounded(value: f64) -> Self;
    /// The distance from 1 to the next number.
    const EPSILON: f64;
}

impl Real for f32 {
    fn rounded(value: f64) -> Self {
        value as f32
    }
    const EPSILON: f64 = f32::EPSILON as f64;
}

impl Real for f64 {
    fn rounded(value: f64) -> Self {
        value
    }
    const EPSILON: f64 = f64::EPSILON;
}

/// Not inlined, as those that follow: there are two types and many callers.
#[inline(never)]
fn matrix_of<T: Real>(a: ArrayView2<T>) -> DMatrix<f64> {
    let (rows, columns) = a.dim();
    DMatrix::from_row_iterator(rows, columns, a.iter().map(|x| x.as_()))
}

#[inline(never)]
fn array2_of<T: Real>(matrix: &DMatrix<f64>) -> Array2<T> {
    let values = matrix.iter().map(|&x| T::rounded(x)).collect();
    let columns = Array2::from_shape_vec((matrix.ncols(), matrix.nrows()), values);
    columns.expect("a matrix's elements").reversed_axes()
}

#[inline(never)]
fn vector_of<T: Real>(values: &[f64]) -> Array1<T> {
    values.iter().map(|&x| T::rounded(x)).collect()
}

/// What solves `a x = b`. Not inlined, as all that is computed in float64: both types share it.
#[inline(never)]
fn solution(a: DMatrix<f64>, b: &DMatrix<f64>) -> Result<DMatrix<f64>, Error> {
    if a.is_empty() {
        return Ok(b.clone());
    }
    let lu = a.lu();
    // Of no columns there is a solution, but NumPy refuses it.
    let solution = if lu.is_invertible() {
        lu.solve(b)
    } else {
        None
    };
    solution.ok_or_else(|| Error::argument("a", "is a singular matrix"))
}

/// The inverse matrix.
///
/// # Errors
///
/// Where the matrix is singular.
#[kernel((n, n) -> (n, n), broadcast, types(T = floats))]
pub fn inv<T: Real>(a: ArrayView2<T>) -> Result<Array2<T>, Error> {
    Ok(array2_of(&inverse(matrix_of(a))?))
}

#[inline(never)]
fn inverse(a: DMatrix<f64>) -> Result<DMatrix<f64>, Error> {
    let identity = DMatrix::identity(a.nrows(), a.nrows());
    solution(a, &identity)
}

/// The determinant.
#[kernel((n, n) -> (), broadcast, types(T = floats))]
pub fn det<T: Real>(a: ArrayView2<T>) -> T {
    T::rounded(determinant(matrix_of(a)))
}

#[inline(never)]
fn determinant(a: DMatrix<f64>) -> f64 {
    let lu = a.lu();
    let sign: f64 = lu.p().determinant();
    sign * product_of(lu.lu_internal().diagonal().iter())
}

/// What solves the linear equations `a x = b`: `b` is a vector, or a matrix of several in its columns. Dimensions before those of the
/// matrices are broadcast together.
///
/// # Errors
///
/// Where a matrix is singular, or the shapes do not fit.
#[kernel((.., n, n), (..) -> (..), types(T = floats))]
pub fn solve<T: Real>(a: ArrayViewD<T>, b: ArrayViewD<T>) -> Result<ArrayD<T>, Error> {
    let [a, b] = [a, b].map(|x| array_of(x.shape().to_vec(), converted(&x, T::as_)));
    let (shape, x) = solutions(a.view(), b.view())?;
    Ok(array_of(shape, x.iter().map(|&x| T::rounded(x)).collect()))
}

#[inline(never)]
fn solutions(a: ArrayViewD<f64>, b: ArrayViewD<f64>) -> Result<(Vec<usize>, Vec<f64>), Error> {
    if b.ndim() == 1 {
        let (mut shape, values) = solutions(a, b.insert_axis(Axis(1)))?;
        shape.pop();
        return Ok((shape, values));
    }
    let (a_batches, a_core) = a.shape().split_at(a.ndim() - 2);
    let Some((b_batches, &[rows, columns])) = b.shape().split_last_chunk() else {
        return Err(Error::argument("b", "has no dimensions"));
    };
    if rows != a_core[0] {
        let problem = format!("has {rows} rows, but `a` has {}", a_core[0]);
        return Err(Error::argument("b", problem));
    }
    let batches = broadcast(a_batches, b_batches).ok_or_else(|| {
        let problem =
            format!("is a stack of shape {b_batches:?}, which does not fit {a_batches:?}");
        Error::argument("b", problem)
    })?;
    let shape = [&batches[..], &[rows, columns]].concat();
    let mut values = Vec::with_capacity(count(&shape));
    for batch in ndarray::indices(&batches[..]) {
        let [a, b] = [&a, &b].map(|whole| matrix_of(matrix_at(whole, batch.slice())));
        values.extend(&solution(a, &b)?.transpose());
    }
    Ok((shape, values))
}
