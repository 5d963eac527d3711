//! `asin`, `acos`, `atan` and `atan2`.
//!
//! asin x is a polynomial for |x| <= 1/2 and pi/2 - 2 asin sqrt((1 - x) / 2) above. An arc tangent is that of a quotient at most 1, and above
//! tan(pi/8) that of (n - d) / (n + d) and an eighth of a turn. The polynomials are from `tools/minimax.py`.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

use super::num::{
    fast_two_sum, horner, power_f64, select, signed_f32, signed_f64, two_prod, two_sum,
};

/// pi/2 in two parts
const HALF_PI: (f64, f64) = (FRAC_PI_2, 6.123233995736766e-17);

/// The asin of |`x`| <= 1/2, or of sqrt((1 - |`x`|) / 2), as a sum.
#[inline(always)]
fn asin_reduced_f64(a: f64) -> (f64, f64) {
    let w = 0.5 * (1.0 - a);
    let root = w.sqrt();
    let (product, error) = two_prod(root, root);
    let rest = ((w - product) - error) / (root + root);
    let large = a > 0.5;
    let z = select(large, w, a * a);
    let (s, low) = select(large, (root, rest), (a, 0.0));
    let low = select(w == 0.0, 0.0, low);
    (
        s,
        low + s
            * z
            * horner!(z; 0.1666666666666671, 0.07499999999981032, 0.04464285716679996, 0.030381943023154973, 0.022372207267192825, 0.017351735225639892, 0.013979486567820002, 0.011408894910366825, 0.010728560747376643, 0.003888283643128104, 0.021292420043378692, -0.020445033656491692, 0.03230018053711131),
    )
}

#[inline(always)]
pub(super) fn asin_f64(x: f64) -> f64 {
    let a = x.abs();
    let (s, low) = asin_reduced_f64(a);
    let (sum, error) = fast_two_sum(HALF_PI.0, -2.0 * s);
    let large = sum + (error + (HALF_PI.1 - 2.0 * low));
    signed_f64(select(a > 0.5, large, s + low), x)
}

#[inline(always)]
pub(super) fn acos_f64(x: f64) -> f64 {
    let a = x.abs();
    let (s, low) = asin_reduced_f64(a);
    let large = a > 0.5;
    // 0, pi/2 or pi, less a multiple of the arc sine
    let negative = x < 0.0;
    let turns = select(negative, 2.0, 0.0);
    let turns = select(large, turns, 1.0);
    let factor = select(negative, 1.0, -1.0);
    let factor = select(large, -2.0 * factor, factor);
    let (sum, error) = fast_two_sum(turns * HALF_PI.0, factor * s);
    sum + (error + (turns * HALF_PI.1 + factor * low))
}

#[inline(always)]
fn asin_reduced_f32(a: f64) -> f64 {
    let w = 0.5 * (1.0 - a);
    let large = a > 0.5;
    let z = select(large, w, a * a);
    let s = select(large, w.sqrt(), a);
    s + s
        * z
        * horner!(z; 0.16666667189672443, 0.07499948169323468, 0.0446601601700458, 0.030110291082931732, 0.02461814502118706, 0.007469732193021471, 0.034692308868319185)
}

#[inline(always)]
pub(super) fn asin_f32(x: f32) -> f32 {
    let a = f64::from(x.abs());
    let s = asin_reduced_f32(a);
    signed_f32(select(a > 0.5, HALF_PI.0 - 2.0 * s, s) as f32, x)
}

#[inline(always)]
pub(super) fn acos_f32(x: f32) -> f32 {
    let a = f64::from(x.abs());
    let s = asin_reduced_f32(a);
    let large = select(x < 0.0, PI - 2.0 * s, 2.0 * s);
    let small = HALF_PI.0 - select(x < 0.0, -s, s);
    select(a > 0.5, large, small) as f32
}

/// The angle of (`d`, `n`), 0 <= n <= d, in eighths of a turn and a rest in two parts.
#[inline(always)]
fn angle_f64(n: f64, d: f64) -> (f64, f64, f64) {
    let eighth = n > 0.4142135623730951 * d;
    let (difference, sum) = (two_sum(n, -d), two_sum(d, n));
    let n = select(eighth, difference, (n, 0.0));
    let d = select(eighth, sum, (d, 0.0));
    let t = n.0 / d.0;
    let (product, error) = two_prod(t, d.0);
    let rest = (((n.0 - product) - error) + (n.1 - t * d.1)) / d.0;
    // Where the product underflows, or `d` is infinite, the quotient alone is right.
    let rest = select(t.abs() > power_f64(-200), rest, 0.0);
    let z = t * t;
    let p = horner!(z; -0.33333333333333254, 0.19999999999965848, -0.1428571428120004, 0.1111111082624531, -0.09090898839623832, 0.07692077498510126, -0.06663283209873137, 0.05849091933307944, -0.05044349227212481, 0.03818474627389157, -0.01803137186980462);
    (select(eighth, 1.0, 0.0), t, rest + t * z * p)
}

/// `eighths` of half a turn and `sign` times (`t` + `low`)
#[inline(always)]
fn assemble(eighths: f64, sign: f64, t: f64, low: f64) -> f64 {
    // pi/4; the first part has 50 bits, so that a few times it is exact.
    const QUARTER_PI: (f64, f64) = (FRAC_PI_4, 3.061616997868383e-17);
    let (sum, error) = fast_two_sum(eighths * QUARTER_PI.0, sign * t);
    sum + (error + (eighths * QUARTER_PI.1 + sign * low))
}

#[inline(always)]
pub(super) fn atan_f64(x: f64) -> f64 {
    let a = x.abs();
    let swap = a > 1.0;
    let (n, d) = select(swap, (1.0, a), (a, 1.0));
    let (eighths, t, low) = angle_f64(n, d);
    let eighths = select(swap, 2.0 - eighths, eighths);
    let y = assemble(eighths, select(swap, -1.0, 1.0), t, low);
    signed_f64(select(a.is_nan(), a, y), x)
}

#[inline(always)]
pub(super) fn atan2_f64(y: f64, x: f64) -> f64 {
    let (ay, ax) = (y.abs(), x.abs());
    let swap = ay > ax;
    let (n, d) = select(swap, (ax, ay), (ay, ax));
    // Both infinite, or both 0
    let n = select(d == f64::INFINITY, select(ax == ay, 1.0, 0.0), n);
    let d = select((d == f64::INFINITY) | (d == 0.0), 1.0, d);
    // No sum overflows, and no product of what matters underflows.
    let scale = select(d < power_f64(-400), power_f64(600), 1.0);
    let scale = select(d > power_f64(1000), power_f64(-100), scale);
    let (eighths, t, low) = angle_f64(n * scale, d * scale);
    let eighths = select(swap, 2.0 - eighths, eighths);
    let sign = select(swap, -1.0, 1.0);
    let left = signed_f64(1.0, x) < 0.0;
    let eighths = select(left, 4.0 - eighths, eighths);
    let sign = select(left, -sign, sign);
    let angle = signed_f64(assemble(eighths, sign, t, low), y);
    select(x.is_nan() | y.is_nan(), f64::NAN, angle)
}

/// The angle of (`d`, `n`), 0 <= n <= d.
#[inline(always)]
fn angle_lite(n: f64, d: f64) -> f64 {
    let eighth = n > 0.4142135623730951 * d;
    let (n, d) = select(eighth, (n - d, n + d), (n, d));
    let t = n / d;
    let z = t * t;
    let y = t
        + t * z
            * horner!(z; -0.3333333251429645, 0.19999905159956075, -0.1428204134517381, 0.11045084834137774, -0.08478358636624721, 0.04748178067758725);
    y + select(eighth, FRAC_PI_4, 0.0)
}

#[inline(always)]
pub(super) fn atan_f32(x: f32) -> f32 {
    let a = f64::from(x.abs());
    let swap = a > 1.0;
    let (n, d) = select(swap, (1.0, a), (a, 1.0));
    let y = angle_lite(n, d);
    signed_f32(select(swap, HALF_PI.0 - y, y) as f32, x)
}

#[inline(always)]
pub(super) fn atan2_f32(y: f32, x: f32) -> f32 {
    let (ay, ax) = (f64::from(y.abs()), f64::from(x.abs()));
    let swap = ay > ax;
    let (n, d) = select(swap, (ax, ay), (ay, ax));
    let n = select(d == f64::INFINITY, select(ax == ay, 1.0, 0.0), n);
    let d = select((d == f64::INFINITY) | (d == 0.0), 1.0, d);
    let angle = angle_lite(n, d);
    let angle = select(swap, HALF_PI.0 - angle, angle);
    let left = signed_f32(1.0, x) < 0.0;
    let angle = select(left, PI - angle, angle);
    select(
        x.is_nan() | y.is_nan(),
        f32::NAN,
        signed_f32(angle as f32, y),
    )
}
