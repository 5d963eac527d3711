//! One value for the elements along an axis, or along several.
//!
//! Those that are a ufunc's reduction stand beside it: `sum` and `prod` in [`arithmetic`](crate::arithmetic), `max` and `min` in
//! [`comparison`](crate::comparison), `all` and `any` in [`logic`](crate::logic).

use crate::Error;
use crate::axes::axis_of;
use crate::elements::{self, array_of, elements_of};
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

fn mean_of<T: Float + math::Number>(lane: &[T]) -> T {
    math::sum(&ArrayView1::from(lane)) / count::<T>(lane.len() as f64)
}

fn var_of<T: Float + math::Number>(lane: &[T], ddof: f64) -> T {
    let mean = mean_of(lane);
    let distances: Array1<T> = lane.iter().map(|&x| x - mean).collect();
    let degrees = lane.len() as f64 - ddof;
    // NaN stays.
    let degrees = if degrees < 0.0 { 0.0 } else { degrees };
    math::sum_of_squares(&distances) / count(degrees)
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
        let Some(&(mut best)) = lane.first() else {
            return Err(Error::Empty { function });
        };
        let mut at = 0;
        for (index, &value) in lane.iter().enumerate() {
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
/// Where the array has no dimensions, or the axis does not exist.
#[kernel((..), (), () -> (..), types(T = numbers))]
pub fn diff<T: Number>(
    a: ArrayViewD<T>,
    n: Option<u32>,
    axis: Option<i32>,
) -> Result<ArrayD<T>, Error> {
    let (n, mut shape) = (n.unwrap_or(1), a.shape().to_vec());
    let mut values = elements_of(&a).into_owned();
    if n == 0 {
        return Ok(array_of(shape, values));
    }
    let axis = axis_of(axis.unwrap_or(-1), shape.len())?;
    let row = elements::count(&shape[axis + 1..]);
    for _ in 0..n.min(shape[axis] as u32) {
        // Blocks of all rows along the axis, with a row less each.
        let blocks = values.chunks((shape[axis] * row).max(1));
        values = blocks
            .flat_map(|block| block[row..].iter().zip(block))
            .map(|(&after, &before)| after.minus(before))
            .collect();
        shape[axis] -= 1;
    }
    Ok(array_of(shape, values))
}
