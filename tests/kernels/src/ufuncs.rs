//! Functions of scalars that are applied to arrays.

use kernel_runtime::math::{self, Float};
use kernel_runtime::prelude::*;
use std::ops::{Add, Mul, Sub};

/// One argument.
#[ufunc(types(T = [i32, f32, f64]))]
pub fn negate<T: std::ops::Neg<Output = T>>(x: T) -> T {
    -x
}

/// Two arguments, an identity, folds with names of their own.
#[ufunc(types(T = numbers), identity = 0, reduce = "total", accumulate = "running")]
pub fn plus<T: Wrapping>(a: T, b: T) -> T {
    a.wrapping_plus(b)
}

/// Two arguments whose order matters.
#[ufunc(types(T = [i32, f64]))]
pub fn minus<T: Sub<Output = T>>(a: T, b: T) -> T {
    a - b
}

/// No identity, but any order will do.
#[ufunc(types(T = [i32, f32]), reorderable)]
pub fn larger<T: PartialOrd>(a: T, b: T) -> T {
    if b > a { b } else { a }
}

/// An identity that depends on the type.
#[ufunc(types(T = [u8, i64]), identity = T::MAX)]
pub fn smaller<T: Bounds>(a: T, b: T) -> T {
    if b < a { b } else { a }
}

/// Every bit.
#[ufunc(types(T = [i32, u8]), identity = -1)]
pub fn both<T: std::ops::BitAnd<Output = T>>(a: T, b: T) -> T {
    a & b
}

/// A result of another type.
#[ufunc(types(T = [f32, i16]), name = "isLess")]
pub fn is_less<T: PartialOrd>(a: T, b: T) -> bool {
    a < b
}

/// Of bools.
#[ufunc(identity = 1)]
pub fn and(a: bool, b: bool) -> bool {
    a && b
}

/// Three arguments of different types.
#[ufunc(types(T = [f32, f64, u64]))]
pub fn choose<T>(condition: bool, a: T, b: T) -> T {
    if condition { a } else { b }
}

/// Four arguments.
#[ufunc(types(T = floats))]
pub fn multiply_add<T: Add<Output = T> + Mul<Output = T>>(a: T, b: T, c: T, d: T) -> T {
    a * b + c * d
}

/// `1 / (1 + exp(-x))`, of the vectorised functions.
#[ufunc(types(T = floats))]
pub fn logistic<T: Float>(x: T) -> T {
    math::sigmoid(x)
}

/// Panics where asked to.
#[ufunc]
pub fn fragile(x: i32) -> i32 {
    assert!(x != 13, "thirteen");
    x
}

/// The thread that computes each element, slowly enough for others to wake; -1 where there is one thread.
#[ufunc]
pub fn ufunc_thread(x: i32) -> i32 {
    for _ in 0..20 {
        std::hint::black_box(x);
    }
    kernel_runtime::rayon::current_thread_index().map_or(-1, |index| index as i32)
}

/// Addition that wraps.
pub trait Wrapping: Copy {
    /// `self + other`
    fn wrapping_plus(self, other: Self) -> Self;
}

/// A type with a largest value.
pub trait Bounds: PartialOrd {
    /// The largest.
    const MAX: Self;
}

macro_rules! integers {
    ($($ty:ident)*) => {$(
        impl Wrapping for $ty {
            fn wrapping_plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
        }
        impl Bounds for $ty {
            const MAX: Self = $ty::MAX;
        }
    )*};
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

macro_rules! floats {
    ($($ty:ident)*) => {$(
        impl Wrapping for $ty {
            fn wrapping_plus(self, other: Self) -> Self {
                self + other
            }
        }
    )*};
}

floats!(f32 f64);
