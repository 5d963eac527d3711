//! Discrete Fourier transforms, by `rustfft` and `realfft`.
//!
//! Everything is computed in float64, float32 too.

use crate::Error;
use crate::lanes::Lanes;
use kernel_runtime::prelude::*;
use realfft::RealFftPlanner;
use rustfft::{FftDirection, FftPlanner};

const PLANNED: &str = "slices of the planned lengths";

/// What can be transformed: real and complex numbers.
pub trait Sample: Copy + 'static {
    /// The number.
    fn complex(self) -> Complex<f64>;
}

macro_rules! samples {
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
    )*};
}

samples!(f32 f64);

/// The discrete Fourier transform along an axis, by default the last one, of `n` elements: cut off or followed by zeros, by default as
/// they are.
///
/// # Errors
///
/// Where the axis does not exist, or there is nothing to transform.
#[kernel((..), (), () -> (..), types(T = [f32, f64, Complex<f32>, Complex<f64>]))]
pub fn fft<T: Sample>(
    a: ArrayViewD<T>,
    n: Option<i32>,
    axis: Option<i32>,
) -> Result<ArrayD<Complex<f64>>, Error> {
    let lanes = Lanes::new(a, axis, T::complex)?;
    transformed(lanes, n, FftDirection::Forward)
}

/// The inverse of `fft`, along an axis, by default the last one, of `n` elements: cut off or followed by zeros, by default as they are.
///
/// # Errors
///
/// Where the axis does not exist, or there is nothing to transform.
#[kernel((..), (), () -> (..), types(T = [f32, f64, Complex<f32>, Complex<f64>]))]
pub fn ifft<T: Sample>(
    a: ArrayViewD<T>,
    n: Option<i32>,
    axis: Option<i32>,
) -> Result<ArrayD<Complex<f64>>, Error> {
    let lanes = Lanes::new(a, axis, T::complex)?;
    transformed(lanes, n, FftDirection::Inverse)
}

/// The first half of the discrete Fourier transform of real numbers, `n / 2 + 1` elements; the others are their conjugates.
///
/// # Errors
///
/// Where the axis does not exist, or there is nothing to transform.
#[kernel((..), (), () -> (..), types(T = floats))]
pub fn rfft<T: Copy + Into<f64> + 'static>(
    a: ArrayViewD<T>,
    n: Option<i32>,
    axis: Option<i32>,
) -> Result<ArrayD<Complex<f64>>, Error> {
    half_of_transform(Lanes::new(a, axis, T::into)?, n)
}

/// The inverse of `rfft`: `n` real numbers, by default `2 * (m - 1)` of `m` elements.
///
/// # Errors
///
/// Where the axis does not exist, or there is nothing to transform.
#[kernel((..), (), () -> (..), types(T = [f32, f64, Complex<f32>, Complex<f64>]))]
pub fn irfft<T: Sample>(
    a: ArrayViewD<T>,
    n: Option<i32>,
    axis: Option<i32>,
) -> Result<ArrayD<f64>, Error> {
    whole_of_half(Lanes::new(a, axis, T::complex)?, n)
}

/// The number of points.
fn points(n: Option<i32>, default: usize) -> Result<usize, Error> {
    match n {
        None if default == 0 => Err(Error::argument("a", "has no points to transform")),
        None => Ok(default),
        Some(n @ 1..) => Ok(n as usize),
        Some(n) => Err(Error::argument(
            "n",
            format!("is {n}, not a number of points"),
        )),
    }
}

/// A lane of another length: cut off, or with zeros behind.
fn resized<K: Copy + Default>(lane: &[K], len: usize) -> Vec<K> {
    let mut lane = lane[..len.min(lane.len())].to_vec();
    lane.resize(len, K::default());
    lane
}

fn transformed(
    lanes: Lanes<Complex<f64>>,
    n: Option<i32>,
    direction: FftDirection,
) -> Result<ArrayD<Complex<f64>>, Error> {
    let n = points(n, lanes.len)?;
    let fft = FftPlanner::new().plan_fft(n, direction);
    let scale = match direction {
        FftDirection::Forward => 1.0,
        FftDirection::Inverse => 1.0 / n as f64,
    };
    let values = lanes.map(&|lane| {
        let mut lane = resized(lane, n);
        fft.process(&mut lane);
        lane.iter_mut().for_each(|x| *x *= scale);
        lane
    });
    Ok(lanes.restore(values, n))
}

fn half_of_transform(lanes: Lanes<f64>, n: Option<i32>) -> Result<ArrayD<Complex<f64>>, Error> {
    let n = points(n, lanes.len)?;
    let fft = RealFftPlanner::new().plan_fft_forward(n);
    let values = lanes.map(&|lane| {
        let mut half = fft.make_output_vec();
        fft.process(&mut resized(lane, n), &mut half)
            .expect(PLANNED);
        half
    });
    Ok(lanes.restore(values, n / 2 + 1))
}

fn whole_of_half(lanes: Lanes<Complex<f64>>, n: Option<i32>) -> Result<ArrayD<f64>, Error> {
    let n = points(n, (2 * lanes.len).saturating_sub(2))?;
    let m = n / 2 + 1;
    let fft = RealFftPlanner::new().plan_fft_inverse(n);
    let values = lanes.map(&|lane| {
        let (mut half, mut whole) = (resized(lane, m), fft.make_output_vec());
        // What transforms of real numbers have none of is ignored, as it is by NumPy.
        half[0].im = 0.0;
        if n % 2 == 0 {
            half[m - 1].im = 0.0;
        }
        fft.process(&mut half, &mut whole).expect(PLANNED);
        whole
            .iter_mut()
            .for_each(|x: &mut f64| *x *= 1.0 / n as f64);
        whole
    });
    Ok(lanes.restore(values, n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transforms_are_sums_of_every_length() -> Result<(), Error> {
        for n in 1..70 {
            let x = Array::from_shape_fn(n, |i| (i * i % 7) as f64 - 2.5).into_dyn();
            let transform = fft(x.view(), None, None)?;
            for (k, &value) in transform.iter().enumerate() {
                let turn = |i| Complex::cis(-std::f64::consts::TAU * (i * k % n) as f64 / n as f64);
                let sum: Complex<f64> = x.iter().enumerate().map(|(i, x)| turn(i) * x).sum();
                assert!((sum - value).norm() < 1e-12, "{n}: {sum} and {value}");
            }
            let near = |a: ArrayD<f64>| (a - &x).iter().all(|d| d.abs() < 1e-14);
            assert!(
                near(ifft(transform.view(), None, None)?.mapv(|x| x.re)),
                "{n}"
            );
            assert!(
                near(irfft(
                    rfft(x.view(), None, None)?.view(),
                    Some(n as i32),
                    None
                )?),
                "{n}"
            );
        }
        Ok(())
    }

    #[test]
    fn points_are_counted() {
        let none = Array2::<f64>::zeros((2, 0)).into_dyn();
        assert!(fft(none.view(), None, None).is_err());
        assert_eq!(fft(none.view(), None, Some(0)).unwrap().shape(), [2, 0]);
        assert_eq!(fft(none.view(), Some(3), None).unwrap().shape(), [2, 3]);
        assert!(irfft(Array1::<f64>::zeros(1).into_dyn().view(), None, None).is_err());
    }
}
