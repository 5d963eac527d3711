//! A number, and vectors and matrices of them.

use kernel_runtime::prelude::*;

/// The next integer; after the largest comes the smallest.
#[kernel]
pub fn increment(x: i32) -> i32 {
    x.wrapping_add(1)
}

/// Every element of `matrix`, times `factor`.
#[kernel((), (n, m) -> (n, m))]
pub fn scale(factor: f32, matrix: ArrayView2<f32>) -> Array2<f32> {
    matrix.mapv(|value| factor * value)
}

/// The dot product of two vectors of one length.
#[kernel((n), (n) -> ())]
pub fn dotprod(x: ArrayView1<f32>, y: ArrayView1<f32>) -> f32 {
    x.dot(&y)
}

/// The matrix product of `a` and `b`.
#[kernel((n, p), (p, m) -> (n, m))]
pub fn matmul(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Array2<f32> {
    a.dot(&b)
}

/// The matrix product of `a` and `b`, in double precision.
#[kernel((n, p), (p, m) -> (n, m))]
pub fn matmul64(a: ArrayView2<f64>, b: ArrayView2<f64>) -> Array2<f64> {
    a.dot(&b)
}

/// Replaces every element by the sum of those up to it and itself.
#[kernel((n))]
pub fn prefix_sum(mut x: ArrayViewMut1<f64>) {
    let mut sum = 0.0;
    match x.as_slice_mut() {
        Some(x) => {
            // Four sums apart from the running one, so that only one addition in four waits for the last.
            let (blocks, rest) = x.as_chunks_mut::<4>();
            for block in blocks {
                let [a, b, c, d] = *block;
                let (ab, cd) = (a + b, c + d);
                *block = [sum + a, sum + ab, sum + (ab + c), sum + (ab + cd)];
                sum = block[3];
            }
            for value in rest {
                sum += *value;
                *value = sum;
            }
        }
        None => {
            for value in x {
                sum += *value;
                *value = sum;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel_runtime::ndarray::{arr1, arr2, s};

    #[test]
    fn increment_wraps_around() {
        assert_eq!(increment(41), 42);
        assert_eq!(increment(i32::MAX), i32::MIN);
    }

    #[test]
    fn scale_multiplies_every_element() {
        let matrix = arr2(&[[1.0, -2.0, 3.0], [4.0, 5.0, 6.0]]);
        let twice = arr2(&[[2.0, -4.0, 6.0], [8.0, 10.0, 12.0]]);
        assert_eq!(scale(2.0, matrix.view()), twice);
        assert_eq!(scale(2.0, matrix.t()), twice.t());
    }

    #[test]
    fn dotprod_sums_the_products() {
        let (x, y) = (arr1(&[1.0, 2.0, 3.0]), arr1(&[4.0, -5.0, 6.0]));
        assert_eq!(dotprod(x.view(), y.view()), 12.0);
        assert_eq!(dotprod(x.slice(s![..0]), y.slice(s![..0])), 0.0);
    }

    #[test]
    fn matmul_takes_rows_times_columns() {
        let a = arr2(&[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]);
        let b = arr2(&[[1.0, 0.0, -1.0], [2.0, 1.0, 0.5]]);
        let c = arr2(&[[5.0, 2.0, 0.0], [11.0, 4.0, -1.0], [17.0, 6.0, -2.0]]);
        assert_eq!(matmul(a.view(), b.view()), c);
        let wide = |x: &Array2<f32>| x.mapv(f64::from);
        assert_eq!(matmul64(wide(&a).view(), wide(&b).view()), wide(&c));
    }

    #[test]
    fn prefix_sum_is_the_same_at_any_length_and_stride() {
        for length in [0, 1, 3, 4, 5, 8, 11, 1000] {
            let x = Array1::from_iter((0..length).map(|i| f64::from((i * 37) % 19 - 9)));
            let mut sum = 0.0;
            let expected = x.mapv(|value| {
                sum += value;
                sum
            });
            let mut dense = x.clone();
            prefix_sum(dense.view_mut());
            assert_eq!(dense, expected);
            let mut spread = Array1::from_elem(2 * x.len(), 0.5);
            spread.slice_mut(s![..;2]).assign(&x);
            prefix_sum(spread.slice_mut(s![..;2]));
            assert_eq!(spread.slice(s![..;2]), expected);
            assert!(spread.iter().skip(1).step_by(2).all(|&value| value == 0.5));
            let mut backwards = Array1::from_iter(x.iter().rev().copied());
            prefix_sum(backwards.slice_mut(s![..;-1]));
            assert_eq!(backwards.slice(s![..;-1]), expected);
        }
    }
}
