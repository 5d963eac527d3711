//! `sin`, `cos` and `tan`, over the whole range.
//!
//! Payne and Hanek's reduction: quarters of a turn are x 2/pi, and of 2/pi only those digits matter whose product with x is neither a
//! multiple of 4 nor too small. Which ones, a few windows of the exponent decide. It is done for every x, small ones too: a branch
//! for the large ones would keep the loop around it from being vectorised. The polynomials (`tools/minimax.py`) are on [-pi/4, pi/4].

use super::num::{ROUND_F64, fast_two_sum, horner, power_f64, select, two_prod, two_sum};
use super::two_over_pi::{WINDOWS_F32, WINDOWS_F64};
use std::f64::consts::FRAC_PI_2;

/// Sine and cosine of an angle in [-pi/4, pi/4], each in two parts, and the quarter turns before it.
struct Reduced<T> {
    sin: (T, T),
    cos: (T, T),
    quarters: u64,
}

/// `x` less the nearest multiple of 4, for |x| <= 2^53.
#[inline(always)]
fn modulo_4(x: f64) -> f64 {
    const ROUND: f64 = 4.0 * ROUND_F64;
    x - ((x + ROUND) - ROUND)
}

/// `x` less a multiple of 8, or 0 where `x` is so large that it is a multiple of 4 itself.
#[inline(always)]
fn modulo_8(x: f64) -> f64 {
    const ROUND: f64 = 8.0 * ROUND_F64;
    let x = select(x.abs() < power_f64(54), x, 0.0);
    x - ((x + ROUND) - ROUND)
}

/// One part of 2/pi in the window of `x`.
///
/// Constants and selects, and no look-up: LLVM can't know that what a loop writes is not the table, and then does not vectorise it.
macro_rules! window {
    ($x:ident, $part:literal) => {{
        const OF: [f64; 8] = WINDOWS_F64[$part];
        let w = select($x < power_f64(948), const { OF[6] }, const { OF[7] });
        let w = select($x < power_f64(820), const { OF[5] }, w);
        let w = select($x < power_f64(692), const { OF[4] }, w);
        let w = select($x < power_f64(564), const { OF[3] }, w);
        let w = select($x < power_f64(436), const { OF[2] }, w);
        let w = select($x < power_f64(308), const { OF[1] }, w);
        select($x < power_f64(180), const { OF[0] }, w)
    }};
}

/// Quarter turns (modulo 4), and the rest of a turn in quarters, in two parts; `x` >= 0.
#[inline(always)]
fn quarters_f64(x: f64) -> (f64, f64, f64) {
    // With x = x' 2^128k, x' is an integer from the second window on: multiples of 4 in 2^128k 2/pi are whole turns.
    let scale = window!(x, 6);
    let w0 = window!(x, 0);
    let w1 = window!(x, 1);
    let w2 = window!(x, 2);
    let w3 = window!(x, 3);
    let w4 = window!(x, 4);
    let w5 = window!(x, 5);
    // Every part is at most 2^-52 of the one before it; p0 < 2^182.
    let x = x * scale;
    let (p0, e0) = two_prod(x, w0);
    let (p1, e1) = two_prod(x, w1);
    let (p2, e2) = two_prod(x, w2);
    let (p3, e3) = two_prod(x, w3);
    let (p4, e4) = two_prod(x, w4);
    let (sum, low) = two_sum(modulo_8(p0), modulo_8(e0));
    let (sum, low) = add_parts(sum, low, modulo_8(p1), 0.0);
    let (sum, low) = add_parts(sum, low, modulo_8(e1), modulo_8(p2));
    let first = (sum + ROUND_F64) - ROUND_F64;
    let (sum, low) = add_parts(sum - first, low, modulo_8(e2), modulo_8(p3));
    let second = (sum + ROUND_F64) - ROUND_F64;
    let (sum, low) = add_parts(sum - second, low, e3, p4);
    (first + second, sum, low + (e4 + x * w5))
}

/// `high + low + a + b`, where little is lost even if `high + a + b` is close to 0.
#[inline(always)]
fn add_parts(high: f64, low: f64, a: f64, b: f64) -> (f64, f64) {
    let (sum, first) = two_sum(high, a);
    let (sum, second) = two_sum(sum, b);
    two_sum(sum, low + (first + second))
}

#[inline(always)]
fn reduce_f64(x: f64) -> Reduced<f64> {
    const HALF_PI: (f64, f64) = (FRAC_PI_2, 6.123233995736766e-17);
    let (quarters, rest, low) = quarters_f64(x);
    let (r, error) = two_prod(rest, HALF_PI.0);
    let low = error + (rest * HALF_PI.1 + low * HALF_PI.0);
    let z = r * r;
    let s = horner!(z; -0.16666666666666632, 0.008333333333322415, -0.00019841269829808504, 2.75573136921497e-06, -2.505075814881726e-08, 1.5896797413007077e-10);
    let c = horner!(z; 0.04166666666666665, -0.001388888888888126, 2.4801587293417398e-05, -2.755731537664069e-07, 2.0875850593581005e-09, -1.1365743843768138e-11);
    let half = 0.5 * z;
    let w = 1.0 - half;
    Reduced {
        sin: (r, r * z * s + low * w),
        cos: (w, ((1.0 - w) - half) + (z * z * c - r * low)),
        quarters: (quarters + ROUND_F64).to_bits(),
    }
}

#[inline(always)]
fn quarters_f32(x: f32) -> (f64, f64) {
    let x = f64::from(x);
    let window = |i: [f64; 4]| {
        let w = select(x < power_f64(105), i[2], i[3]);
        let w = select(x < power_f64(78), i[1], w);
        select(x < power_f64(51), i[0], w)
    };
    let w = WINDOWS_F32.map(window);
    let x = x * w[3];
    // The first two products are exact: 24 bits by 29.
    let p0 = modulo_4(x * w[0]);
    let p1 = modulo_4(x * w[1]);
    let quarters = ((p0 + p1) + ROUND_F64) - ROUND_F64;
    (quarters, ((p0 - quarters) + p1) + x * w[2])
}

#[inline(always)]
fn reduce_f32(x: f32) -> Reduced<f64> {
    let (quarters, rest) = quarters_f32(x);
    let r = rest * FRAC_PI_2;
    let z = r * r;
    let s = horner!(z; -0.16666666641609462, 0.008333329383843556, -0.000198393341631749, 2.7183049380556333e-06);
    let c = horner!(z; 0.041666666633759245, -0.0013888884514838926, 2.4799688942472825e-05, -2.722229818831469e-07);
    Reduced {
        sin: (r, r * z * s),
        cos: (1.0, z * (z * c - 0.5)),
        quarters: (quarters + ROUND_F64).to_bits(),
    }
}

impl Reduced<f64> {
    /// The sine, `turn` quarter turns further.
    #[inline(always)]
    fn sin(&self, turn: u64) -> f64 {
        let quarters = self.quarters.wrapping_add(turn);
        let (high, low) = select(quarters & 1 == 0, self.sin, self.cos);
        let y = high + low;
        f64::from_bits(y.to_bits() ^ ((quarters & 2) << 62))
    }
}

#[inline(always)]
pub(super) fn sin_f64(x: f64) -> f64 {
    let a = x.abs();
    let y = reduce_f64(a).sin(0);
    let y = select(a < power_f64(-27), a, y);
    let y = f64::from_bits(y.to_bits() ^ (x.to_bits() & (1 << 63)));
    select(a < f64::INFINITY, y, f64::NAN)
}

#[inline(always)]
pub(super) fn cos_f64(x: f64) -> f64 {
    let a = x.abs();
    let y = reduce_f64(a).sin(1);
    let y = select(a < power_f64(-27), 1.0, y);
    select(a < f64::INFINITY, y, f64::NAN)
}

#[inline(always)]
pub(super) fn tan_f64(x: f64) -> f64 {
    let a = x.abs();
    let reduced = reduce_f64(a);
    let sin = fast_two_sum(reduced.sin.0, reduced.sin.1);
    let cos = fast_two_sum(reduced.cos.0, reduced.cos.1);
    let even = reduced.quarters & 1 == 0;
    let (n, d) = select(even, (sin, cos), (cos, sin));
    let y = n.0 / d.0;
    let (product, error) = two_prod(y, d.0);
    let y = y + (((n.0 - product) - error) + (n.1 - y * d.1)) / d.0;
    let y = select(a < power_f64(-27), a, y);
    let sign = (x.to_bits() & (1 << 63)) ^ ((reduced.quarters & 1) << 63);
    let y = f64::from_bits(y.to_bits() ^ sign);
    select(a < f64::INFINITY, y, f64::NAN)
}

#[inline(always)]
pub(super) fn sin_f32(x: f32) -> f32 {
    let a = x.abs();
    let y = reduce_f32(a).sin(0);
    let y = f64::from_bits(y.to_bits() ^ (f64::from(x).to_bits() & (1 << 63)));
    select(f64::from(a) < f64::INFINITY, y, f64::NAN) as f32
}

#[inline(always)]
pub(super) fn cos_f32(x: f32) -> f32 {
    let a = x.abs();
    let y = reduce_f32(a).sin(1);
    select(f64::from(a) < f64::INFINITY, y, f64::NAN) as f32
}

#[inline(always)]
pub(super) fn tan_f32(x: f32) -> f32 {
    let a = x.abs();
    let reduced = reduce_f32(a);
    let sin = reduced.sin.0 + reduced.sin.1;
    let cos = reduced.cos.0 + reduced.cos.1;
    let (n, d) = select(reduced.quarters & 1 == 0, (sin, cos), (cos, -sin));
    let y = n / d;
    let y = f64::from_bits(y.to_bits() ^ (f64::from(x).to_bits() & (1 << 63)));
    select(f64::from(a) < f64::INFINITY, y, f64::NAN) as f32
}
