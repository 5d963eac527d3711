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
//! The error is at most 2 ulp, and at most 4 for [`pow`] and [`erf`]; each function says what it was at most in its tests, which go
//! through all of `f32`'s values for functions of one argument, and compare `f64` with 200 bits
//! (`tests/math.rs`). Polynomials are Remez's, computed by `tools/minimax.py`.
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
    /// e^`x`.
    exp(x) = exp::exp_f32, exp::exp_f64;
    /// 2^`x`.
    exp2(x) = exp::exp2_f32, exp::exp2_f64;
    /// e^`x` - 1.
    expm1(x) = exp::expm1_f32, exp::expm1_f64;
    /// Natural logarithm.
    ln(x) = log::ln_f32, log::ln_f64;
    /// Logarithm to base 2.
    log2(x) = log::log2_f32, log::log2_f64;
    /// Logarithm to base 10.
    log10(x) = log::log10_f32, log::log10_f64;
    /// ln(1 + `x`).
    log1p(x) = log::log1p_f32, log::log1p_f64;
    /// Sine of an angle in radians.
    sin(x) = trig::sin_f32, trig::sin_f64;
    /// Cosine of an angle in radians.
    cos(x) = trig::cos_f32, trig::cos_f64;
    /// Tangent of an angle in radians.
    tan(x) = trig::tan_f32, trig::tan_f64;
    /// Arc sine, in [-pi/2, pi/2].
    asin(x) = inverse::asin_f32, inverse::asin_f64;
    /// Arc cosine, in [0, pi].
    acos(x) = inverse::acos_f32, inverse::acos_f64;
    /// Arc tangent, in [-pi/2, pi/2].
    atan(x) = inverse::atan_f32, inverse::atan_f64;
    /// The angle of the point (`x`, `y`), in [-pi, pi].
    atan2(y, x) = inverse::atan2_f32, inverse::atan2_f64;
    /// Hyperbolic sine.
    sinh(x) = hyperbolic::sinh_f32, hyperbolic::sinh_f64;
    /// Hyperbolic cosine.
    cosh(x) = hyperbolic::cosh_f32, hyperbolic::cosh_f64;
    /// Hyperbolic tangent.
    tanh(x) = hyperbolic::tanh_f32, hyperbolic::tanh_f64;
    /// `x`^`y`.
    pow(x, y) = pow::pow_f32, pow::pow_f64;
    /// Cube root.
    cbrt(x) = root::cbrt_f32, root::cbrt_f64;
    /// sqrt(`x`^2 + `y`^2), without overflow or underflow on the way.
    hypot(x, y) = root::hypot_f32, root::hypot_f64;
    /// Error function.
    erf(x) = erf::erf_f32, erf::erf_f64;
    /// Logistic function, 1 / (1 + e^-`x`).
    sigmoid(x) = exp::sigmoid_f32, exp::sigmoid_f64;
}
