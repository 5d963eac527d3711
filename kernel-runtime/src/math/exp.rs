//! `exp`, `exp2`, `expm1` and `sigmoid`.
//!
//! Cody and Waite's reduction, x = k ln 2 + r with |r| <= ln 2 / 2 and ln 2 in two parts, then a polynomial for e^r
//! (`tools/minimax.py`) and 2^k through the exponent's bits.

use super::num::{
    ROUND_F32, ROUND_F64, at_least, at_most, exponent_f32, exponent_f64, fast_two_sum, horner,
    power_f32, power_f64, scale_f32, scale_f64, select, two_sum,
};
use std::f32::consts::LOG2_E as LOG2_E_F32;
use std::f64::consts::LOG2_E;

/// ln 2 in two parts; the first has 21 bits, so that k times it is exact.
pub(super) const LN2: (f64, f64) = (0.6931467056274414, 4.7493250390316726e-07);
/// The same for `f32`; the first has 15 bits.
pub(super) const LN2_F32: (f32, f32) = (0.693_145_75, 1.428_606_8e-6);

/// k + [`ROUND_F64`], and r in two parts: `x` = k ln 2 + r.
#[inline(always)]
pub(super) fn reduce_f64(x: f64) -> (f64, f64, f64) {
    let shifted = x * LOG2_E + ROUND_F64;
    let k = shifted - ROUND_F64;
    let high = x - k * LN2.0;
    let low = k * LN2.1;
    let r = high - low;
    (shifted, r, (high - r) - low)
}

#[inline(always)]
fn reduce_f32(x: f32) -> (f32, f32) {
    let shifted = x * LOG2_E_F32 + ROUND_F32;
    let k = shifted - ROUND_F32;
    (shifted, (x - k * LN2_F32.0) - k * LN2_F32.1)
}

/// (e^r - 1 - r) / r^2
#[inline(always)]
fn rest_f64(r: f64) -> f64 {
    horner!(r; 0.5000000000000011, 0.16666666666666413, 0.04166666666653017, 0.008333333333494486, 0.0013888888943627397, 0.00019841269506492342, 2.4801493101465278e-05, 2.7557586477559396e-06, 2.76302475401111e-07, 2.5000022036229604e-08)
}

/// As [`rest_f64`], for results in `f32`.
#[inline(always)]
fn rest_lite(r: f64) -> f64 {
    horner!(r; 0.49999999999735834, 0.16666666754542026, 0.04166666695432264, 0.008333288957001026, 0.0013888809507099321, 0.00019904959313370098, 2.4882393001470712e-05)
}

/// e^(r + rest), rest below r's last place; of the sum with 1, whose rounding would be most of the error, nothing is lost.
#[inline(always)]
pub(super) fn near_one_f64(r: f64, rest: f64) -> f64 {
    let (sum, error) = fast_two_sum(1.0, r);
    sum + (error + (r * r * rest_f64(r) + rest))
}

/// As [`rest_f64`], with r^2, by Estrin's scheme: half as many operations wait for each other, and loops of `f32` are short of time
/// for that.
#[inline(always)]
fn rest_f32(r: f32, r2: f32) -> f32 {
    let (low, high) = (
        horner!(r; 4.9999994e-01, 1.6666521e-01),
        horner!(r; 4.1668385e-02, 8.3687175e-03),
    );
    low + r2 * (high + r2 * 1.3814775e-03)
}

/// As [`near_one_f64`].
#[inline(always)]
fn near_one_f32(r: f32) -> f32 {
    let (sum, r2) = (1.0 + r, r * r);
    sum + ((r - (sum - 1.0)) + r2 * rest_f32(r, r2))
}

/// e^(`x` + `low`) for a small `low`.
#[inline(always)]
pub(super) fn exp_sum_f64(x: f64, low: f64) -> f64 {
    let x = at_least(at_most(x, 720.0), -750.0);
    let (shifted, r, rest) = reduce_f64(x);
    let (r, rest) = two_sum(r, rest + low);
    scale_f64(near_one_f64(r, rest), shifted)
}

#[inline(always)]
pub(super) fn exp_f64(x: f64) -> f64 {
    let x = at_least(at_most(x, 720.0), -750.0);
    let (shifted, r, rest) = reduce_f64(x);
    scale_f64(near_one_f64(r, rest), shifted)
}

#[inline(always)]
pub(super) fn exp_f32(x: f32) -> f32 {
    let (shifted, r) = reduce_f32(at_least(at_most(x, 89.0), -105.0));
    scale_f32(near_one_f32(r), shifted)
}

/// e^`x` for |x| < 700, to 2^-37.
#[inline(always)]
pub(super) fn exp_lite(x: f64) -> f64 {
    let (shifted, r, _) = reduce_f64(x);
    (1.0 + (r + r * r * rest_lite(r))) * exponent_f64(1.0, shifted)
}

/// e^`x` for x in [0, 40]
#[inline(always)]
pub(super) fn exp_mid_f32(x: f32) -> f32 {
    let (shifted, r) = reduce_f32(x);
    near_one_f32(r) * exponent_f32(1.0, shifted)
}

#[inline(always)]
pub(super) fn exp2_f64(x: f64) -> f64 {
    let x = at_least(at_most(x, 1025.0), -1080.0);
    let shifted = x + ROUND_F64;
    let r = x - (shifted - ROUND_F64);
    let p = 1.0
        + r * horner!(r; std::f64::consts::LN_2, 0.2402265069591013, 0.05550410866482008, 0.009618129107594067, 0.0013333558146775251, 0.00015403530457186446, 1.5252733492713078e-05, 1.3215435241880082e-06, 1.0178199668455137e-07, 7.073790700085771e-09, 4.434767547287193e-10);
    scale_f64(p, shifted)
}

#[inline(always)]
pub(super) fn exp2_f32(x: f32) -> f32 {
    let x = at_least(at_most(x, 129.0), -155.0);
    let shifted = x + ROUND_F32;
    let r = x - (shifted - ROUND_F32);
    let p = 1.0
        + r * horner!(r; std::f32::consts::LN_2, 2.4022648e-01, 5.5503324e-02, 9.618438e-03, 1.3398903e-03, 1.5353336e-04);
    scale_f32(p, shifted)
}

/// (e^x - 1) / 2 as a sum, for x in [-50, 709.9].
#[inline(always)]
pub(super) fn half_expm1_f64(x: f64) -> (f64, f64) {
    let (shifted, r, rest) = reduce_f64(x);
    // 2^(k-1), since 2^1024 is no number.
    let scale = exponent_f64(0.5, shifted);
    let (sum, error) = fast_two_sum(scale - 0.5, scale * r);
    (sum, error + scale * (r * r * rest_f64(r) + rest))
}

#[inline(always)]
pub(super) fn expm1_f64(x: f64) -> f64 {
    let (high, low) = half_expm1_f64(at_least(at_most(x, 709.9), -50.0));
    let y = 2.0 * (high + low);
    select(x.abs() < power_f64(-54), x, y)
}

#[inline(always)]
pub(super) fn expm1_f32(x: f32) -> f32 {
    let wide = f64::from(x);
    let (shifted, r, _) = reduce_f64(at_least(at_most(wide, 100.0), -50.0));
    let scale = exponent_f64(1.0, shifted);
    let y = (scale - 1.0) + scale * (r + r * r * rest_lite(r));
    select(wide == 0.0, wide, y) as f32
}

// e^-|x| never overflows, and keeps the precision of small results. Where e / (1 + e) is small, two roundings of its own would weigh
// as much as that of e; in e - e e / (1 + e) they hardly count.

#[inline(always)]
pub(super) fn sigmoid_f64(x: f64) -> f64 {
    let e = exp_f64(-x.abs());
    let y = select(x < 0.0, e, 1.0) / (1.0 + e);
    select(x < 0.0, e - e * y, y)
}

#[inline(always)]
pub(super) fn sigmoid_f32(x: f32) -> f32 {
    // The exponent is in [-152, 0], which a factor brings into the range; the quotient is as if it had not.
    const SCALE: f32 = power_f32(64);
    // With it the sum's low bits are those of the factor's exponent, without another addition.
    const ROUND: f32 = ROUND_F32 + (127 + 64) as f32;
    let z = at_most(x.abs(), 105.0);
    let shifted = ROUND - z * LOG2_E_F32;
    // The exponent's negative; `shifted - ROUND` would become a sum with another constant, for which there is no register.
    let k = ROUND - shifted;
    let minus_r = (z - k * LN2_F32.0) - k * LN2_F32.1;
    let scale = f32::from_bits(shifted.to_bits() << 23);
    let r2 = minus_r * minus_r;
    // Each term is scaled, not their difference: powers of two round nothing, and these products need not wait for the polynomial.
    let e = scale - (scale * minus_r - scale * r2 * rest_f32(-minus_r, r2));
    let y = e / (SCALE + e);
    // 1 - y where x is not negative: 1 is no less than any e.
    let factor = at_least(e, select(x < 0.0, 0.0, SCALE)) * power_f32(-64);
    factor - factor * y
}
