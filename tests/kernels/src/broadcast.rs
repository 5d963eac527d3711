//! Kernels that are lifted over leading dimensions.

use kernel_runtime::prelude::*;

/// Matrix product.
#[kernel((n, k), (k, m) -> (n, m), broadcast, types(T = floats))]
pub fn lifted_matmul<T: LinalgScalar>(a: ArrayView2<T>, b: ArrayView2<T>) -> Array2<T> {
    a.dot(&b)
}

/// A result that is not in row-major order.
#[kernel((n, m) -> (m, n), broadcast)]
pub fn lifted_transposed(x: ArrayView2<i32>) -> Array2<i32> {
    x.reversed_axes().to_owned()
}

/// Sum of the products of two vectors, one scaled.
#[kernel((n), (n), () -> (), broadcast, types(T = [i32, f32, f64]))]
pub fn lifted_dot<T: LinalgScalar>(x: ArrayView1<T>, y: ArrayView1<T>, scale: T) -> T {
    x.dot(&y) * scale
}

/// Number of elements that are set, as each type of scalar.
#[kernel((n) -> (), (), (), (), broadcast)]
pub fn lifted_counts(mask: ArrayView1<bool>) -> (bool, u32, u64, f32) {
    let count = mask.iter().filter(|&&set| set).count();
    (count > 0, count as u32, count as u64, count as f32)
}

/// Quotients and remainders, and the sum of both.
#[kernel((n), () -> (n), (n), (), broadcast)]
pub fn lifted_divmod(x: ArrayView1<i64>, by: i64) -> (Array1<i64>, Array1<i64>, i64) {
    let quotients = x.mapv(|value| value.div_euclid(by));
    let remainders = x.mapv(|value| value.rem_euclid(by));
    let sum = quotients.sum() + remainders.sum();
    (quotients, remainders, sum)
}

/// Subtracts `by` from `x`; the sums that were there before.
#[kernel((n), (n) -> (), broadcast)]
pub fn lifted_subtract(mut x: ArrayViewMut1<f64>, by: ArrayView1<f64>) -> f64 {
    let before = x.sum();
    x -= &by;
    before
}

/// Fills with the value of `x`.
#[kernel((n), (), broadcast)]
pub fn lifted_fill(mut out: ArrayViewMut1<f32>, x: ArrayView0<f32>) {
    out.fill(x[()]);
}

/// The values above `least`: as many as there are.
#[kernel((n), () -> (_), broadcast)]
pub fn lifted_above(x: ArrayView1<f64>, least: f64) -> Array1<f64> {
    x.iter().copied().filter(|&x| x >= least).collect()
}

/// The part of a convolution where both arrays overlap wholly.
#[kernel((n), (k) -> (n - k + 1), broadcast)]
pub fn lifted_convolve(x: ArrayView1<f64>, kernel: ArrayView1<f64>) -> Array1<f64> {
    let windows = x.windows(kernel.len()).into_iter();
    windows.map(|window| window.dot(&kernel)).collect()
}

/// A cross product.
#[kernel((3), (3) -> (3), broadcast)]
pub fn lifted_cross(a: ArrayView1<f64>, b: ArrayView1<f64>) -> Array1<f64> {
    array![
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0]
    ]
}

/// The value over and over, a scalar's times.
#[kernel((), () -> (count), broadcast)]
pub fn lifted_repeat(x: ArrayView0<u8>, count: u32) -> Array1<u8> {
    Array1::from_elem(count as usize, x[()])
}

/// Promises the size of its argument, and keeps the word for positive values.
#[kernel((n) -> (n), (3), broadcast)]
pub fn lifted_breaks_its_promise(x: ArrayView1<i32>) -> (Array1<i32>, Array1<i32>) {
    let longer = usize::from(x.iter().any(|&x| x < 0));
    let other = if x.iter().any(|&x| x > 9) { 4 } else { 3 };
    (Array1::zeros(x.len() + longer), Array1::zeros(other))
}

/// The square root of each, or the kernel's own error.
///
/// # Errors
///
/// Where one is negative.
#[kernel((n) -> (n), (), broadcast)]
pub fn lifted_roots(mut x: ArrayViewMut1<f64>) -> Result<(Array1<f64>, f64), String> {
    // Those of later batches have been seen on other threads when the first one fails.
    for _ in 0..x.len() * 50 {
        std::hint::black_box(&x);
    }
    if let Some(negative) = x.iter().find(|&&x| x < 0.0) {
        return Err(format!("{negative} has no real square root"));
    }
    assert!(x.iter().all(|x| !x.is_nan()), "not a number");
    x.mapv_inplace(f64::sqrt);
    Ok((x.to_owned(), x.sum()))
}

/// The thread that each batch ran on.
#[kernel((n) -> (), broadcast)]
pub fn lifted_thread(x: ArrayView1<f64>) -> i32 {
    let mut sum = x.sum();
    for _ in 0..20_000 {
        sum = std::hint::black_box(sum * 1.000_001);
    }
    kernel_runtime::rayon::current_thread_index().map_or(-1, |index| index as i32)
}
