//! Elementary functions that vectorise, and sums with several accumulators.
//!
//! ```
//! use kernel_runtime::math;
//! use kernel_runtime::prelude::*;
//!
//! /// The logistic function.
//! #[kernel((n) -> (n))]
//! pub fn logistic(x: ArrayView1<f32>) -> Array1<f32> {
//!     x.mapv(math::sigmoid)
//! }
//! ```
//!
//! `f32::exp` is a call of a library function in wasm and in most native programs, once per element. These are arithmetic alone, without
//! branches, tables of values or fused multiply-add (which wasm lacks), so that LLVM vectorises the loop they are used in.
//! They take `f32` and `f64`; with [`Float`] as a bound, generic code can use them. Special values are those of IEEE 754 and C99, Annex F. The
//! results are the same in wasm and natively, to the bit.
//!
//! The error is at most 2 ulp, and at most 4 for [`pow`] and [`erf`]. `tests/math` compares `f32` with `f64` over all exponents, and
//! `f64` with 200 bits; what it has seen at most stands with each function. Polynomials are Remez's, computed by `tools/minimax.py`.
//!
//! What LLVM needs is one loop over slices that it can tell apart, and not much else in it: a large function in a closure that a
//! generic algorithm calls at two places is called there, not inlined.
//!
//! No crate was found that does this: `sleef` 0.3 needs nightly's `portable_simd`, `wide` 1.7 and `simdeez` 3.0 work on types of
//! their own, the one without stated errors, the other to 3.5 ulp and with scalar code for some functions in `f64`; `libm` 0.2
//! and `metallic` 0.3 are scalar.

mod erf;
mod exp;
mod hyperbolic;
mod inverse;
mod log;
mod num;
mod pow;
mod root;
mod sums;
mod trig;
mod two_over_pi;

pub use sums::{Number, dot, squared_distance, sum, sum_of_squares};

use ndarray::NdFloat;

/// `f32` or `f64`. Sealed.
///
/// The bound of generic functions that use this module; it brings `ndarray`'s arithmetic with it. Its functions are free ones, so
/// that none hides a method of `num_traits::Float`.
pub trait Float: NdFloat {
    #[doc(hidden)]
    type Functions: Functions<Self>;
}

macro_rules! functions {
    ($(
        $(#[$doc:meta])*
        $name:ident($($arg:ident),+) = $f32:path, $f64:path;
    )*) => {
        /// One implementor per type.
        #[doc(hidden)]
        pub trait Functions<T> {
            $(fn $name($($arg: T),+) -> T;)*
        }

        #[doc(hidden)]
        pub struct Single;
        #[doc(hidden)]
        pub struct Double;

        // Always inlined here and below: a call in a loop keeps it from being vectorised, and LLVM finds most of these functions too large.
        impl Functions<f32> for Single {
            $(#[inline(always)] fn $name($($arg: f32),+) -> f32 { $f32($($arg),+) })*
        }
        impl Functions<f64> for Double {
            $(#[inline(always)] fn $name($($arg: f64),+) -> f64 { $f64($($arg),+) })*
        }

        $(
            $(#[$doc])*
            #[inline(always)]
            pub fn $name<T: Float>($($arg: T),+) -> T {
                T::Functions::$name($($arg),+)
            }
        )*
    };
}

impl Float for f32 {
    type Functions = Single;
}
impl Float for f64 {
    type Functions = Double;
}

functions! {
    /// e^`x`. Cody and Waite's reduction, a polynomial, and the exponent's bits.
    ///
    /// Seen in tests: 0.77 ulp in `f32`, 0.76 in `f64`.
    exp(x) = exp::exp_f32, exp::exp_f64;
    /// 2^`x`. As [`exp`], of which the reduction is exact.
    ///
    /// Seen in tests: 1.18 ulp in `f32`, 1.16 in `f64`.
    exp2(x) = exp::exp2_f32, exp::exp2_f64;
    /// e^`x` - 1, precise near 0. 2^k (e^r - 1) + (2^k - 1).
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 0.98 in `f64`.
    expm1(x) = exp::expm1_f32, exp::expm1_f64;
    /// Natural logarithm. Of the significand as 2 artanh s, s = (m - 1) / (m + 1), after FreeBSD's `e_log.c`; of `f32` a polynomial in m - 1.
    ///
    /// Seen in tests: 0.86 ulp in `f32`, 0.79 in `f64`.
    ln(x) = log::ln_f32, log::ln_f64;
    /// Logarithm to base 2. After FreeBSD's `e_log2.c`, with ln m in two parts.
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 0.71 in `f64`.
    log2(x) = log::log2_f32, log::log2_f64;
    /// Logarithm to base 10. As [`log2`].
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 0.65 in `f64`.
    log10(x) = log::log10_f32, log::log10_f64;
    /// ln(1 + `x`), precise near 0. After FreeBSD's `s_log1p.c`.
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 0.79 in `f64`.
    log1p(x) = log::log1p_f32, log::log1p_f64;
    /// Sine of an angle in radians, of any size. Payne and Hanek's reduction, and a polynomial.
    ///
    /// In `f64` the reduction is most of the work, and costs more than a scalar library's sine of a small angle.
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 0.75 in `f64`.
    sin(x) = trig::sin_f32, trig::sin_f64;
    /// Cosine of an angle in radians, of any size. As [`sin`].
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 0.73 in `f64`.
    cos(x) = trig::cos_f32, trig::cos_f64;
    /// Tangent of an angle in radians, of any size. The quotient of [`sin`] and [`cos`], both in two parts.
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 0.84 in `f64`.
    tan(x) = trig::tan_f32, trig::tan_f64;
    /// Arc sine, in [-pi/2, pi/2]. A polynomial to 1/2, pi/2 - 2 asin sqrt((1 - x) / 2) above, as in fdlibm.
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 0.59 in `f64`.
    asin(x) = inverse::asin_f32, inverse::asin_f64;
    /// Arc cosine, in [0, pi]. As [`asin`].
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 0.55 in `f64`.
    acos(x) = inverse::acos_f32, inverse::acos_f64;
    /// Arc tangent, in [-pi/2, pi/2]. As [`atan2`] of 1.
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 0.74 in `f64`.
    atan(x) = inverse::atan_f32, inverse::atan_f64;
    /// The angle of the point (`x`, `y`), in [-pi, pi]. One quotient in two parts, at most tan(pi/8), and a polynomial.
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 0.67 in `f64`.
    atan2(y, x) = inverse::atan2_f32, inverse::atan2_f64;
    /// Hyperbolic sine. A polynomial to 1, then (e^x - e^-x) / 2.
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 1.32 in `f64`.
    sinh(x) = hyperbolic::sinh_f32, hyperbolic::sinh_f64;
    /// Hyperbolic cosine. (e^x + e^-x) / 2.
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 1.14 in `f64`.
    cosh(x) = hyperbolic::cosh_f32, hyperbolic::cosh_f64;
    /// Hyperbolic tangent. E / (E + 2) with E = e^2x - 1; of `f32` a polynomial to 0.63, then 1 - 2 / (e^2x + 1).
    ///
    /// Seen in tests: 1.33 ulp in `f32`, 1.23 in `f64`.
    tanh(x) = hyperbolic::tanh_f32, hyperbolic::tanh_f64;
    /// `x`^`y`. e^(y ln x), with the logarithm to 64 bits.
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 0.73 in `f64`.
    pow(x, y) = pow::pow_f32, pow::pow_f64;
    /// Cube root. A polynomial for m^(-1/3), one step of Householder's, and one of Newton's with an exact residual.
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 0.51 in `f64`.
    cbrt(x) = root::cbrt_f32, root::cbrt_f64;
    /// sqrt(`x`^2 + `y`^2), without overflow or underflow on the way. A root mended once, after Borges 2019.
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 0.51 in `f64`.
    hypot(x, y) = root::hypot_f32, root::hypot_f64;
    /// Error function. A polynomial to 1, then 1 - e^(-x^2) t P(t) with t = 1 / (1 + x), as in Abramowitz and Stegun 7.1.26.
    ///
    /// Seen in tests: 0.51 ulp in `f32`, 1.49 in `f64`.
    erf(x) = erf::erf_f32, erf::erf_f64;
    /// Logistic function, 1 / (1 + e^-`x`), precise also where it is small. From e^-|x|.
    ///
    /// Seen in tests: 1.72 ulp in `f32`, 1.50 in `f64`.
    sigmoid(x) = exp::sigmoid_f32, exp::sigmoid_f64;
}
