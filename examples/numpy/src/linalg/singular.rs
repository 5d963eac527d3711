//! Singular values and vectors.
//!
//! The vectors of nalgebra 0.35 are orthonormal, but some do not belong together, above all where singular values are equal or 0. Two-sided
//! rotations mend that (Kogbetliantz, "Solution of Linear Equations by Diagonalization of Coefficients Matrix", Quarterly of Applied
//! Mathematics 13, 1955): mostly there is nothing to do.

use super::decompositions::{STEPS, check_finite, diverged};
use super::scale::scale_of;
use crate::Error;
use nalgebra::{DMatrix, SVD};

/// `u * s` times `vh`
pub struct Decomposed {
    pub u: DMatrix<f64>,
    pub s: Vec<f64>,
    pub vh: DMatrix<f64>,
}

/// The singular value decomposition, thin, of nothing too.
#[inline(never)]
pub fn decompose(a: &DMatrix<f64>) -> Result<Decomposed, Error> {
    let (rows, columns) = a.shape();
    if a.is_empty() {
        return Ok(Decomposed {
            u: DMatrix::zeros(rows, 0),
            s: Vec::new(),
            vh: DMatrix::zeros(0, columns),
        });
    }
    check_finite(a.iter())?;
    let scale = scale_of(a.iter());
    let a = a * scale;
    let svd = SVD::try_new(a.clone(), true, true, f64::EPSILON, STEPS).ok_or_else(diverged)?;
    let (mut u, vh) = svd.u.zip(svd.v_t).expect("both were asked for");
    let mut v = vh.transpose();
    let values = diagonalize(&a, &mut u, &mut v)?;
    for (mut column, value) in u.column_iter_mut().zip(&values) {
        column.scale_mut(value.signum());
    }
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&i, &j| values[j].abs().total_cmp(&values[i].abs()));
    Ok(Decomposed {
        u: u.select_columns(&order),
        s: order.iter().map(|&i| values[i].abs() / scale).collect(),
        vh: v.select_columns(&order).transpose(),
    })
}

/// Rotates the columns of `u` and `v` until their products with `a` are the diagonal that is returned.
fn diagonalize(
    a: &DMatrix<f64>,
    u: &mut DMatrix<f64>,
    v: &mut DMatrix<f64>,
) -> Result<Vec<f64>, Error> {
    const SWEEPS: usize = 40;
    // Rounding leaves no less of sums of as many products (Higham, "Accuracy and Stability of Numerical Algorithms", 3.1).
    let relative = (a.nrows() + a.ncols()) as f64 * f64::EPSILON;
    for _ in 0..SWEEPS {
        let mut rest = u.tr_mul(&(a * &*v));
        let small = relative * rest.norm();
        let mut done = true;
        for q in 1..rest.ncols() {
            for p in 0..q {
                let [pp, pq, qp, qq] = [(p, p), (p, q), (q, p), (q, q)].map(|at| rest[at]);
                if pq.abs().max(qp.abs()) <= small {
                    continue;
                }
                done = false;
                // A rotation that makes the block symmetric, then Jacobi's.
                let (sin, cos) = (qp - pq).atan2(pp + qq).sin_cos();
                let [left, middle, right] = [
                    cos * pp + sin * qp,
                    cos * pq + sin * qq,
                    cos * qq - sin * pq,
                ];
                let jacobi = 0.5 * (2.0 * middle).atan2(left - right);
                let both = sin.atan2(cos) + jacobi;
                turn(u, p, q, both);
                turn(v, p, q, jacobi);
                turn(&mut rest, p, q, jacobi);
                turn_rows(&mut rest, p, q, both);
            }
        }
        if done {
            return Ok(rest.diagonal().iter().copied().collect());
        }
    }
    Err(diverged())
}

fn turn(matrix: &mut DMatrix<f64>, p: usize, q: usize, angle: f64) {
    let (sin, cos) = angle.sin_cos();
    for mut row in matrix.row_iter_mut() {
        (row[p], row[q]) = (cos * row[p] + sin * row[q], cos * row[q] - sin * row[p]);
    }
}

fn turn_rows(matrix: &mut DMatrix<f64>, p: usize, q: usize, angle: f64) {
    let (sin, cos) = angle.sin_cos();
    for mut column in matrix.column_iter_mut() {
        let [x, y] = [column[p], column[q]];
        (column[p], column[q]) = (cos * x + sin * y, cos * y - sin * x);
    }
}

#[cfg(test)]
mod tests {
    use super::super::scale::graded;
    use super::*;
    use crate::random::Generator;

    #[test]
    fn what_rounding_leaves_ends_the_rotations() -> Result<(), Error> {
        let near = [
            [
                -12.0,
                1.2270342857142857,
                1.8455314285714286,
                1.5350371428571428,
            ],
            [
                -0.5555785714285715,
                12.0,
                0.6751985714285714,
                1.7265085714285715,
            ],
        ];
        let a = DMatrix::from_row_iterator(2, 4, near.into_iter().flatten());
        assert_eq!(decompose(&a)?.s.len(), 2);
        Ok(())
    }

    #[test]
    fn vectors_of_graded_matrices_are_orthonormal() -> Result<(), Error> {
        for a in graded() {
            let identity = DMatrix::identity(a.nrows(), a.nrows());
            let Decomposed { u, s, vh } = decompose(&a)?;
            for vectors in [&u, &vh] {
                assert!((vectors.tr_mul(vectors) - &identity).abs().max() < 1e-14);
            }
            let product = &u * DMatrix::from_diagonal(&s.into()) * &vh;
            assert!((product - &a).abs().max() < 1e-14 * a.norm());
        }
        Ok(())
    }

    #[test]
    fn matrices_of_any_rank_are_their_products() -> Result<(), Error> {
        let mut rng = Generator::new(1);
        for i in 0..1_400 {
            let size = [1.0, 1e300, 1e-300][i / 49 % 3];
            let (rows, columns) = (1 + i % 7, 1 + i / 7 % 7);
            let mut a = DMatrix::zeros(rows, columns);
            for x in a.iter_mut() {
                *x = rng.normal(None, None, None)?.sum();
            }
            // Its singular values are close to each other.
            if i % 4 == 0 {
                a.fill_diagonal(12.0);
            }
            if i % 3 == 0 && columns > 1 {
                let first = a.column(0).clone_owned();
                a.set_column(columns - 1, &first);
            }
            if i % 5 == 0 {
                a.column_mut(columns / 2).fill(0.0);
            }
            let Decomposed { u, mut s, vh } = decompose(&(&a * size))?;
            s.iter_mut().for_each(|value| *value /= size);
            assert!(s.is_sorted_by(|x, y| x >= y) && s.iter().all(|&x| x >= 0.0));
            let scaled = &u * DMatrix::from_diagonal(&s.into());
            assert!((scaled * &vh - &a).abs().max() < 1e-14 * a.norm().max(1.0));
            let [u, v] = [u.tr_mul(&u), &vh * vh.transpose()];
            let identity = DMatrix::identity(rows.min(columns), rows.min(columns));
            assert!((u - &identity).abs().max().max((v - identity).abs().max()) < 1e-14);
        }
        Ok(())
    }
}
