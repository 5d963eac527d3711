//! Which is larger, and which of several.

use crate::number::Order;
use kernel_runtime::prelude::*;

/// Whether two values are equal, element by element.
#[ufunc(types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]))]
pub fn equal<T: PartialEq>(x1: T, x2: T) -> bool {
    x1 == x2
}

/// The larger of two values; NaN if one is NaN.
#[ufunc(types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]), reorderable)]
pub fn maximum<T: Order>(x1: T, x2: T) -> T {
    if x1 >= x2 || x1.is_nan() { x1 } else { x2 }
}

/// The smaller of two values; NaN if one is NaN.
#[ufunc(types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]), reorderable)]
pub fn minimum<T: Order>(x1: T, x2: T) -> T {
    if x1 <= x2 || x1.is_nan() { x1 } else { x2 }
}

/// The value, at least `a_min` and at most `a_max`.
#[ufunc(types(T = numbers))]
pub fn clip<T: Order>(a: T, a_min: T, a_max: T) -> T {
    minimum(maximum(a, a_min), a_max)
}

/// `x` where the condition is true, else `y`.
#[ufunc(name = "where", types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]))]
pub fn select<T>(condition: bool, x: T, y: T) -> T {
    if condition { x } else { y }
}
