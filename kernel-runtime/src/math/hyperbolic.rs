//! `sinh`, `cosh` and `tanh`, from e^x and, where that cancels, a polynomial (`tools/minimax.py`).

use super::exp::{exp_lite, exp_mid_f32, half_expm1_f64, near_one_f64, reduce_f64};
use super::num::{
    at_most, exponent_f64, fast_two_sum, horner, power_f64, select, signed_f32, signed_f64, two_sum,
};

/// e^`x` / 4, and e^-`x` / 4, for x in [0, 710.6].
#[inline(always)]
fn quarters(x: f64) -> (f64, f64) {
    let (shifted, r, rest) = reduce_f64(x);
    let grown = near_one_f64(r, rest) * exponent_f64(0.25, shifted);
    (grown, 0.0625 / grown)
}

#[inline(always)]
pub(super) fn sinh_f64(x: f64) -> f64 {
    let a = x.abs();
    let z = a * a;
    let small = a
        + a * z
            * horner!(z; 0.16666666666666669, 0.008333333333333139, 0.00019841269841437668, 2.755731915534104e-06, 2.50521233979634e-08, 1.605724038134677e-10, 7.759311164691952e-13);
    let (grown, shrunk) = quarters(at_most(a, 710.6));
    let large = 2.0 * (grown - shrunk);
    signed_f64(select(a < 1.0, small, large), x)
}

#[inline(always)]
pub(super) fn sinh_f32(x: f32) -> f32 {
    let a = f64::from(x.abs());
    let z = a * a;
    let small = a
        + a * z
            * horner!(z; 0.16666666488740878, 0.008333350596825467, 0.00019836066459074652, 2.8174385509502373e-06);
    let e = exp_lite(at_most(a, 100.0));
    let large = 0.5 * (e - 1.0 / e);
    signed_f32(select(a < 1.0, small, large) as f32, x)
}

#[inline(always)]
pub(super) fn cosh_f64(x: f64) -> f64 {
    let (grown, shrunk) = quarters(at_most(x.abs(), 710.6));
    2.0 * (grown + shrunk)
}

#[inline(always)]
pub(super) fn cosh_f32(x: f32) -> f32 {
    let e = exp_lite(at_most(f64::from(x.abs()), 100.0));
    (0.5 * (e + 1.0 / e)) as f32
}

/// tanh x = E / (E + 2) with E = e^2x - 1
#[inline(always)]
pub(super) fn tanh_f64(x: f64) -> f64 {
    let a = x.abs();
    let (high, low) = half_expm1_f64(at_most(2.0 * a, 44.0));
    let (half, low) = fast_two_sum(high, low);
    let (divisor, error) = two_sum(half, 1.0);
    let y = half / divisor;
    let y = y + (low - y * (error + low)) / divisor;
    signed_f64(select(a < power_f64(-54), a, y), x)
}

/// The polynomial, then tanh x = 1 - 2 / (e^2x + 1).
#[inline(always)]
pub(super) fn tanh_f32(x: f32) -> f32 {
    let a = x.abs();
    let z = a * a;
    let small = a + a
        * z
        * horner!(z; -3.3333278e-01, 1.3331328e-01, -5.3729206e-02, 2.060194e-02, -5.6607206e-03);
    let large = 1.0 - 2.0 / (exp_mid_f32(at_most(2.0 * a, 20.0)) + 1.0);
    signed_f32(select(a < 0.63, small, large), x)
}
