//! Discrete Fourier transforms, by `rustfft`.
//!
//! Everything is computed in float64, float32 too.

use crate::Error;
use crate::complex::Sample;
use crate::elements::count;
use crate::lanes::Lanes;
use kernel_runtime::prelude::*;
use rustfft::algorithm::butterflies::{Butterfly4, Butterfly8};
use rustfft::algorithm::{BluesteinsAlgorithm, Dft, MixedRadix, Radix4};
use rustfft::{Fft, FftDirection};
use std::sync::Arc;

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
    let n = points(n, lanes.len)?;
    let values = transformed(&lanes, n, FftDirection::Forward);
    Ok(lanes.restore(values, n))
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
    let n = points(n, lanes.len)?;
    let values = transformed(&lanes, n, FftDirection::Inverse);
    Ok(lanes.restore(values, n))
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
    let lanes = Lanes::new(a, axis, |x: T| Complex::new(x.into(), 0.0))?;
    let n = points(n, lanes.len)?;
    let m = n / 2 + 1;
    let values = transformed(&lanes, n, FftDirection::Forward);
    let halves = values.chunks(n).flat_map(|lane| &lane[..m]);
    Ok(lanes.restore(halves.copied().collect(), m))
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
    let mut lanes = Lanes::new(a, axis, T::complex)?;
    let n = points(n, (2 * lanes.len).saturating_sub(2))?;
    lanes.values = lanes.map(&|half| mirrored(half, n));
    lanes.len = n;
    let values = transformed(&lanes, n, FftDirection::Inverse);
    Ok(lanes.restore(values.iter().map(|x| x.re).collect(), n))
}

/// The transform of `n` real numbers of which `half` is the first half. What such a transform has none of is ignored, as it is by NumPy:
/// the imaginary part of the first element, and of the one in the middle.
fn mirrored(half: &[Complex<f64>], n: usize) -> Vec<Complex<f64>> {
    let half = resized(half, n / 2 + 1);
    let element = |i: usize| match i {
        _ if i == 0 || 2 * i == n => Complex::new(half[i].re, 0.0),
        _ if 2 * i < n => half[i],
        _ => half[n - i].conj(),
    };
    (0..n).map(element).collect()
}

/// The number of points.
fn points(n: Option<i32>, default: usize) -> Result<usize, Error> {
    let n = match n {
        None if default == 0 => return Err(Error::argument("a", "has no points to transform")),
        None => default,
        Some(n @ 1..) => n as usize,
        Some(n) => {
            let problem = format!("is {n}, not a number of points");
            return Err(Error::argument("n", problem));
        }
    };
    // Convolutions have up to four times as many: what can't be counted ends here.
    count(&[n, 4 * size_of::<Complex<f64>>()]);
    Ok(n)
}

/// A lane of another length: cut off, or with zeros behind.
fn resized<K: Copy + Default>(lane: &[K], len: usize) -> Vec<K> {
    let mut lane = lane[..len.min(lane.len())].to_vec();
    lane.resize(len, K::default());
    lane
}

/// Of `rustfft`'s algorithms those that every length can be made of, a fifth of what its planner brings: powers of two, products
/// with small primes, and convolutions for what is left (Bluestein, "A Linear Filtering Approach to the Computation of Discrete Fourier
/// Transform", IEEE Transactions on Audio and Electroacoustics 18, 1970).
fn planned(n: usize, direction: FftDirection) -> Arc<dyn Fft<f64>> {
    if n.is_power_of_two() {
        return power_of_two(n, direction);
    }
    match SMALL_PRIMES.into_iter().find(|p| n.is_multiple_of(*p)) {
        Some(p) if p == n => Arc::new(Dft::new(n, direction)),
        Some(p) => {
            let [small, rest] = [p, n / p].map(|n| planned(n, direction));
            Arc::new(MixedRadix::new(small, rest))
        }
        None => {
            let convolution = (2 * n - 1).next_power_of_two();
            Arc::new(BluesteinsAlgorithm::new(
                n,
                power_of_two(convolution, direction),
            ))
        }
    }
}

fn power_of_two(n: usize, direction: FftDirection) -> Arc<dyn Fft<f64>> {
    match n.trailing_zeros() {
        ..2 => Arc::new(Dft::new(n, direction)),
        twos if twos % 2 == 0 => {
            let four = Arc::new(Butterfly4::new(direction));
            Arc::new(Radix4::new_with_base((twos - 2) / 2, four))
        }
        twos => {
            let eight = Arc::new(Butterfly8::new(direction));
            Arc::new(Radix4::new_with_base((twos - 3) / 2, eight))
        }
    }
}

const SMALL_PRIMES: [usize; 9] = [3, 5, 7, 11, 13, 17, 19, 23, 29];

fn transformed(
    lanes: &Lanes<Complex<f64>>,
    n: usize,
    direction: FftDirection,
) -> Vec<Complex<f64>> {
    let fft = planned(n, direction);
    let scale = match direction {
        FftDirection::Forward => 1.0,
        FftDirection::Inverse => 1.0 / n as f64,
    };
    lanes.map(&|lane| {
        let mut lane = resized(lane, n);
        fft.process(&mut lane);
        lane.iter_mut().for_each(|x| *x *= scale);
        lane
    })
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
