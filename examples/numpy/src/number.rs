//! Numbers as NumPy has them: integers wrap and divide by zero, floats have a floor division.

use kernel_runtime::prelude::Complex;

/// What can be added and multiplied, complex numbers too.
pub trait Arithmetic: Copy + Send + Sync + 'static {
    /// `self + other`
    fn plus(self, other: Self) -> Self;
    /// `self - other`
    fn minus(self, other: Self) -> Self;
    /// `self * other`
    fn times(self, other: Self) -> Self;
    /// `-self`
    fn negated(self) -> Self;
}

/// A type of number that has an order.
pub trait Number: Arithmetic + PartialOrd {
    /// 0
    const ZERO: Self;
    /// 1
    const ONE: Self;
    /// The quotient, rounded down, and a remainder of the sign of `other`: of integers, both are 0 where `other` is.
    fn divmod(self, other: Self) -> (Self, Self);
    /// What a quotient that is rounded towards zero leaves.
    fn fmod(self, other: Self) -> Self;
    /// `self` to the power of `other`
    fn power(self, other: Self) -> Self;
    /// `|self|`
    fn magnitude(self) -> Self;
    /// -1, 0 or 1; NaN of NaN.
    fn sign(self) -> Self;
}

/// What has an order; only floats have NaN, which has none.
pub trait Order: Copy + PartialOrd + Send + Sync + 'static {
    /// Whether it is NaN.
    #[expect(clippy::eq_op, reason = "NaN alone differs from itself")]
    fn is_nan(self) -> bool {
        self != self
    }
}

/// An integer as a product of primes.
pub trait Divisors: Copy {
    /// The greatest common divisor of the magnitudes; 0 of zeros.
    fn gcd(self, other: Self) -> Self;
    /// The least common multiple of the magnitudes, which wraps; 0 where one is zero.
    fn lcm(self, other: Self) -> Self;
}

macro_rules! divisors {
    ($($ty:ident as $unsigned:ident)*) => {$(
        impl Divisors for $ty {
            #[inline]
            fn gcd(self, other: Self) -> Self {
                // Euclid's; unsigned, since the least integer has no magnitude else.
                let [mut a, mut b] = [self, other].map(|x| x.magnitude() as $unsigned);
                while b != 0 {
                    (a, b) = (b, a % b);
                }
                a as $ty
            }
            #[inline]
            fn lcm(self, other: Self) -> Self {
                let [a, b] = [self, other].map(|x| x.magnitude() as $unsigned);
                match self.gcd(other) as $unsigned {
                    0 => 0,
                    gcd => (a / gcd).wrapping_mul(b) as $ty,
                }
            }
        }
    )*};
}

divisors!(i32 as u32 i64 as u64 u32 as u32 u64 as u64);

/// What has neighbours in its own format.
pub trait Neighbours: Copy {
    /// The nearest value in the direction of another; that one where both are equal.
    fn next_towards(self, other: Self) -> Self;
}

/// An integer as a row of bits.
pub trait Bits: Copy {
    /// `self << by`, which is 0 where `by` is negative or beyond the bits.
    fn shift_left(self, by: Self) -> Self;
    /// `self >> by`, which is all sign where `by` is negative or beyond the bits.
    fn shift_right(self, by: Self) -> Self;
    /// How many bits of the magnitude are set.
    fn count_ones(self) -> u8;
}

macro_rules! bits {
    ($($ty:ident)*) => {$(
        impl Bits for $ty {
            #[inline]
            fn shift_left(self, by: Self) -> Self {
                let fits = (0..$ty::BITS as $ty).contains(&by);
                if fits { self << by } else { 0 }
            }
            #[inline]
            fn shift_right(self, by: Self) -> Self {
                const LAST: $ty = $ty::BITS as $ty - 1;
                let fits = (0..=LAST).contains(&by);
                // All but the sign, then the sign: of an unsigned integer that is nothing.
                if fits { self >> by } else { self >> LAST >> 1 }
            }
            #[inline]
            fn count_ones(self) -> u8 {
                self.magnitude().count_ones() as u8
            }
        }
    )*};
}

bits!(i8 i16 i32 i64 u8 u16 u32 u64);

macro_rules! neighbours {
    ($($ty:ident)*) => {$(
        impl Neighbours for $ty {
            #[inline]
            fn next_towards(self, other: Self) -> Self {
                if self.is_nan() || other.is_nan() {
                    self + other
                } else if self == other {
                    other
                } else if self < other {
                    self.next_up()
                } else {
                    self.next_down()
                }
            }
        }
    )*};
}

neighbours!(f32 f64);

macro_rules! order {
    ($($ty:ident)*) => { $(impl Order for $ty {})* };
}

order!(bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64);

macro_rules! integers {
    ($sign:ident $divmod:ident: $($ty:ident)*) => {$(
        impl Arithmetic for $ty {
            #[inline]
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            #[inline]
            fn minus(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
            #[inline]
            fn times(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
            #[inline]
            fn negated(self) -> Self {
                self.wrapping_neg()
            }
        }
        impl Number for $ty {
            const ZERO: Self = 0;
            const ONE: Self = 1;
            #[inline]
            fn divmod(self, other: Self) -> (Self, Self) {
                $divmod!(self, other)
            }
            #[inline]
            fn fmod(self, other: Self) -> Self {
                if other == 0 { 0 } else { self.wrapping_rem(other) }
            }
            #[inline]
            fn power(self, other: Self) -> Self {
                $sign!(power self, other)
            }
            #[inline]
            fn magnitude(self) -> Self {
                $sign!(magnitude self)
            }
            #[inline]
            fn sign(self) -> Self {
                $sign!(sign self)
            }
        }
    )*};
}

/// By squaring.
macro_rules! raise {
    ($base:expr, $exponent:expr) => {{
        let (mut base, mut exponent, mut result) = ($base, $exponent, 1);
        while exponent != 0 {
            if exponent & 1 == 1 {
                result = Self::wrapping_mul(result, base);
            }
            base = base.wrapping_mul(base);
            exponent >>= 1;
        }
        result
    }};
}

macro_rules! signed {
    (power $a:ident, $b:ident) => {
        match ($a, $b) {
            // A fraction, towards zero; of 1 and -1 it is none.
            (1, _) => 1,
            (-1, b) => {
                if b & 1 == 0 {
                    1
                } else {
                    -1
                }
            }
            (_, b) if b < 0 => 0,
            (a, b) => raise!(a, b),
        }
    };
    (magnitude $x:ident) => {
        $x.wrapping_abs()
    };
    (sign $x:ident) => {
        $x.signum()
    };
}

macro_rules! unsigned {
    (power $a:ident, $b:ident) => {
        raise!($a, $b)
    };
    (magnitude $x:ident) => {
        $x
    };
    (sign $x:ident) => {
        $x.min(1)
    };
}

macro_rules! floor_divmod {
    ($a:ident, $b:ident) => {{
        if $b == 0 {
            return (0, 0);
        }
        let (quotient, remainder) = ($a.wrapping_div($b), $a.wrapping_rem($b));
        if remainder != 0 && (remainder < 0) != ($b < 0) {
            (quotient - 1, remainder + $b)
        } else {
            (quotient, remainder)
        }
    }};
}

macro_rules! plain_divmod {
    ($a:ident, $b:ident) => {
        match $b {
            0 => (0, 0),
            b => ($a / b, $a % b),
        }
    };
}

integers!(signed floor_divmod: i8 i16 i32 i64);
integers!(unsigned plain_divmod: u8 u16 u32 u64);

macro_rules! floats {
    ($($ty:ident)*) => {$(
        impl Number for $ty {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            /// As `npy_divmod` of NumPy's `npy_math` has it.
            #[inline]
            fn divmod(self, other: Self) -> (Self, Self) {
                let mut remainder = self % other;
                if other == 0.0 {
                    return (self / other, remainder);
                }
                let mut quotient = (self - remainder) / other;
                if remainder == 0.0 {
                    remainder = remainder.copysign(other);
                } else if (other < 0.0) != (remainder < 0.0) {
                    remainder += other;
                    quotient -= 1.0;
                }
                let floor = quotient.floor();
                let quotient = match quotient == 0.0 {
                    true => Self::copysign(0.0, self / other),
                    false if quotient - floor > 0.5 => floor + 1.0,
                    false => floor,
                };
                (quotient, remainder)
            }
            #[inline]
            fn fmod(self, other: Self) -> Self {
                self % other
            }
            #[inline]
            fn power(self, other: Self) -> Self {
                kernel_runtime::math::pow(self, other)
            }
            #[inline]
            fn magnitude(self) -> Self {
                self.abs()
            }
            #[inline]
            fn sign(self) -> Self {
                if self == 0.0 || self.is_nan() { self.abs() } else { self.signum() }
            }
        }
    )*};
}

floats!(f32 f64);

macro_rules! sums_and_products {
    ($($ty:ty)*) => {$(
        impl Arithmetic for $ty {
            #[inline]
            fn plus(self, other: Self) -> Self {
                self + other
            }
            #[inline]
            fn minus(self, other: Self) -> Self {
                self - other
            }
            #[inline]
            fn times(self, other: Self) -> Self {
                self * other
            }
            #[inline]
            fn negated(self) -> Self {
                -self
            }
        }
    )*};
}

sums_and_products!(f32 f64 Complex<f32> Complex<f64>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_divide_as_numpy_s() {
        assert_eq!((-7i32).divmod(2), (-4, 1));
        assert_eq!(7i32.divmod(-2), (-4, -1));
        assert_eq!(7i32.divmod(0), (0, 0));
        assert_eq!(i8::MIN.divmod(-1), (i8::MIN, 0));
        assert_eq!(i8::MIN.fmod(-1), 0);
        assert_eq!(7u8.divmod(0), (0, 0));
    }

    #[test]
    fn floats_divide_as_numpy_s() {
        assert_eq!((-7.0f64).divmod(2.0), (-4.0, 1.0));
        assert_eq!(1.0f64.divmod(0.1).0, 9.0);
        assert_eq!(1.0f64.divmod(0.0).0, f64::INFINITY);
    }

    #[test]
    fn powers_of_integers_wrap() {
        assert_eq!(3u8.power(6), 217);
        assert_eq!((-1i16).power(-3), -1);
        assert_eq!(2i16.power(-3), 0);
        assert_eq!((-3i64).power(3), -27);
    }
}
