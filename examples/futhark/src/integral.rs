//! A Riemann integral.

use crate::sin::sin;
use kernel_runtime::prelude::*;

/// Sums that run side by side, so that LLVM vectorises them.
const LANES: usize = 8;

/// The integral of the sine from `a` to `b`, as a Riemann sum of `n` rectangles, each as high as the sine in its
/// middle.
#[kernel]
pub fn integral(a: f64, b: f64, n: u32) -> f64 {
    let width = (b - a) / f64::from(n);
    let height = |i: u32| sin(a + (f64::from(i) + 0.5) * width);
    let mut sums = [0.0; LANES];
    let whole = n - n % LANES as u32;
    for start in (0..whole).step_by(LANES) {
        for (lane, sum) in sums.iter_mut().enumerate() {
            *sum += height(start + lane as u32);
        }
    }
    let rest: f64 = (whole..n).map(height).sum();
    if n == 0 {
        return 0.0;
    }
    (sums.iter().sum::<f64>() + rest) * width
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    #[test]
    fn the_integral_over_half_a_period_is_two() {
        assert!((integral(0.0, PI, 1_000_003) - 2.0).abs() < 1e-11);
    }

    #[test]
    fn few_rectangles_are_a_riemann_sum() {
        for n in [1, 7, 8, 9, 30] {
            let width = PI / f64::from(n);
            let sum: f64 = (0..n).map(|i| ((f64::from(i) + 0.5) * width).sin()).sum();
            assert!((integral(0.0, PI, n) - sum * width).abs() < 1e-12);
        }
    }

    #[test]
    fn backwards_the_sign_turns_and_no_rectangle_is_nothing() {
        assert!((integral(PI, 0.0, 1000) + integral(0.0, PI, 1000)).abs() < 1e-12);
        assert_eq!(integral(0.0, PI, 0), 0.0);
    }
}
