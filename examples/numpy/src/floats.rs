//! Of floats: what they are, and how they are rounded.

use crate::elements::{array_of, elements_of};
use crate::number::Order;
use kernel_runtime::prelude::*;

/// Whether it is NaN.
#[ufunc(types(T = floats))]
pub fn isnan<T: Order>(x: T) -> bool {
    x.is_nan()
}

/// Whether it is an infinity, of either sign.
#[ufunc(types(T = floats))]
pub fn isinf<T: NdFloat>(x: T) -> bool {
    x.abs() == T::infinity()
}

/// Whether it is neither NaN nor an infinity.
#[ufunc(types(T = floats))]
pub fn isfinite<T: NdFloat>(x: T) -> bool {
    x.abs() < T::infinity()
}

/// Whether the sign is set, of -0.0 too.
#[ufunc(types(T = floats))]
pub fn signbit<T: NdFloat>(x: T) -> bool {
    x.is_sign_negative()
}

/// The integer below.
#[ufunc(types(T = floats))]
pub fn floor<T: NdFloat>(x: T) -> T {
    x.floor()
}

/// The integer above.
#[ufunc(types(T = floats))]
pub fn ceil<T: NdFloat>(x: T) -> T {
    x.ceil()
}

/// The integer towards zero.
#[ufunc(types(T = floats))]
pub fn trunc<T: NdFloat>(x: T) -> T {
    x.trunc()
}

/// The nearest integer, the even one of two.
#[ufunc(types(T = floats))]
pub fn rint<T: Nearest>(x: T) -> T {
    x.nearest()
}

/// Rounds to so many decimals, 0 by default, ties to even; negative ones are places before the point.
///
/// As in NumPy, the number is scaled by a power of ten, rounded and scaled back, so that the result may be off by the last bit.
#[kernel((..), () -> (..), types(T = floats), single)]
pub fn round<T: NdFloat + Nearest>(a: ArrayViewD<T>, decimals: Option<i32>) -> ArrayD<T> {
    let decimals = decimals.unwrap_or(0);
    let scale = T::from(10f64.powi(decimals.abs())).expect("a float of any size");
    let elements = elements_of(&a);
    let rounded = elements.iter().map(|&x| match decimals {
        0 => x.nearest(),
        1.. => (x * scale).nearest() / scale,
        _ => (x / scale).nearest() * scale,
    });
    array_of(a.shape().to_vec(), rounded.collect())
}

/// What has a nearest integer.
pub trait Nearest: Copy {
    /// The nearest integer, the even one of two.
    fn nearest(self) -> Self;
}

impl Nearest for f32 {
    #[inline]
    fn nearest(self) -> f32 {
        self.round_ties_even()
    }
}

impl Nearest for f64 {
    #[inline]
    fn nearest(self) -> f64 {
        self.round_ties_even()
    }
}
