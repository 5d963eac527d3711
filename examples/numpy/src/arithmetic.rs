//! Sums, differences, products, quotients.

use crate::complex::Quotient;
use crate::number::{Arithmetic, Divisors, Neighbours, Number};
use kernel_runtime::prelude::*;

/// The sum of two numbers, element by element.
#[ufunc(
    types(T = [i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, Complex<f32>, Complex<f64>]),
    identity = 0, reduce = "sum", accumulate = "cumsum"
)]
pub fn add<T: Arithmetic>(x1: T, x2: T) -> T {
    x1.plus(x2)
}

/// The difference of two numbers, element by element.
#[ufunc(types(T = [i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, Complex<f32>, Complex<f64>]))]
pub fn subtract<T: Arithmetic>(x1: T, x2: T) -> T {
    x1.minus(x2)
}

/// The product of two numbers, element by element.
#[ufunc(
    types(T = [i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, Complex<f32>, Complex<f64>]),
    identity = 1, reduce = "prod", accumulate = "cumprod"
)]
pub fn multiply<T: Arithmetic>(x1: T, x2: T) -> T {
    x1.times(x2)
}

/// The quotient of two floats or complex numbers, element by element.
#[ufunc(types(T = [f32, f64, Complex<f32>, Complex<f64>]))]
pub fn divide<T: Quotient>(x1: T, x2: T) -> T {
    x1.over(x2)
}

/// The quotient, rounded down: 0 where an integer is divided by zero.
#[ufunc(types(T = numbers))]
pub fn floor_divide<T: Number>(x1: T, x2: T) -> T {
    x1.divmod(x2).0
}

/// What `floorDivide` leaves, with the sign of the divisor: 0 where an integer is divided by zero.
#[ufunc(types(T = numbers))]
pub fn remainder<T: Number>(x1: T, x2: T) -> T {
    x1.divmod(x2).1
}

/// What a quotient rounded towards zero leaves, with the sign of the dividend.
#[ufunc(types(T = numbers))]
pub fn fmod<T: Number>(x1: T, x2: T) -> T {
    x1.fmod(x2)
}

/// `x1` to the power of `x2`. Of integers to negative powers, the fraction rounded towards zero.
#[ufunc(types(T = numbers))]
pub fn power<T: Number>(x1: T, x2: T) -> T {
    x1.power(x2)
}

/// `-x`
#[ufunc(types(T = [i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, Complex<f32>, Complex<f64>]))]
pub fn negative<T: Arithmetic>(x: T) -> T {
    x.negated()
}

/// A copy.
#[ufunc(types(T = numbers))]
pub fn positive<T: Number>(x: T) -> T {
    x
}

/// The magnitude.
#[ufunc(types(T = numbers))]
pub fn absolute<T: Number>(x: T) -> T {
    x.magnitude()
}

/// -1, 0 or 1, as the number's sign is; NaN of NaN.
#[ufunc(types(T = numbers))]
pub fn sign<T: Number>(x: T) -> T {
    x.sign()
}

/// `x * x`
#[ufunc(types(T = numbers))]
pub fn square<T: Number>(x: T) -> T {
    x.times(x)
}

/// `1 / x`
#[ufunc(types(T = floats))]
pub fn reciprocal<T: NdFloat>(x: T) -> T {
    T::one() / x
}

/// The magnitude of `x1` with the sign of `x2`.
#[ufunc(types(T = floats))]
pub fn copysign<T: NdFloat>(x1: T, x2: T) -> T {
    x1.copysign(x2)
}

/// 0 where `x1` is negative, `x2` where it is zero, 1 where it is positive; NaN of NaN.
#[ufunc(types(T = floats))]
pub fn heaviside<T: NdFloat>(x1: T, x2: T) -> T {
    if x1.is_nan() {
        x1
    } else if x1 == T::zero() {
        x2
    } else if x1 < T::zero() {
        T::zero()
    } else {
        T::one()
    }
}

/// The next float after `x1` towards `x2`.
#[ufunc(types(T = floats))]
pub fn nextafter<T: Neighbours>(x1: T, x2: T) -> T {
    x1.next_towards(x2)
}

/// The greatest common divisor, never negative; 0 of zeros.
#[ufunc(types(T = [i32, i64, u32, u64]), identity = 0)]
pub fn gcd<T: Divisors>(x1: T, x2: T) -> T {
    x1.gcd(x2)
}

/// The least common multiple, never negative; 0 where a number is zero.
#[ufunc(types(T = [i32, i64, u32, u64]))]
pub fn lcm<T: Divisors>(x1: T, x2: T) -> T {
    x1.lcm(x2)
}
