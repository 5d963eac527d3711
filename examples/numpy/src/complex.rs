//! Complex numbers: their parts, and their quotients.
//!
//! Sums and products stand beside those of other numbers, in [`arithmetic`](crate::arithmetic).

use crate::elements::array_of;
use crate::lanes::converted;
use kernel_runtime::math;
use kernel_runtime::prelude::*;

/// A complex number, or a real one as such.
pub trait Sample: Copy + 'static {
    /// The number.
    fn complex(self) -> Complex<f64>;
}

/// What can be divided by anything, 0 too.
pub trait Quotient: Copy {
    /// `self / other`
    fn over(self, other: Self) -> Self;
}

/// What has a complex conjugate.
pub trait Conjugate: Copy {
    /// With the other imaginary part.
    fn conjugate(self) -> Self;
}

macro_rules! floats {
    ($($ty:ident)*) => {$(
        impl Sample for $ty {
            fn complex(self) -> Complex<f64> {
                Complex::new(self.into(), 0.0)
            }
        }
        impl Sample for Complex<$ty> {
            fn complex(self) -> Complex<f64> {
                Complex::new(self.re.into(), self.im.into())
            }
        }
        impl Conjugate for Complex<$ty> {
            #[inline]
            fn conjugate(self) -> Self {
                self.conj()
            }
        }
        impl Quotient for $ty {
            #[inline]
            fn over(self, other: Self) -> Self {
                self / other
            }
        }
        impl Quotient for Complex<$ty> {
            /// As NumPy does it: Smith, "Algorithm 116: Complex division", Communications of the ACM 5, 1962.
            // Not inlined: divisions take longer than a call, and loops and folds are many.
            #[inline(never)]
            fn over(self, other: Self) -> Self {
                let [wide, high] = [other.re.abs(), other.im.abs()];
                if wide == 0.0 && high == 0.0 {
                    Complex::new(self.re / wide, self.im / wide)
                } else if wide >= high {
                    let ratio = other.im / other.re;
                    let scale = 1.0 / (other.re + other.im * ratio);
                    let (re, im) = (self.re + self.im * ratio, self.im - self.re * ratio);
                    Complex::new(re * scale, im * scale)
                } else {
                    let ratio = other.re / other.im;
                    let scale = 1.0 / (other.im + other.re * ratio);
                    let (re, im) = (self.re * ratio + self.im, self.im * ratio - self.re);
                    Complex::new(re * scale, im * scale)
                }
            }
        }
    )*};
}

floats!(f32 f64);

/// The complex conjugate.
#[ufunc(types(T = [Complex<f32>, Complex<f64>]))]
pub fn conj<T: Conjugate>(x: T) -> T {
    x.conjugate()
}

/// The real part.
#[kernel((..) -> (..), types(T = [Complex<f32>, Complex<f64>]), single)]
pub fn real<T: Sample>(val: ArrayViewD<T>) -> ArrayD<f64> {
    each(&val, |x| x.complex().re)
}

/// The imaginary part.
#[kernel((..) -> (..), types(T = [Complex<f32>, Complex<f64>]), single)]
pub fn imag<T: Sample>(val: ArrayViewD<T>) -> ArrayD<f64> {
    each(&val, |x| x.complex().im)
}

/// The angle to the positive real axis, in (-pi, pi], or in degrees if `deg`.
#[kernel((..), () -> (..), types(T = [Complex<f32>, Complex<f64>]), single)]
pub fn angle<T: Sample>(z: ArrayViewD<T>, deg: Option<bool>) -> ArrayD<f64> {
    if deg == Some(true) {
        each(&z, |x| radians_of(x.complex()).to_degrees())
    } else {
        each(&z, |x| radians_of(x.complex()))
    }
}

/// Not inlined: there are four callers.
#[inline(never)]
fn radians_of(z: Complex<f64>) -> f64 {
    math::atan2(z.im, z.re)
}

fn each<T: Sample>(z: &ArrayViewD<T>, value: fn(T) -> f64) -> ArrayD<f64> {
    array_of(z.shape().to_vec(), converted(z, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_are_as_numpy_s() {
        let quotient = Complex::new(1.0, 2.0).over(Complex::new(3.0, -4.0));
        assert!((quotient - Complex::new(-0.2, 0.4)).norm() < 1e-15);
        // Squares would overflow.
        let large = Complex::new(1e300, 1e300);
        assert_eq!(large.over(large), Complex::new(1.0, 0.0));
        let zero = Complex::new(1.0, -1.0).over(Complex::new(0.0, 0.0));
        assert_eq!(zero, Complex::new(f64::INFINITY, f64::NEG_INFINITY));
    }
}
