//! Expansions in a crate that denies what it can; `cargo clippy` sees all of it.
#![deny(
    warnings,
    missing_docs,
    unused,
    unreachable_pub,
    unused_qualifications,
    single_use_lifetimes,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::undocumented_unsafe_blocks,
    clippy::multiple_unsafe_ops_per_block,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    clippy::default_numeric_fallback,
    clippy::implicit_return,
    clippy::shadow_same,
    clippy::shadow_unrelated,
    clippy::semicolon_if_nothing_returned
)]
#![forbid(unsafe_code)]
#![expect(
    clippy::needless_pass_by_value,
    clippy::implicit_return,
    reason = "about the functions as written: kernels take views by value"
)]

pub mod ufuncs;

use kernel_runtime::prelude::*;

// Any crate will do: its kernels are looked for where there is a package.
kernel_runtime::export!(kernel_schema);

/// Matrix product.
#[must_use]
#[kernel((n, k), (k, m) -> (n, m))]
pub fn matmul(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Array2<f32> {
    a.dot(&b)
}

/// The sign.
#[must_use]
#[kernel(name = "isNegative")]
pub const fn is_negative(a: i32) -> bool {
    a.is_negative()
}

/// At least `low`.
#[must_use]
#[kernel((), (n) -> (n), types(T = floats))]
pub fn at_least<T: NdFloat>(low: T, x: ArrayView1<T>) -> Array1<T> {
    x.mapv(|x| x.max(low))
}

/// The conjugate product.
#[kernel((n), (n) -> (n), types(T = [f32, f64]))]
fn mixed<T: NdFloat>(x: ArrayView1<Complex<f32>>, y: ArrayView1<T>) -> Array1<T> {
    let _ = x;
    y.to_owned()
}

#[kernel((n), (k), (n, .., 4) -> (n - k + 1), (.., -n * 2 + 7, 4), ())]
fn several(
    a: ArrayView1<f64>,
    mut b: ArrayViewMut1<f64>,
    c: ArrayViewD<u8>,
) -> Result<(Array1<f64>, ArrayD<i64>, bool), String> {
    b.assign(&a);
    Err(format!("{c}"))
}

#[kernel((), () -> (height, width))]
fn ramp(width: u32, height: u32) -> Array2<f32> {
    Array2::zeros((
        usize::try_from(height).unwrap_or_default(),
        usize::try_from(width).unwrap_or_default(),
    ))
}

#[kernel((n, k), (k, 2) -> (n, 2), broadcast, types(T = floats))]
fn lifted<T: LinalgScalar>(a: ArrayView2<T>, b: ArrayView2<T>) -> Array2<T> {
    a.dot(&b)
}

#[kernel((n), (), (n) -> (2 * n), (), (_), broadcast)]
fn lifted_several(
    mut a: ArrayViewMut1<f64>,
    scale: u8,
    b: ArrayView1<i8>,
) -> Result<(Array1<f64>, u8, Array1<i8>), String> {
    a.fill(0.0_f64);
    let twice = Array1::from_iter(a.iter().chain(&a).copied());
    if scale == 0 {
        return Err("no scale".to_owned());
    }
    Ok((twice, scale, b.to_owned()))
}

#[kernel((3), (), broadcast)]
fn lifted_nothing(mut a: ArrayViewMut1<bool>, b: ArrayView0<bool>) {
    a.fill(b[()]);
}

#[kernel((_) -> (3), broadcast)]
fn lifted_fixed(a: ArrayView1<bool>) -> Array1<bool> {
    a.to_owned()
}

#[kernel((_) -> (), broadcast)]
const fn lifted_single(_a: ArrayView1<bool>) -> bool {
    true
}

#[kernel((3, ..))]
fn clear(mut a: ArrayViewMutD<bool>) {
    a.fill(false);
}

#[kernel]
fn check(a: u8) -> Result<(), String> {
    if a == 0 {
        Err("zero".to_owned())
    } else {
        Ok(())
    }
}

/// A running mean.
#[kernel]
#[derive(Clone, Copy, Debug, Default)]
pub struct Mean {
    sum: f64,
    count: u32,
}

#[kernel]
impl Mean {
    /// How many there can be.
    pub const MAX: u32 = u32::MAX;

    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The mean of an array.
    ///
    /// # Errors
    ///
    /// Where there are too many elements.
    #[kernel((n) -> ())]
    pub fn of(x: ArrayView1<f64>) -> Result<Self, std::num::TryFromIntError> {
        let (sum, count) = (x.sum(), u32::try_from(x.len())?);
        Ok(Self { sum, count })
    }

    /// Its value.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.sum / f64::from(self.count)
    }

    /// Takes over another one.
    #[kernel(name = "takeOver")]
    pub fn merge(&mut self, other: &mut Self, weights: ArrayView1<f64>, context: &Context) {
        self.sum += other.sum * weights.sum();
        self.count = self.count.saturating_add(other.count);
        *other = Self::default();
        context.progress(1, 1);
    }

    /// At least the mean, in another type.
    #[kernel((n) -> (n), types(T = floats))]
    pub fn at_least<T: NdFloat>(&self, x: ArrayView1<T>) -> Array1<T> {
        let value = T::from(self.value()).unwrap_or_else(T::zero);
        x.mapv(|x| x.max(value))
    }

    const fn hidden(&self) -> u32 {
        self.count
    }
}

/// A pair of means.
#[kernel(() -> (), ())]
fn pair(mean: &Mean, context: &Context) -> (Mean, Mean) {
    if context.cancelled() {
        return Default::default();
    }
    (*mean, Mean::new())
}

#[test]
fn methods_stay_callable() {
    let (mut mean, context) = (Mean::new(), Context::new());
    let other = Mean::of(array![1.0_f64, 3.0_f64].view());
    mean.merge(
        &mut other.unwrap_or_default(),
        array![1.0_f64].view(),
        &context,
    );
    assert_eq!((mean.hidden(), Mean::MAX), (2, u32::MAX));
    assert!((pair(&mean, &context).0.value() - 2.0).abs() < f64::EPSILON);
    assert_eq!(mean.at_least(array![2.0_f32].view()), array![2.0_f32]);
    context.cancel();
    assert_eq!(pair(&mean, &context).0.hidden(), 0);
}

#[test]
fn functions_stay_callable() {
    assert_eq!(
        matmul(array![[1.0_f32, 2.0]].view(), array![[3.0], [4.0]].view()),
        array![[11.0]]
    );
    assert!(is_negative(-1));
    assert!(check(0).is_err());
}

/// The sum, weighted or not.
#[must_use]
#[kernel((n), (n), () -> ())]
pub fn weighted(x: ArrayView1<f64>, weights: Option<ArrayView1<f64>>, scale: Option<f64>) -> f64 {
    let sum = weights.map_or_else(|| x.sum(), |weights| x.dot(&weights));
    sum * scale.unwrap_or(1.0)
}

/// The sum or more, into `out` too.
#[must_use]
#[kernel((n), (n), () -> (), types(T = floats), broadcast)]
pub fn total<T: NdFloat>(x: ArrayView1<T>, out: Option<ArrayViewMut1<T>>, scale: Option<T>) -> T {
    let sum = x.sum().max(scale.unwrap_or_else(T::one));
    if let Some(mut out) = out {
        out.fill(sum);
    }
    sum
}

/// The sum of all arrays.
#[must_use]
#[kernel((..), (n, ..) -> (..), single)]
pub fn sum_of_all(arrays: &[ArrayViewD<f64>], more: Option<&[ArrayViewD<f64>]>) -> ArrayD<f64> {
    let sums = arrays.iter().chain(more.unwrap_or_default());
    ArrayD::from_elem(vec![], sums.map(|array| array.sum()).sum())
}

/// Copies, one more than asked for.
#[kernel((n), () -> (..), (n), types(T = elements))]
fn copies<T: Clone>(x: ArrayView1<T>, count: u8) -> (Vec<ArrayD<T>>, Vec<Array1<T>>) {
    let copies = (0..=count).map(|_| x.to_owned().into_dyn());
    (copies.collect(), vec![x.to_owned()])
}

/// What is left of the means.
#[kernel]
fn left(first: Option<&Mean>, last: Option<&mut Mean>) -> Mean {
    let first = first.copied().unwrap_or_default();
    last.map_or(first, std::mem::take)
}

/// Batch by batch.
#[kernel((n) -> (n), broadcast, types(T = [f32, Complex<f64>]))]
fn slowly<T: Clone>(x: ArrayView1<T>, context: &Context) -> Array1<T> {
    context.progress(0, 1);
    x.to_owned()
}

/// A mean of another time.
#[deprecated = "there is `Mean`"]
#[kernel]
#[derive(Debug)]
pub struct OldMean;

#[kernel]
#[expect(deprecated, reason = "it is still there")]
impl OldMean {
    /// A new one.
    #[must_use]
    pub const fn make() -> Self {
        Self
    }

    /// Another one.
    #[deprecated]
    #[must_use]
    pub const fn same(&self) -> Self {
        Self
    }
}

/// The product of another time.
#[deprecated]
#[kernel((n), (n) -> ())]
fn old_dot(x: ArrayView1<f64>, y: ArrayView1<f64>) -> f64 {
    x.dot(&y)
}

/// Where there is one.
#[kernel]
#[cfg(any())]
fn nowhere(x: ArrayView1<Missing>) -> Missing {
    x[0]
}

/// In tests.
#[kernel]
#[cfg(test)]
#[cfg_attr(all(), must_use)]
pub const fn here() -> bool {
    cfg!(test)
}
