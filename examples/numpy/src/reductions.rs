//! One value for the elements along an axis, or along several.
//!
//! Those that are a ufunc's reduction stand beside it: `sum` and `prod` in [`arithmetic`](crate::arithmetic), `max` and `min` in
//! [`comparison`](crate::comparison), `all` and `any` in [`logic`](crate::logic).

use crate::Error;
use crate::axes::axis_of;
use crate::number::{Number, Order};
use crate::reduce::reduce;
use kernel_runtime::math::{self, Float};
use kernel_runtime::prelude::*;

/// The arithmetic mean, over all axes by default; NaN of nothing.
///
/// # Errors
///
/// Where an axis does not exist or is given twice.
#[kernel((..), (..), () -> (..), types(T = floats), single)]
pub fn mean<T: Float + math::Number>(
    a: ArrayViewD<T>,
    axis: Option<ArrayViewD<i32>>,
    keepdims: Option<bool>,
) -> Result<ArrayD<T>, Error> {
    reduce(a, axis, keepdims, &|lane| Ok(mean_of(lane)))
}

/// The mean squared distance from the mean, over all axes by default: the sum of squares over the number of elements less `ddof`, 0 by
/// default. In two passes.
///
/// # Errors
///
/// Where an axis does not exist or is given twice.
#[kernel((..), (..), (), () -> (..), types(T = floats), single)]
pub fn var<T: Float + math::Number>(
    a: ArrayViewD<T>,
    axis: Option<ArrayViewD<i32>>,
    ddof: Option<f64>,
    keepdims: Option<bool>,
) -> Result<ArrayD<T>, Error> {
    let ddof = ddof.unwrap_or(0.0);
    reduce(a, axis, keepdims, &|lane| Ok(var_of(lane, ddof)))
}

/// The standard deviation: the square root of `var`.
///
/// # Errors
///
/// Where an axis does not exist or is given twice.
#[kernel((..), (..), (), () -> (..), types(T = floats), single)]
pub fn std<T: Float + math::Number>(
    a: ArrayViewD<T>,
    axis: Option<ArrayViewD<i32>>,
    ddof: Option<f64>,
    keepdims: Option<bool>,
) -> Result<ArrayD<T>, Error> {
    let ddof = ddof.unwrap_or(0.0);
    reduce(a, axis, keepdims, &|lane| Ok(var_of(lane, ddof).sqrt()))
}

fn mean_of<T: Float + math::Number>(lane: ArrayView1<T>) -> T {
    math::sum(&lane) / count::<T>(lane.len() as f64)
}

fn var_of<T: Float + math::Number>(lane: ArrayView1<T>, ddof: f64) -> T {
    let mean = mean_of(lane);
    let squares = math::sum_of_squares(&lane.mapv(|x| x - mean));
    squares / count((lane.len() as f64 - ddof).max(0.0))
}

fn count<T: Float>(count: f64) -> T {
    T::from(count).expect("a float")
}

/// The index of the largest element, the first of several, or of the first NaN; without an axis, of all elements in row-major order.
///
/// # Errors
///
/// Where the axis does not exist, or has no elements.
#[kernel((..), (), () -> (..), types(T = numbers), single)]
pub fn argmax<T: Order>(
    a: ArrayViewD<T>,
    axis: Option<i32>,
    keepdims: Option<bool>,
) -> Result<ArrayD<i32>, Error> {
    arg("argmax", a, axis, keepdims, |value, best| value > best)
}

/// The index of the smallest element, the first of several, or of the first NaN; without an axis, of all elements in row-major order.
///
/// # Errors
///
/// Where the axis does not exist, or has no elements.
#[kernel((..), (), () -> (..), types(T = numbers), single)]
pub fn argmin<T: Order>(
    a: ArrayViewD<T>,
    axis: Option<i32>,
    keepdims: Option<bool>,
) -> Result<ArrayD<i32>, Error> {
    arg("argmin", a, axis, keepdims, |value, best| value < best)
}

fn arg<T: Order>(
    function: &'static str,
    a: ArrayViewD<T>,
    axis: Option<i32>,
    keepdims: Option<bool>,
    better: fn(T, T) -> bool,
) -> Result<ArrayD<i32>, Error> {
    let axis = axis.map(|axis| arr0(axis).into_dyn());
    let axis = axis.as_ref().map(|axis| axis.view());
    reduce(a, axis, keepdims, &|lane| {
        let mut elements = lane.iter().enumerate();
        let (mut at, mut best) = match elements.next() {
            Some((at, &first)) => (at, first),
            None => return Err(Error::Empty { function }),
        };
        for (index, &value) in elements {
            if best.is_nan() {
                break;
            }
            if better(value, best) || value.is_nan() {
                (at, best) = (index, value);
            }
        }
        Ok(at as i32)
    })
}

/// How many elements are not zero, over all axes by default.
///
/// # Errors
///
/// Where an axis does not exist or is given twice.
#[kernel((..), (..), () -> (..), types(T = [bool, i32, u8, f32, f64]), single)]
pub fn count_nonzero<T: Default + PartialEq + Copy + Sync>(
    a: ArrayViewD<T>,
    axis: Option<ArrayViewD<i32>>,
    keepdims: Option<bool>,
) -> Result<ArrayD<i32>, Error> {
    reduce(a, axis, keepdims, &|lane| {
        Ok(lane.iter().filter(|&&x| x != T::default()).count() as i32)
    })
}

/// The difference of each element from the one before it along an axis, the last one by default; `n` times, once by default.
///
/// # Errors
///
/// Where the axis does not exist.
#[kernel((..), (), () -> (..), types(T = numbers))]
pub fn diff<T: Number>(
    a: ArrayViewD<T>,
    n: Option<u32>,
    axis: Option<i32>,
) -> Result<ArrayD<T>, Error> {
    let axis = Axis(axis_of(axis.unwrap_or(-1), a.ndim())?);
    let mut a = a.to_owned();
    for _ in 0..n.unwrap_or(1) {
        let before = a.slice_axis(axis, (..a.len_of(axis).saturating_sub(1)).into());
        let after = a.slice_axis(axis, (a.len_of(axis).min(1)..).into());
        a = Zip::from(after)
            .and(before)
            .map_collect(|&after, &before| after.minus(before));
    }
    Ok(a)
}
