//! Arithmetic as NumPy has it: integers wrap, bools are their own numbers.

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
    /// `|self|`
    fn magnitude(self) -> Self;
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
    ($($ty:ident: $magnitude:ident)*) => {$(
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
            fn magnitude(self) -> Self {
                self.$magnitude()
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

integers!(i8: wrapping_abs i16: wrapping_abs i32: wrapping_abs i64: wrapping_abs u8: into u16: into u32: into u64: into);

macro_rules! floats {
    ($($ty:ident)*) => {$(
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
            fn magnitude(self) -> Self {
                self.abs()
            }
        }
    )*};
}

floats!(f32 f64);

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
    fn magnitude(self) -> Self {
        self
    }
}
