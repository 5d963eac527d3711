//! A sine without branches or calls, so that LLVM vectorises the loop around it.
//!
//! The library's `sin` is a call for every element, in wasm above all. This one follows the usual road (Muller,
//! *Elementary Functions*, 3rd edition, chapters 3 and 11): the argument is reduced by the nearest multiple of pi, which is
//! taken off in two parts (Cody and Waite), the rest goes through an odd polynomial, and an odd multiple turns the sign.

use std::f64::consts::FRAC_1_PI;

/// pi in two parts. The first has 24 zero bits at its end, so that up to 2^24 times it is exact.
const PI_HIGH: f64 = f64::from_bits(0x4009_21fb_5400_0000);
const PI_LOW: f64 = 1.984_187_159_361_081e-9;

/// Adding it rounds to the nearest integer and leaves that integer in the lowest bits.
const ROUND: f64 = 1.5 * (1_u64 << 52) as f64;

/// Coefficients of r^3, r^5, ... r^13: the best in absolute error over [-pi/2, pi/2] for a coefficient 1 of r (Remez'
/// algorithm in 40 digits). The polynomial is within 5.0e-14 of the sine.
const COEFFICIENTS: [f64; 6] = [
    -0.166_666_666_664_023_24,
    0.008_333_333_316_518_15,
    -0.000_198_412_660_109_124_4,
    2.755_690_145_366_682_5e-6,
    -2.502_846_233_511_935e-8,
    1.538_743_296_016_538e-10,
];

/// The sine of an angle in radians, within 5.1e-14 for |x| < 2^24.
#[inline(always)]
pub fn sin(x: f64) -> f64 {
    let shifted = x * FRAC_1_PI + ROUND;
    let sign = shifted.to_bits() << 63;
    let multiple = shifted - ROUND;
    let r = (x - multiple * PI_HIGH) - multiple * PI_LOW;
    let z = r * r;
    let [c3, c5, c7, c9, c11, c13] = COEFFICIENTS;
    let tail = c3 + z * (c5 + z * (c7 + z * (c9 + z * (c11 + z * c13))));
    f64::from_bits((r + r * z * tail).to_bits() ^ sign)
}

/// The sine of an angle in radians, for |x| < 2^24: the nearest `f32`, but where a tie is closer than 5.1e-14.
#[inline(always)]
pub fn sin32(x: f32) -> f32 {
    sin(f64::from(x)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Angles all over the range: dense near 0, then by a step that hits no period.
    fn angles() -> impl Iterator<Item = f64> {
        let near = (-200_000..=200_000).map(|i| f64::from(i) * 1e-4);
        let far = (-500_000..=500_000).map(|i| f64::from(i) * 33.550_123);
        near.chain(far)
    }

    #[test]
    fn sin_stays_within_its_error() {
        let worst = angles()
            .map(|x| (sin(x) - x.sin()).abs())
            .fold(0.0, f64::max);
        assert!(worst < 5.1e-14, "worst error {worst:e}");
    }

    #[test]
    fn sin_is_exact_at_zero_and_odd() {
        assert_eq!(sin(0.0), 0.0);
        assert!(angles().all(|x| sin(-x) == -sin(x)));
    }

    #[test]
    fn sin32_is_the_nearest_f32() {
        let rounded_elsewhere = angles()
            .filter(|&x| {
                let x = x as f32;
                sin32(x) != f64::from(x).sin() as f32
            })
            .count();
        assert!(rounded_elsewhere <= 3, "{rounded_elsewhere} of 1.4 million");
    }
}
