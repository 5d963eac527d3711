//! Signatures: every kind of dimension, in arguments and in results.

use kernel_runtime::prelude::*;

/// Matrix product.
#[kernel((n, k), (k, m) -> (n, m))]
pub fn matmul(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Array2<f32> {
    a.dot(&b)
}

/// Sum of the products of two arrays of one size.
#[kernel((n), (n) -> ())]
pub fn dotprod(x: ArrayView1<f64>, y: ArrayView1<f64>) -> f64 {
    x.dot(&y)
}

/// Length of each three-dimensional vector.
#[kernel((n, 3) -> (n))]
pub fn lengths(points: ArrayView2<f64>) -> Array1<f64> {
    points.map_axis(Axis(1), |point| point.dot(&point).sqrt())
}

/// The part of a convolution where both arrays overlap wholly.
#[kernel((n), (k) -> (n - k + 1))]
pub fn convolve(x: ArrayView1<f64>, kernel: ArrayView1<f64>) -> Array1<f64> {
    x.windows(kernel.len())
        .into_iter()
        .map(|window| window.dot(&kernel))
        .collect()
}

/// Compares `pairs` with twice `x`, by size alone.
#[kernel((n), (2 * n) -> ())]
pub fn twice_as_long(x: ArrayView1<i32>, pairs: ArrayView1<i32>) -> u32 {
    (x.len() + pairs.len()) as u32
}

/// Every other element.
#[kernel((n) -> (n / 2))]
pub fn halve(x: ArrayView1<i32>) -> Array1<i32> {
    x.slice(s![1..;2]).to_owned()
}

/// Two arrays whose sizes may differ.
#[kernel((_), (_) -> ())]
pub fn count_both(x: ArrayView1<i32>, y: ArrayView1<i32>) -> u32 {
    (x.len() + y.len()) as u32
}

/// Sums over the last dimension, of any number of dimensions before it.
#[kernel((.., n) -> (..))]
pub fn sum_last(x: ArrayViewD<f64>) -> ArrayD<f64> {
    x.sum_axis(Axis(x.ndim() - 1))
}

/// Indices of a table whose sizes are scalar arguments.
#[kernel((), () -> (height, width))]
pub fn ramp(width: u32, height: u32) -> Array2<f32> {
    Array2::from_shape_fn((height as usize, width as usize), |(y, x)| {
        (y * width as usize + x) as f32
    })
}

/// Promises the size that a scalar names and returns one more.
#[kernel(() -> (count))]
pub fn breaks_its_word(count: u8) -> Array1<i32> {
    Array1::zeros(usize::from(count) + 1)
}

/// Promises the size of its argument and returns one more.
#[kernel((n) -> (n))]
pub fn breaks_its_promise(x: ArrayView1<i32>) -> Array1<i32> {
    Array1::zeros(x.len() + 1)
}

/// A wrong second result: the first must not leak.
#[kernel((n) -> (n), (n))]
pub fn breaks_its_second_promise(x: ArrayView1<i32>) -> (Array1<i32>, Array1<i32>) {
    (x.to_owned(), Array1::zeros(x.len() + 1))
}

/// How many of a mask are set.
#[kernel((n, m) -> ())]
pub fn count_true(mask: ArrayView2<bool>) -> u32 {
    mask.iter().filter(|&&set| set).count() as u32
}
