//! Arithmetic as NumPy has it: integers wrap, bools are their own numbers.

use kernel_runtime::prelude::Complex;

/// What can be added and multiplied.
pub trait Arithmetic: Copy {
    /// `self + other`
    fn plus(self, other: Self) -> Self;
    /// `self - other`
    fn minus(self, other: Self) -> Self;
    /// `self * other`
    fn times(self, other: Self) -> Self;
    /// `-self`
    fn negated(self) -> Self;
}

/// What is negative or not.
pub trait Magnitude {
    /// `|self|`
    fn magnitude(self) -> Self;
}

/// What can be divided by anything, 0 too.
pub trait Quotient {
    /// `self / other`
    fn over(self, other: Self) -> Self;
}

/// What can be compared; only floats have NaN.
pub trait Order: PartialOrd {
    /// Whether it is NaN.
    fn is_nan(&self) -> bool;
}

/// An integer of any size.
pub trait Integer: Copy {
    /// The nearest float.
    fn to_f64(self) -> f64;
    /// `self << by`, which is 0 where `by` is negative or beyond the bits.
    fn shift_left(self, by: Self) -> Self;
    /// `self >> by`, which is all sign where `by` is negative or beyond the bits.
    fn shift_right(self, by: Self) -> Self;
}

macro_rules! ordered {
    ($($ty:ident)*) => {$(
        impl Order for $ty {
            fn is_nan(&self) -> bool {
                self != self
            }
        }
    )*};
}

ordered!(bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64);

macro_rules! integers {
    ($($ty:ident)*) => {$(
        impl Arithmetic for $ty {
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            fn minus(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
            fn times(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
            fn negated(self) -> Self {
                self.wrapping_neg()
            }
        }
        impl Integer for $ty {
            fn to_f64(self) -> f64 {
                self as f64
            }
            fn shift_left(self, by: Self) -> Self {
                u32::try_from(by).ok().and_then(|by| self.checked_shl(by)).unwrap_or(0)
            }
            fn shift_right(self, by: Self) -> Self {
                let by = u32::try_from(by).unwrap_or(u32::MAX);
                self >> by.min($ty::BITS - 1) >> u32::from(by >= $ty::BITS)
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

macro_rules! floats {
    ($($ty:ty)*) => {$(
        impl Arithmetic for $ty {
            fn plus(self, other: Self) -> Self {
                self + other
            }
            fn minus(self, other: Self) -> Self {
                self - other
            }
            fn times(self, other: Self) -> Self {
                self * other
            }
            fn negated(self) -> Self {
                -self
            }
        }
    )*};
}

floats!(f32 f64 Complex<f32> Complex<f64>);

macro_rules! magnitudes {
    ($($ty:ident: $magnitude:ident)*) => {$(
        impl Magnitude for $ty {
            fn magnitude(self) -> Self {
                self.$magnitude()
            }
        }
    )*};
}

magnitudes!(i8: wrapping_abs i16: wrapping_abs i32: wrapping_abs i64: wrapping_abs f32: abs f64: abs);

macro_rules! quotients {
    ($($ty:ident)*) => {$(
        impl Quotient for $ty {
            fn over(self, other: Self) -> Self {
                self / other
            }
        }
        /// As NumPy does it (Smith, 1962).
        impl Quotient for Complex<$ty> {
            fn over(self, other: Self) -> Self {
                let (Complex { re, im }, Complex { re: by_re, im: by_im }) = (self, other);
                let [wide, high] = [by_re.abs(), by_im.abs()];
                if wide == 0.0 && high == 0.0 {
                    Complex::new(re / wide, im / wide)
                } else if wide >= high {
                    let ratio = by_im / by_re;
                    let scale = 1.0 / (by_re + by_im * ratio);
                    Complex::new((re + im * ratio) * scale, (im - re * ratio) * scale)
                } else {
                    let ratio = by_re / by_im;
                    let scale = 1.0 / (by_im + by_re * ratio);
                    Complex::new((re * ratio + im) * scale, (im * ratio - re) * scale)
                }
            }
        }
    )*};
}

quotients!(f32 f64);

/// NumPy has `or` for the sum of bools and `and` for the product.
impl Arithmetic for bool {
    fn plus(self, other: Self) -> Self {
        self | other
    }
    fn minus(self, other: Self) -> Self {
        self ^ other
    }
    fn times(self, other: Self) -> Self {
        self & other
    }
    fn negated(self) -> Self {
        !self
    }
}
