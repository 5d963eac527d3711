//! What the functions are made of: polynomials, powers of two, and sums and products with their rounding errors.

/// The polynomial with these coefficients, the constant one first.
///
/// A macro, so that nothing is left to unroll before the caller's loop is vectorised.
macro_rules! horner {
    ($x:expr; $c:expr $(,)?) => { $c };
    ($x:expr; $c:expr, $($rest:expr),+ $(,)?) => { $c + $x * horner!($x; $($rest),+) };
}
pub(super) use horner;

// An `if` is a branch until LLVM makes it a select, and it may copy what follows into both arms first.
pub(super) use std::hint::select_unpredictable as select;

/// Added and subtracted again, this rounds to the nearest integer, ties to even, and leaves it in the low bits of the sum.
///
/// `round_ties_even` is one instruction in wasm and a library call on x86-64 without SSE4.1; this is two on both. It is right up to
/// 2^21 for `f32` and 2^50 for `f64`.
pub(super) const ROUND_F32: f32 = 1.5 * (1 << 23) as f32;
/// As [`ROUND_F32`].
pub(super) const ROUND_F64: f64 = 1.5 * (1u64 << 52) as f64;

/// 2^`k` for any normal result.
pub(super) const fn power_f64(k: i64) -> f64 {
    f64::from_bits(((k + 1023) as u64) << 52)
}

/// As [`power_f64`].
pub(super) const fn power_f32(k: i32) -> f32 {
    f32::from_bits(((k + 127) as u32) << 23)
}

/// `p` 2^k, rounded once; `shifted` is k + [`ROUND_F64`], `p` is near 1, |k| at most 1080.
///
/// A power of two that reaches both ends of the range takes two factors: about half of k each. The lower bits of `ROUND_F64`, and of
/// its half, are 0.
#[inline(always)]
pub(super) fn scale_f64(p: f64, shifted: f64) -> f64 {
    let half = shifted.to_bits() >> 1;
    let rest = shifted.to_bits().wrapping_sub(half);
    p * exponent_f64(1.0, f64::from_bits(half)) * exponent_f64(1.0, f64::from_bits(rest))
}

/// As [`scale_f64`]; |k| at most 155.
#[inline(always)]
pub(super) fn scale_f32(p: f32, shifted: f32) -> f32 {
    let half = shifted.to_bits() >> 1;
    let rest = shifted.to_bits().wrapping_sub(half);
    p * exponent_f32(1.0, f32::from_bits(half)) * exponent_f32(1.0, f32::from_bits(rest))
}

/// `one` 2^k where that is normal; `shifted` is k + [`ROUND_F64`].
#[inline(always)]
pub(super) fn exponent_f64(one: f64, shifted: f64) -> f64 {
    f64::from_bits(one.to_bits().wrapping_add(shifted.to_bits() << 52))
}

/// As [`exponent_f64`].
#[inline(always)]
pub(super) fn exponent_f32(one: f32, shifted: f32) -> f32 {
    f32::from_bits(one.to_bits().wrapping_add(shifted.to_bits() << 23))
}

/// `x`, not above `high`; NaN stays.
#[inline(always)]
pub(super) fn at_most<T: PartialOrd>(x: T, high: T) -> T {
    select(x > high, high, x)
}

/// `x`, not below `low`; NaN stays.
#[inline(always)]
pub(super) fn at_least<T: PartialOrd>(x: T, low: T) -> T {
    select(x < low, low, x)
}

/// `y` >= 0 with the sign of `x`.
///
/// LLVM counts `copysign` as one call per lane, and then does not vectorise some loops.
#[inline(always)]
pub(super) fn signed_f64(y: f64, x: f64) -> f64 {
    f64::from_bits(y.to_bits() | (x.to_bits() & (1 << 63)))
}

/// As [`signed_f64`].
#[inline(always)]
pub(super) fn signed_f32(y: f32, x: f32) -> f32 {
    f32::from_bits(y.to_bits() | (x.to_bits() & (1 << 31)))
}

/// `a + b` and its rounding error (Knuth).
#[inline(always)]
pub(super) fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let rest = sum - a;
    (sum, (a - (sum - rest)) + (b - rest))
}

/// `a + b` and its rounding error where |a| >= |b| or `a` is 0 (Dekker).
#[inline(always)]
pub(super) fn fast_two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    (sum, b - (sum - a))
}

/// The upper 26 bits of the significand, and the others.
#[inline(always)]
pub(super) fn split(a: f64) -> (f64, f64) {
    let high = f64::from_bits(a.to_bits() & !0x7ff_ffff);
    (high, a - high)
}

/// `a * b` and its rounding error (Dekker's, since wasm has no fused multiply-add), to 2^-106 of the product, and exact
/// where either has 52 bits.
#[inline(always)]
pub(super) fn two_prod(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    let (ah, al) = split(a);
    let (bh, bl) = split(b);
    (product, ((ah * bh - product) + ah * bl + al * bh) + al * bl)
}
