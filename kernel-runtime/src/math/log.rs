//! `ln`, `log2`, `log10` and `log1p`.
//!
//! x = 2^k m with m in [sqrt(1/2), sqrt(2)); ln m = ln((1 + s) / (1 - s)) with s = (m - 1) / (m + 1) and a polynomial
//! (`tools/minimax.py`), arranged as in FreeBSD's `e_log.c`, `e_log2.c`, `e_log10.c` and `s_log1p.c`.

use super::exp::{LN2, LN2_F32};
use super::num::{horner, power_f32, power_f64, select, two_sum};

/// k, and m - 1, for a positive `x`.
#[inline(always)]
pub(super) fn split_f64(x: f64) -> (f64, f64) {
    let subnormal = x < f64::MIN_POSITIVE;
    let (x, bias) = select(subnormal, (x * power_f64(54), 1023.0 + 54.0), (x, 1023.0));
    // From the bits of sqrt(1/2) on, the exponent counts one more.
    const CARRY: u64 = (1023 << 52) - std::f64::consts::FRAC_1_SQRT_2.to_bits();
    let biased = x.to_bits().wrapping_add(CARRY) >> 52;
    let m = f64::from_bits(
        x.to_bits()
            .wrapping_sub(biased << 52)
            .wrapping_add(1023 << 52),
    );
    // An integer below 2^52 under the exponent of 2^52 is that integer.
    let k = f64::from_bits(biased | power_f64(52).to_bits()) - (power_f64(52) + bias);
    (k, m - 1.0)
}

#[inline(always)]
fn split_f32(x: f32) -> (f32, f32) {
    let subnormal = x < f32::MIN_POSITIVE;
    let (x, bias) = select(subnormal, (x * power_f32(24), 127.0 + 24.0), (x, 127.0));
    const CARRY: u32 = (127 << 23) - std::f32::consts::FRAC_1_SQRT_2.to_bits();
    let biased = x.to_bits().wrapping_add(CARRY) >> 23;
    let m = f32::from_bits(
        x.to_bits()
            .wrapping_sub(biased << 23)
            .wrapping_add(127 << 23),
    );
    let k = f32::from_bits(biased | power_f32(23).to_bits()) - (power_f32(23) + bias);
    (k, m - 1.0)
}

/// `y` where `x` is positive and finite; else what C99 says of logarithms.
#[inline(always)]
fn special_f64(x: f64, y: f64) -> f64 {
    let outside = select(x == 0.0, f64::NEG_INFINITY, f64::NAN);
    let outside = select(x > 0.0, x, outside);
    select((x > 0.0) & (x < f64::INFINITY), y, outside)
}

#[inline(always)]
fn special_f32(x: f32, y: f32) -> f32 {
    let outside = select(x == 0.0, f32::NEG_INFINITY, f32::NAN);
    let outside = select(x > 0.0, x, outside);
    select((x > 0.0) & (x < f32::INFINITY), y, outside)
}

/// f^2 / 2, and ln(1 + f) - f + f^2 / 2.
#[inline(always)]
fn tail_f64(f: f64) -> (f64, f64) {
    let s = f / (2.0 + f);
    let z = s * s;
    let square = 0.5 * f * f;
    (
        square,
        s * (square
            + z * horner!(z; 0.6666666666666734, 0.39999999999414004, 0.28571428742553556, 0.22222198554561334, 0.18183565373791605, 0.15314021793193844, 0.14796256151040182)),
    )
}

#[inline(always)]
pub(super) fn ln_f64(x: f64) -> f64 {
    let (k, f) = split_f64(x);
    let (square, tail) = tail_f64(f);
    special_f64(x, k * LN2.0 - ((square - (tail + k * LN2.1)) - f))
}

/// ln `x` for a positive, normal `x`, to 2^-37.
#[inline(always)]
pub(super) fn ln_lite(x: f64) -> f64 {
    let (k, f) = split_f64(x);
    let s = f / (2.0 + f);
    let z = s * s;
    (2.0 * s
        + s * z
            * horner!(z; 0.6666666564476662, 0.4000033537753499, 0.2853729534508093, 0.23582422799997058))
        + k * std::f64::consts::LN_2
}

#[inline(always)]
pub(super) fn ln_f32(x: f32) -> f32 {
    let (k, f) = split_f32(x);
    let z = f * f;
    let p = horner!(f; 3.3333316e-01, -2.500081e-01, 2.0002288e-01, -1.6624558e-01, 1.4181165e-01, -1.3128695e-01, 1.2881805e-01, -7.859958e-02);
    let y = (f + (f * z * p - 0.5 * z + k * LN2_F32.1)) + k * LN2_F32.0;
    special_f32(x, y)
}

/// log to the base whose 1 / ln is `inverse` (in two parts), and whose log 2 is `two`.
#[inline(always)]
fn log_f64(x: f64, inverse: (f64, f64), two: (f64, f64)) -> f64 {
    let (k, f) = split_f64(x);
    let (square, tail) = tail_f64(f);
    // ln m in two parts, the first short enough for an exact product.
    let high = f64::from_bits((f - square).to_bits() & !0xffff_ffff);
    let low = ((f - high) - square) + tail;
    let (sum, error) = two_sum(k * two.0, high * inverse.0);
    let rest = k * two.1 + ((low + high) * inverse.1 + low * inverse.0);
    special_f64(x, sum + (error + rest))
}

#[inline(always)]
pub(super) fn log2_f64(x: f64) -> f64 {
    log_f64(x, (1.4426946640014648, 3.768874985636099e-07), (1.0, 0.0))
}

#[inline(always)]
pub(super) fn log10_f64(x: f64) -> f64 {
    log_f64(
        x,
        (0.4342944622039795, 1.9699272335463627e-08),
        (0.30102992057800293, 7.508597826552624e-08),
    )
}

#[inline(always)]
pub(super) fn log2_f32(x: f32) -> f32 {
    let wide = f64::from(x);
    special_f64(wide, ln_lite(wide) * std::f64::consts::LOG2_E) as f32
}

#[inline(always)]
pub(super) fn log10_f32(x: f32) -> f32 {
    let wide = f64::from(x);
    special_f64(wide, ln_lite(wide) * std::f64::consts::LOG10_E) as f32
}

#[inline(always)]
pub(super) fn log1p_f64(x: f64) -> f64 {
    let (u, error) = two_sum(1.0, x);
    let (k, f) = split_f64(u);
    let (square, tail) = tail_f64(f);
    let y = k * LN2.0 - ((square - (tail + (k * LN2.1 + error / u))) - f);
    let y = special_f64(u, y);
    select(x.abs() < power_f64(-54), x, y)
}

#[inline(always)]
pub(super) fn log1p_f32(x: f32) -> f32 {
    let wide = f64::from(x);
    let small = wide * (1.0 + wide * (-0.5 + wide * (1.0 / 3.0)));
    let y = ln_lite(1.0 + wide);
    let y = select(wide.abs() < power_f64(-13), small, y);
    let y = special_f64(1.0 + wide, y);
    select(wide == 0.0, wide, y) as f32
}
