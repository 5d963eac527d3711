//! Which is larger, and which of several.

use crate::number::Order;
use kernel_runtime::prelude::*;

/// Whether two values are equal, element by element.
#[ufunc(types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, Complex<f32>, Complex<f64>]))]
pub fn equal<T: PartialEq>(x1: T, x2: T) -> bool {
    x1 == x2
}

/// Whether two values differ, element by element.
#[ufunc(types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, Complex<f32>, Complex<f64>]))]
pub fn not_equal<T: PartialEq>(x1: T, x2: T) -> bool {
    x1 != x2
}

/// Whether `x1 < x2`, element by element.
#[ufunc(types(T = numbers))]
pub fn less<T: PartialOrd>(x1: T, x2: T) -> bool {
    x1 < x2
}

/// Whether `x1 <= x2`, element by element.
#[ufunc(types(T = numbers))]
pub fn less_equal<T: PartialOrd>(x1: T, x2: T) -> bool {
    x1 <= x2
}

/// Whether `x1 > x2`, element by element.
#[ufunc(types(T = numbers))]
pub fn greater<T: PartialOrd>(x1: T, x2: T) -> bool {
    x1 > x2
}

/// Whether `x1 >= x2`, element by element.
#[ufunc(types(T = numbers))]
pub fn greater_equal<T: PartialOrd>(x1: T, x2: T) -> bool {
    x1 >= x2
}

/// The larger of two values; NaN if one is NaN.
#[ufunc(types(T = numbers), reorderable, reduce = "max")]
pub fn maximum<T: Order>(x1: T, x2: T) -> T {
    if x1 >= x2 || x1.is_nan() { x1 } else { x2 }
}

/// The smaller of two values; NaN if one is NaN.
#[ufunc(types(T = numbers), reorderable, reduce = "min")]
pub fn minimum<T: Order>(x1: T, x2: T) -> T {
    if x1 <= x2 || x1.is_nan() { x1 } else { x2 }
}

/// The larger of two floats; the other one if one is NaN.
#[ufunc(types(T = floats), reorderable)]
pub fn fmax<T: Order>(x1: T, x2: T) -> T {
    if x1 >= x2 || x2.is_nan() { x1 } else { x2 }
}

/// The smaller of two floats; the other one if one is NaN.
#[ufunc(types(T = floats), reorderable)]
pub fn fmin<T: Order>(x1: T, x2: T) -> T {
    if x1 <= x2 || x2.is_nan() { x1 } else { x2 }
}

/// The value, at least `aMin` and at most `aMax`.
#[ufunc(types(T = numbers))]
pub fn clip<T: Order>(a: T, a_min: T, a_max: T) -> T {
    minimum(maximum(a, a_min), a_max)
}

/// `x` where the condition is true, else `y`.
#[ufunc(name = "where", types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]))]
pub fn select<T>(condition: bool, x: T, y: T) -> T {
    if condition { x } else { y }
}
