//! Of truth values and of bits.

use crate::number::Bits;
use kernel_runtime::prelude::*;
use std::ops::{BitAnd, BitOr, BitXor, Not};

/// Whether both are true.
#[ufunc(identity = 1, reduce = "all")]
pub fn logical_and(x1: bool, x2: bool) -> bool {
    x1 & x2
}

/// Whether one is true, or both.
#[ufunc(identity = 0, reduce = "any")]
pub fn logical_or(x1: bool, x2: bool) -> bool {
    x1 | x2
}

/// Whether one is true, but not both.
#[ufunc(identity = 0)]
pub fn logical_xor(x1: bool, x2: bool) -> bool {
    x1 ^ x2
}

/// Whether it is false.
#[ufunc]
pub fn logical_not(x: bool) -> bool {
    !x
}

/// The bits that both have.
#[ufunc(types(T = integers), identity = -1)]
pub fn bitwise_and<T: BitAnd<Output = T>>(x1: T, x2: T) -> T {
    x1 & x2
}

/// The bits that one has, or both.
#[ufunc(types(T = integers), identity = 0)]
pub fn bitwise_or<T: BitOr<Output = T>>(x1: T, x2: T) -> T {
    x1 | x2
}

/// The bits that one has, but not both.
#[ufunc(types(T = integers), identity = 0)]
pub fn bitwise_xor<T: BitXor<Output = T>>(x1: T, x2: T) -> T {
    x1 ^ x2
}

/// All bits the other way round.
#[ufunc(types(T = integers))]
pub fn invert<T: Not<Output = T>>(x: T) -> T {
    !x
}

/// `x1 << x2`, which is 0 where `x2` is negative or beyond the bits.
#[ufunc(types(T = integers))]
pub fn left_shift<T: Bits>(x1: T, x2: T) -> T {
    x1.shift_left(x2)
}

/// `x1 >> x2`, which is all sign where `x2` is negative or beyond the bits.
#[ufunc(types(T = integers))]
pub fn right_shift<T: Bits>(x1: T, x2: T) -> T {
    x1.shift_right(x2)
}

/// How many bits of the magnitude are set.
#[ufunc(types(T = integers))]
pub fn bitwise_count<T: Bits>(x: T) -> u8 {
    x.count_ones()
}
