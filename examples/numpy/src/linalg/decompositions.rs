//! A matrix as a product of simpler ones.

use super::scale::{scale_of, without_tiny};
use super::singular::{Decomposed, decompose};
use super::{Real, array2_of, matrix_of, vector_of};
use crate::Error;
use kernel_runtime::prelude::*;
use nalgebra::{DMatrix, SymmetricEigen, linalg::Cholesky};

/// A bound that only a matrix that never converges reaches.
pub const STEPS: usize = 100_000;

/// The lower triangle of which a matrix is the product with its transpose. Only the lower triangle of `a` is read.
///
/// # Errors
///
/// Where the matrix is not positive definite.
#[kernel((n, n) -> (n, n), broadcast, types(T = floats))]
pub fn cholesky<T: Real>(a: ArrayView2<T>) -> Result<Array2<T>, Error> {
    Ok(array2_of(&lower_triangle(matrix_of(a))?))
}

#[inline(never)]
fn lower_triangle(a: DMatrix<f64>) -> Result<DMatrix<f64>, Error> {
    match Cholesky::new(a) {
        Some(cholesky) => Ok(cholesky.unpack()),
        None => Err(Error::argument("a", "is not positive definite")),
    }
}

/// A matrix with orthonormal columns and an upper triangular one, `k` columns and rows, the smaller size of `a`, whose product `a` is.
#[kernel((m, n) -> (m, _), (_, n), broadcast, types(T = floats))]
pub fn qr<T: Real>(a: ArrayView2<T>) -> (Array2<T>, Array2<T>) {
    let (q, r) = factors(matrix_of(a));
    (array2_of(&q), array2_of(&r))
}

#[inline(never)]
fn factors(mut a: DMatrix<f64>) -> (DMatrix<f64>, DMatrix<f64>) {
    // A column is scaled in `r` as in the matrix.
    let mut scales = Vec::with_capacity(a.ncols());
    for mut column in a.column_iter_mut() {
        let scale = scale_of(column.iter());
        column.scale_mut(scale);
        scales.push(scale);
    }
    let qr = a.qr();
    let (mut q, mut r) = (qr.q(), qr.r());
    for (mut column, scale) in r.column_iter_mut().zip(scales) {
        column.unscale_mut(scale);
    }
    for (i, sign) in signs_of_lapack(qr.qr_internal()).enumerate() {
        q.column_mut(i).scale_mut(sign);
        r.row_mut(i).scale_mut(sign);
    }
    (q, r)
}

/// The signs of the diagonal of `r`, which nalgebra makes positive, as LAPACK has them: a reflection takes a column to the side
/// it is not on, and there is none where nothing is below the diagonal.
fn signs_of_lapack(reflections: &DMatrix<f64>) -> impl Iterator<Item = f64> {
    let mut turned = 1.0;
    let count = reflections.nrows().min(reflections.ncols());
    (0..count).map(move |i| {
        let axis = reflections.view_range(i.., i);
        if axis[0] == 0.0 {
            return turned;
        }
        // What nalgebra reflects it turns too, with all that follows.
        let sign = -axis[0].signum();
        turned *= sign;
        let nothing_below = axis.iter().skip(1).all(|&x| x == 0.0);
        if nothing_below { -turned } else { turned }
    })
}

/// The singular value decomposition: `u`, the singular values in descending order, and `vh`, so that `u * s` times `vh` is `a`. Of both
/// matrices there are as many columns and rows as `a` has singular values.
///
/// # Errors
///
/// Where an element is not finite.
#[kernel((m, n) -> (m, _), (_), (_, n), broadcast, types(T = floats))]
#[expect(clippy::type_complexity, reason = "several results are a tuple")]
pub fn svd<T: Real>(a: ArrayView2<T>) -> Result<(Array2<T>, Array1<T>, Array2<T>), Error> {
    let Decomposed { u, s, vh } = decompose(&matrix_of(a))?;
    Ok((array2_of(&u), vector_of(&s), array2_of(&vh)))
}

/// The eigenvalues of a symmetric matrix in ascending order, and its eigenvectors in the columns of a matrix. Only the lower triangle of
/// `a` is read.
///
/// # Errors
///
/// Where an element is not finite.
#[kernel((n, n) -> (n), (n, n), broadcast, types(T = floats))]
pub fn eigh<T: Real>(a: ArrayView2<T>) -> Result<(Array1<T>, Array2<T>), Error> {
    let (values, vectors) = eigen(matrix_of(a))?;
    Ok((vector_of(&values), array2_of(&vectors)))
}

#[inline(never)]
fn eigen(mut a: DMatrix<f64>) -> Result<(Vec<f64>, DMatrix<f64>), Error> {
    if a.is_empty() {
        return Ok((Vec::new(), a));
    }
    a.fill_upper_triangle_with_lower_triangle();
    check_finite(a.iter())?;
    without_tiny(&mut a);
    let eigen = SymmetricEigen::try_new(a, f64::EPSILON, STEPS).ok_or_else(diverged)?;
    let mut order: Vec<usize> = (0..eigen.eigenvalues.len()).collect();
    order.sort_by(|&i, &j| eigen.eigenvalues[i].total_cmp(&eigen.eigenvalues[j]));
    let values = order.iter().map(|&i| eigen.eigenvalues[i]).collect();
    Ok((values, eigen.eigenvectors.select_columns(&order)))
}

pub fn check_finite<'a>(mut values: impl Iterator<Item = &'a f64>) -> Result<(), Error> {
    match values.find(|x| !x.is_finite()) {
        Some(x) => Err(Error::argument("a", format!("has an element that is {x}"))),
        None => Ok(()),
    }
}

pub fn diverged() -> Error {
    Error::argument("a", "has a decomposition that did not converge")
}

#[cfg(test)]
mod tests {
    use super::super::scale::graded;
    use super::*;

    #[test]
    fn eigenvectors_of_graded_matrices_are_orthonormal() -> Result<(), Error> {
        for a in graded() {
            let identity = DMatrix::identity(a.nrows(), a.nrows());
            let (_, v) = eigen(a)?;
            assert!((v.tr_mul(&v) - identity).abs().max() < 1e-14);
        }
        Ok(())
    }
}
