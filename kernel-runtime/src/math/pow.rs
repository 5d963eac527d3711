//! `pow`: e^(y ln x), with ln x in two parts of 64 bits together for `f64`, and in `f64` for `f32`.

use super::exp::{LN2, exp_lite, exp_sum_f64};
use super::log::{ln_lite, split_f64};
use super::num::{
    at_least, at_most, fast_two_sum, horner, power_f64, select, signed_f64, two_prod, two_sum,
};

/// ln `x` for a positive, finite `x`, to 2^-64.
#[inline(always)]
fn ln_two_parts(x: f64) -> (f64, f64) {
    let (k, f) = split_f64(x);
    // ln(1 + f) = 2 s + s^3 (2/3 + z P(z)) with s = f / (2 + f), z = s^2
    let (d, d_low) = fast_two_sum(2.0, f);
    let s = f / d;
    let (product, error) = two_prod(s, d);
    let s_low = (((f - product) - error) - s * d_low) / d;
    let (z, z_low) = two_prod(s, s);
    let z_low = z_low + 2.0 * s * s_low;
    let p = horner!(z; 0.400000000000004, 0.285714285708654, 0.22222222398880073, 0.18181793925895617, 0.15386354445970152, 0.13265490952436554, 0.1312130223787708);
    let (a, a_low) = fast_two_sum(0.6666666666666666, z * p);
    let a_low = a_low + 3.700743415417188e-17;
    let (b, b_low) = two_prod(z, a);
    let b_low = b_low + (z * a_low + z_low * a);
    let (c, c_low) = two_prod(s, b);
    let c_low = c_low + (s * b_low + s_low * b);
    let (sum, error) = fast_two_sum(2.0 * s, c);
    let low = error + (c_low + 2.0 * s_low);
    let (high, error) = two_sum(k * LN2.0, sum);
    let (second, second_low) = two_prod(k, LN2.1);
    let (high, more) = two_sum(high, second);
    fast_two_sum(high, more + (error + (low + (second_low + k * LN2_THIRD))))
}

/// ln 2 less the two parts of [`LN2`]
const LN2_THIRD: f64 = -2.3407938865678234e-23;

/// Whether |`y`| is an integer.
#[inline(always)]
fn is_integer(y: f64) -> bool {
    let rounded = (y + power_f64(52)) - power_f64(52);
    (y >= power_f64(52)) | (rounded == y)
}

/// `power` is |x|^y, right for a positive, finite x.
#[inline(always)]
fn special(x: f64, y: f64, power: f64) -> f64 {
    let (a, b) = (x.abs(), y.abs());
    let integer = is_integer(b);
    let odd = integer & !is_integer(0.5 * b);
    let negative = signed_f64(1.0, x) < 0.0;
    // 0 and infinity
    let grows = (a == 0.0) == (y < 0.0);
    let extreme = select(grows, f64::INFINITY, 0.0);
    let power = select((a == 0.0) | (a == f64::INFINITY), extreme, power);
    let power = select(negative & odd, -power, power);
    let power = select((x < 0.0) & !integer & (a < f64::INFINITY), f64::NAN, power);
    let power = select(x.is_nan() | y.is_nan(), f64::NAN, power);
    select((y == 0.0) | (x == 1.0), 1.0, power)
}

#[inline(always)]
pub(super) fn pow_f64(x: f64, y: f64) -> f64 {
    let (high, low) = ln_two_parts(x.abs());
    // |ln x| >= 2^-53 unless x is 1: beyond this, the power is 0, 1 or infinity.
    let limit = power_f64(65);
    let bounded = at_least(at_most(y, limit), -limit);
    let (product, error) = two_prod(bounded, high);
    let error = error + bounded * low;
    let error = select(product.abs() < 800.0, error, 0.0);
    special(x, y, exp_sum_f64(product, error))
}

#[inline(always)]
pub(super) fn pow_f32(x: f32, y: f32) -> f32 {
    let (x, y) = (f64::from(x), f64::from(y));
    let limit = power_f64(40);
    let product = at_least(at_most(y, limit), -limit) * ln_lite(x.abs());
    let power = exp_lite(at_least(at_most(product, 200.0), -200.0));
    special(x, y, power) as f32
}
