//! `cbrt` and `hypot`.

use super::num::{
    ROUND_F64, exponent_f64, fast_two_sum, horner, power_f64, select, signed_f32, signed_f64,
    two_prod,
};

/// `a` = m 8^j with m in [1, 8): m, about m^(-2/3) and the cube root of m to 2^-41, and j + [`ROUND_F64`], for a normal `a`.
///
/// m^(-1/3) is a polynomial (`tools/minimax.py`) on [1, 2) times a power of 2^(-1/3), and then one step of Householder's third order.
#[inline(always)]
fn cbrt_reduced(a: f64) -> (f64, f64, f64, f64) {
    const FRACTION: u64 = (1 << 52) - 1;
    let biased = f64::from_bits((a.to_bits() >> 52) | power_f64(52).to_bits()) - power_f64(52);
    // e = 3 j + i; the nearest integer to (e - 1) / 3 is the one below e / 3.
    let e = biased - 1023.0;
    let shifted = (e - 1.0) * (1.0 / 3.0) + ROUND_F64;
    let i = e - 3.0 * (shifted - ROUND_F64);
    let m = f64::from_bits((a.to_bits() & FRACTION) | 1f64.to_bits());
    let r = horner!(m; 1.670008340928754, -1.1728839794252457, 0.6954857799430669, -0.22123896471903515, 0.02859116448054985);
    let (power, root) = select(i == 1.0, (2.0, 0.7937005259840998), (1.0, 1.0));
    let (power, root) = select(i == 2.0, (4.0, 0.6299605249474366), (power, root));
    let (m, r) = (m * power, r * root);
    let h = 1.0 - m * (r * r * r);
    let r = r + r * h * (1.0 / 3.0 + 2.0 / 9.0 * h);
    (m, r * r, m * (r * r), shifted)
}

#[inline(always)]
pub(super) fn cbrt_f64(x: f64) -> f64 {
    let a = x.abs();
    let subnormal = a < f64::MIN_POSITIVE;
    let (m, r2, y, shifted) = cbrt_reduced(select(subnormal, a * power_f64(54), a));
    // One step of Newton's with an exact residual
    let (p, pe) = two_prod(y, y);
    let (c, ce) = two_prod(p, y);
    let y = y - ((c - m) + (ce + pe * y)) * (r2 * (1.0 / 3.0));
    let y = y * exponent_f64(select(subnormal, power_f64(-18), 1.0), shifted);
    select((a > 0.0) & (a < f64::INFINITY), signed_f64(y, x), x)
}

#[inline(always)]
pub(super) fn cbrt_f32(x: f32) -> f32 {
    let a = x.abs();
    let (_, _, y, shifted) = cbrt_reduced(f64::from(a));
    let y = (y * exponent_f64(1.0, shifted)) as f32;
    select((a > 0.0) & (a < f32::INFINITY), signed_f32(y, x), x)
}

/// The squares are added exactly, and the root is mended by their difference from its own square (Borges 2019).
#[inline(always)]
pub(super) fn hypot_f64(x: f64, y: f64) -> f64 {
    let (x, y) = (x.abs(), y.abs());
    let (a, b) = select(x < y, (y, x), (x, y));
    // No square overflows or underflows; of a much smaller `b` nothing is seen.
    let (scale, back) = select(
        a < power_f64(-450),
        (power_f64(600), power_f64(-600)),
        (1.0, 1.0),
    );
    let (scale, back) = select(
        a > power_f64(500),
        (power_f64(-600), power_f64(600)),
        (scale, back),
    );
    let (a, b) = (a * scale, b * scale);
    let (p, pe) = two_prod(a, a);
    let (q, qe) = two_prod(b, b);
    let (sum, error) = fast_two_sum(p, q);
    let root = sum.sqrt();
    let (square, rest) = two_prod(root, root);
    let h = root + (((sum - square) - rest) + (error + (pe + qe))) / (root + root);
    let h = select(sum == 0.0, 0.0, h * back);
    select(
        (x == f64::INFINITY) | (y == f64::INFINITY),
        f64::INFINITY,
        h,
    )
}

#[inline(always)]
pub(super) fn hypot_f32(x: f32, y: f32) -> f32 {
    let (a, b) = (f64::from(x.abs()), f64::from(y.abs()));
    let h = (a * a + b * b).sqrt();
    select(
        (a == f64::INFINITY) | (b == f64::INFINITY),
        f64::INFINITY,
        h,
    ) as f32
}
