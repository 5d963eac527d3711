//! Equations that have no solution, or more than one.

use super::singular::{Decomposed, decompose};
use super::{Real, array2_of, matrix_of, vector_of};
use crate::Error;
use kernel_runtime::prelude::*;
use nalgebra::DMatrix;

/// What comes nearest to a solution of `a x = b`, of several the one of the smallest norm; `b` is a vector, or a matrix of several in its
/// columns. Singular values below `rcond` times the largest count as 0: by default the larger size of `a` times the dtype's epsilon, and
/// that epsilon where `rcond` is not between 0 and 1.
///
/// The results are the solution; the sums of the squares of `b - a x`, none where the rank is less than `n` or `m` is not more;
/// the rank; and the singular values in descending order.
///
/// # Errors
///
/// Where `b` is neither, has another number of rows, or `a` has an element that is not finite.
#[kernel((m, n), (..), () -> (..), (_), (), (_), types(T = floats))]
#[expect(clippy::type_complexity, reason = "several results are a tuple")]
pub fn lstsq<T: Real>(
    a: ArrayView2<T>,
    b: ArrayViewD<T>,
    rcond: Option<f64>,
) -> Result<(ArrayD<T>, Array1<T>, i32, Array1<T>), Error> {
    let vector = b.ndim() == 1;
    let b = if vector { b.insert_axis(Axis(1)) } else { b };
    let b = b
        .into_dimensionality()
        .map_err(|_| Error::argument("b", "is neither a vector nor a matrix"))?;
    let (m, n) = a.dim();
    if b.nrows() != m {
        let problem = format!("has {} rows, but `a` has {m}", b.nrows());
        return Err(Error::argument("b", problem));
    }
    let least = match rcond {
        None => T::EPSILON * m.max(n) as f64,
        // As LAPACK has it.
        Some(rcond) if rcond <= 0.0 || rcond >= 1.0 => T::EPSILON,
        Some(rcond) => rcond,
    };
    let found = least_squares(&matrix_of(a), &matrix_of(b), least)?;
    let x = array2_of(&found.x).into_dyn();
    let x = if vector { x.remove_axis(Axis(1)) } else { x };
    Ok((
        x,
        vector_of(&found.residuals),
        found.rank as i32,
        vector_of(&found.s),
    ))
}

struct Found {
    x: DMatrix<f64>,
    residuals: Vec<f64>,
    rank: usize,
    s: Vec<f64>,
}

#[inline(never)]
fn least_squares(a: &DMatrix<f64>, b: &DMatrix<f64>, least: f64) -> Result<Found, Error> {
    let Decomposed { u, s, vh } = decompose(a)?;
    let rank = s.iter().filter(|&&value| value > least * s[0]).count();
    let mut coordinates = u.columns(0, rank).tr_mul(b);
    for (mut row, &value) in coordinates.row_iter_mut().zip(&s) {
        row.unscale_mut(value);
    }
    let x = vh.rows(0, rank).tr_mul(&coordinates);
    let residuals = if rank == a.ncols() && a.nrows() > rank {
        let distances = b - a * &x;
        distances.column_iter().map(|d| d.norm_squared()).collect()
    } else {
        Vec::new()
    };
    Ok(Found {
        x,
        residuals,
        rank,
        s,
    })
}
