//! Ufuncs: one to four scalars, of fixed types and of type parameters, with what makes them reductions.
#![deny(warnings)]
#![forbid(unsafe_code)]

use kernel_runtime::prelude::*;

#[ufunc]
fn square(x: f32) -> f32 {
    x * x
}

#[ufunc(types(T = numbers), identity = 0)]
pub fn add<T: std::ops::Add<Output = T>>(a: T, b: T) -> T {
    a + b
}

#[ufunc(types(T = [i8, u8, f64]), identity = -1, name = "all")]
fn of_all_bits<T>(a: T, _b: T) -> T {
    a
}

#[ufunc(types(T = floats), identity = T::NEG_INFINITY)]
fn maximum<T: PartialOrd>(a: T, b: T) -> T {
    if a < b { b } else { a }
}

#[ufunc(types(T = [f32, Complex<f32>, Complex<f64>]), identity = 1)]
fn multiply<T: std::ops::Mul<Output = T>>(a: T, b: T) -> T {
    a * b
}

#[ufunc(reorderable)]
fn or(a: bool, b: bool) -> bool {
    a || b
}

#[ufunc(identity = 1)]
const fn and(a: bool, b: bool) -> bool {
    a && b
}

/// Documented.
#[ufunc(types(T = [f32], U = integers))]
fn four<T, U>(a: T, _b: U, _c: bool, _d: i64) -> T
where
    T: Copy,
{
    a
}

fn main() {
    assert_eq!(square(3.0), 9.0);
    assert_eq!(add(1_u8, 2), 3);
    assert_eq!(multiply(Complex::new(0.0, 1.0), Complex::new(0.0, 1.0)), Complex::new(-1.0, 0.0));
    assert_eq!(of_all_bits(1_i8, 2), 1);
    assert_eq!(maximum(1.0, 2.0), 2.0);
    assert!(or(true, false) && !and(true, false));
    assert_eq!(four(1.0, 2_u8, true, 3), 1.0);
}
