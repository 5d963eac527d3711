//! Functions of scalars.

use kernel_runtime::prelude::*;
use std::ops::Neg;

/// The hypotenuse.
#[must_use]
#[ufunc(types(T = floats), identity = 0)]
pub fn hypot<T: NdFloat>(a: T, b: T) -> T {
    a.hypot(b)
}

#[ufunc(types(T = [u8, i64]), identity = T::MAX, name = "smallest")]
fn minimum<T: Ord>(a: T, b: T) -> T {
    a.min(b)
}

#[ufunc(identity = -1)]
const fn bits(a: u16, b: u16) -> u16 {
    a & b
}

#[ufunc]
const fn choose(condition: bool, a: i8, b: i8) -> i8 {
    if condition { a } else { b }
}

/// The product, with names for its folds.
#[must_use]
#[ufunc(types(T = [f32, i64, Complex<f32>, Complex<f64>]), identity = 1, reduce = "prod", accumulate = "cumprod")]
pub fn multiply<T: LinalgScalar>(a: T, b: T) -> T {
    a.mul(b)
}

/// The larger one.
#[ufunc(reorderable, reduce = "most")]
const fn larger(a: u32, b: u32) -> u32 {
    if a < b { b } else { a }
}

/// What is left of two.
#[must_use]
#[ufunc(types(T = elements), accumulate = "firsts")]
pub const fn first<T: Copy>(a: T, _b: T) -> T {
    a
}

/// The negative.
#[must_use]
#[ufunc(types(T = [Complex<f32>, Complex<f64>]))]
pub fn negate<T: Neg<Output = T>>(z: T) -> T {
    z.neg()
}

/// Of another time.
#[deprecated]
#[must_use]
#[ufunc]
pub const fn old_not(a: bool) -> bool {
    !a
}
