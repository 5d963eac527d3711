//! A sine without branches or calls, so that LLVM vectorises the loop around it.
//!
//! The library's `sin` is a call for every element, in wasm above all. This one follows the usual road (J.-M. Muller,
//! *Elementary Functions*, 3rd edition, chapters 3 and 11): with x = pi (n + f), n the nearest integer, sin x is
//! sin(pi f), negative for an odd n, and sin(pi f) is an odd polynomial of f.

use std::f64::consts::FRAC_1_PI;

/// Adding it rounds to the nearest integer and leaves that integer in the lowest bits.
const ROUND: f64 = 1.5 * (1_u64 << 52) as f64;

/// Coefficients of f, f^3, ... f^13: those of the least absolute error over [-1/2, 1/2], 4.0e-14 (Remez' algorithm,
/// computed with 40 digits).
const COEFFICIENTS: [f64; 7] = [
    3.1415926535886145,
    -5.167712779873695,
    2.550164032251832,
    -0.5992643838273721,
    0.08214446070102621,
    -0.007362936994494633,
    0.0004461772662297947,
];

/// The sine of an angle in radians, for |x| < 2^50, within 5.0e-14 + 2^-52 |x|.
#[inline(always)]
pub fn sin(x: f64) -> f64 {
    let half_turns = x * FRAC_1_PI;
    let shifted = half_turns + ROUND;
    let sign = shifted.to_bits() << 63;
    let f = half_turns - (shifted - ROUND);
    let z = f * f;
    let [c1, c3, c5, c7, c9, c11, c13] = COEFFICIENTS;
    let sin = f * (c1 + z * (c3 + z * (c5 + z * (c7 + z * (c9 + z * (c11 + z * c13))))));
    f64::from_bits(sin.to_bits() ^ sign)
}

/// [`sin`], rounded: the nearest `f32` to the sine, but for one of a thousand at |x| = 2^16.
#[inline(always)]
pub fn sin32(x: f32) -> f32 {
    sin(f64::from(x)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Angles from -`reach` to `reach`, by a step that meets no period.
    fn angles(reach: f64) -> impl Iterator<Item = f64> {
        const STEPS: i32 = 500_000;
        (-STEPS..=STEPS).map(move |i| reach * f64::from(i) / f64::from(STEPS))
    }

    #[test]
    fn sin_stays_within_its_error() {
        for reach in [1.0, 20.0, 3e4, 1.7e7] {
            let beyond = angles(reach)
                .map(|x| (x, (sin(x) - x.sin()).abs()))
                .find(|(x, error)| *error > 5.0e-14 + f64::EPSILON * x.abs());
            assert_eq!(beyond, None);
        }
    }

    #[test]
    fn sin_is_odd_and_zero_at_zero() {
        assert_eq!(sin(0.0), 0.0);
        assert!(angles(1e3).all(|x| sin(-x) == -sin(x)));
    }

    #[test]
    fn sin32_is_nearly_always_the_nearest_f32() {
        for (reach, permille) in [(20.0, 0.02), (65536.0, 1.0)] {
            let elsewhere = angles(reach)
                .filter(|&x| sin32(x as f32) != f64::from(x as f32).sin() as f32)
                .count();
            assert!(
                (elsewhere as f64) < permille * 1e3,
                "{elsewhere} of a million"
            );
        }
    }
}
