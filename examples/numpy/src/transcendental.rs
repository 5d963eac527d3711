//! Powers, logarithms, angles: `kernel_runtime::math`, which vectorises, and what is made of it.

use kernel_runtime::math::{self, Float};
use kernel_runtime::prelude::*;

macro_rules! of_one {
    ($($(#[$doc:meta])* $name:ident = $function:path;)*) => {$(
        $(#[$doc])*
        #[ufunc(types(T = floats))]
        pub fn $name<T: Float>(x: T) -> T {
            $function(x)
        }
    )*};
}

of_one! {
    /// e to the power of `x`.
    exp = math::exp;
    /// 2 to the power of `x`.
    exp2 = math::exp2;
    /// `exp(x) - 1`, precise near 0.
    expm1 = math::expm1;
    /// The natural logarithm.
    log = math::ln;
    /// The logarithm to base 2.
    log2 = math::log2;
    /// The logarithm to base 10.
    log10 = math::log10;
    /// `log(1 + x)`, precise near 0.
    log1p = math::log1p;
    /// The logistic function, `1 / (1 + exp(-x))`.
    sigmoid = math::sigmoid;
    /// The square root.
    sqrt = T::sqrt;
    /// The cube root.
    cbrt = math::cbrt;
    /// The sine of an angle in radians.
    sin = math::sin;
    /// The cosine of an angle in radians.
    cos = math::cos;
    /// The tangent of an angle in radians.
    tan = math::tan;
    /// The arc sine, in [-pi/2, pi/2].
    arcsin = math::asin;
    /// The arc cosine, in [0, pi].
    arccos = math::acos;
    /// The arc tangent, in [-pi/2, pi/2].
    arctan = math::atan;
    /// The hyperbolic sine.
    sinh = math::sinh;
    /// The hyperbolic cosine.
    cosh = math::cosh;
    /// The hyperbolic tangent.
    tanh = math::tanh;
    /// The inverse hyperbolic sine.
    arcsinh = asinh;
    /// The inverse hyperbolic cosine; NaN below 1.
    arccosh = acosh;
    /// The inverse hyperbolic tangent; NaN beyond 1.
    arctanh = atanh;
}

/// The angle of the point (`x2`, `x1`), in [-pi, pi].
#[ufunc(types(T = floats))]
pub fn arctan2<T: Float>(x1: T, x2: T) -> T {
    math::atan2(x1, x2)
}

/// `sqrt(x1**2 + x2**2)`, without overflow on the way.
#[ufunc(types(T = floats), identity = 0)]
pub fn hypot<T: Float>(x1: T, x2: T) -> T {
    math::hypot(x1, x2)
}

/// `log(exp(x1) + exp(x2))`, without overflow on the way.
#[ufunc(types(T = floats), identity = T::NEG_INFINITY)]
pub fn logaddexp<T: Float>(x1: T, x2: T) -> T {
    larger_and(x1, x2, |difference| math::log1p(math::exp(-difference)))
}

/// `log2(2**x1 + 2**x2)`, without overflow on the way.
#[ufunc(types(T = floats), identity = T::NEG_INFINITY)]
pub fn logaddexp2<T: Float>(x1: T, x2: T) -> T {
    let per_bit = constant::<T>(std::f64::consts::LOG2_E);
    larger_and(x1, x2, |difference| {
        math::log1p(math::exp2(-difference)) * per_bit
    })
}

/// Radians as degrees.
#[ufunc(types(T = floats))]
pub fn degrees<T: Float>(x: T) -> T {
    x * constant(180.0 / std::f64::consts::PI)
}

/// Degrees as radians.
#[ufunc(types(T = floats))]
pub fn radians<T: Float>(x: T) -> T {
    x * constant(std::f64::consts::PI / 180.0)
}

/// `sin(pi x) / (pi x)`, 1 at 0.
#[ufunc(types(T = floats))]
pub fn sinc<T: Float>(x: T) -> T {
    let angle = x * constant(std::f64::consts::PI);
    let quotient = math::sin(angle) / angle;
    if x == T::zero() { T::one() } else { quotient }
}

#[inline(always)]
fn constant<T: Float>(value: f64) -> T {
    T::from(value).expect("a float")
}

/// The larger one and what its distance from the other adds; where both are one infinity, that one.
#[inline(always)]
fn larger_and<T: Float>(a: T, b: T, more: impl Fn(T) -> T) -> T {
    let difference = if a == b { T::zero() } else { (a - b).abs() };
    let larger = if a > b { a } else { b };
    // NaN stays: the difference is NaN then.
    larger + more(difference)
}

/// ln(x + sqrt(x^2 + 1)) of |x|, as log1p where that is near 1, after fdlibm's `s_asinh.c`.
#[inline(always)]
fn asinh<T: Float>(x: T) -> T {
    let a = x.abs();
    let square = a * a;
    let near = math::log1p(a + square / (T::one() + (T::one() + square).sqrt()));
    let far = math::ln(a) + constant(std::f64::consts::LN_2);
    let large = a > constant(1e8);
    let value = if large { far } else { near };
    value.copysign(x)
}

/// ln(x + sqrt(x^2 - 1)), as log1p of what it is above 1, after fdlibm's `e_acosh.c`.
#[inline(always)]
fn acosh<T: Float>(x: T) -> T {
    let t = x - T::one();
    let near = math::log1p(t + (t + t + t * t).sqrt());
    let far = math::ln(x) + constant(std::f64::consts::LN_2);
    // Below 1 the root has a square again, and the logarithm a value.
    let value = if x > constant(1e8) { far } else { near };
    if x < T::one() { T::nan() } else { value }
}

/// ln((1 + x) / (1 - x)) / 2 of |x|, after fdlibm's `e_atanh.c`.
#[inline(always)]
fn atanh<T: Float>(x: T) -> T {
    let a = x.abs();
    let half = constant::<T>(0.5);
    let value = half * math::log1p((a + a) / (T::one() - a));
    value.copysign(x)
}
