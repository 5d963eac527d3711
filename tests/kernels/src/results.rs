//! Results of every kind.

use kernel_runtime::prelude::*;
use std::fmt;

/// No result.
#[kernel]
pub fn nothing() {}

/// No argument.
#[kernel]
pub fn answer() -> u8 {
    42
}

/// Quotients and remainders, and their sums.
#[kernel((n), () -> (n), (n), (), ())]
pub fn divmod(x: ArrayView1<i64>, by: i64) -> (Array1<i64>, Array1<i64>, i64, f64) {
    let quotients = x.mapv(|value| value.div_euclid(by));
    let remainders = x.mapv(|value| value.rem_euclid(by));
    let sums = (quotients.sum(), remainders.sum() as f64);
    (quotients, remainders, sums.0, sums.1)
}

/// A transposed copy: a result that is not in row-major order.
#[kernel((n, m) -> (m, n))]
pub fn transposed(x: ArrayView2<i32>) -> Array2<i32> {
    x.reversed_axes().to_owned()
}

/// A result cut out of a larger allocation.
#[kernel((n) -> (n - 2))]
pub fn inner(x: ArrayView1<f32>) -> Array1<f32> {
    let last = x.len() as isize - 1;
    x.to_owned().slice_move(s![1..last])
}

/// Why [`square_root`] fails.
#[derive(Debug)]
pub struct Negative(f64);

impl fmt::Display for Negative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} has no real square root — √ needs x ≥ 0", self.0)
    }
}

/// The square root, or the kernel's own error.
///
/// # Errors
///
/// Where `x` is negative.
#[kernel]
pub fn square_root(x: f64) -> Result<f64, Negative> {
    if x < 0.0 {
        Err(Negative(x))
    } else {
        Ok(x.sqrt())
    }
}

/// The first `count` of `x` and the rest, or the kernel's own error.
///
/// # Errors
///
/// Where there are fewer.
#[kernel((n), () -> (_), (_))]
pub fn split(x: ArrayView1<u16>, count: u32) -> Result<(Array1<u16>, Array1<u16>), String> {
    let count = count as usize;
    if count > x.len() {
        return Err(format!("{count} of {}", x.len()));
    }
    let (head, tail) = x.split_at(Axis(0), count);
    Ok((head.to_owned(), tail.to_owned()))
}

/// A complex array and how many elements it has.
#[kernel((n), (n) -> (n), ())]
pub fn polar(radius: ArrayView1<f64>, angle: ArrayView1<f64>) -> (Array1<Complex<f64>>, u32) {
    let points = Zip::from(&radius)
        .and(&angle)
        .map_collect(|&radius, &angle| Complex::from_polar(radius, angle));
    (points, radius.len() as u32)
}
