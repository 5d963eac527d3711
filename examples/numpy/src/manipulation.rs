//! The same elements in another order, or more than once.

use crate::Error;
use crate::axes::{axes_of, axis_of};
use crate::gather::{NONE, all_of, gather};
use kernel_runtime::prelude::*;

/// Turns the order of the elements along some axes, along all by default.
///
/// # Errors
///
/// Where an axis does not exist or is given twice.
#[kernel((..), (..) -> (..), types(T = elements))]
pub fn flip<T: Copy>(m: ArrayViewD<T>, axis: Option<ArrayViewD<i32>>) -> Result<ArrayD<T>, Error> {
    let mut turned = m;
    for axis in axes_of(axis, turned.ndim())? {
        turned.invert_axis(Axis(axis));
    }
    Ok(turned.to_owned())
}

/// Moves the elements by `shift` places along some axes; what leaves at one end comes in at the other. One shift for each axis, or
/// one for all. Without an axis, in row-major order.
///
/// # Errors
///
/// Where an axis does not exist, or there are neither as many shifts as axes nor one of either.
#[kernel((..), (..), (..) -> (..), types(T = elements))]
pub fn roll<T: Default + Copy>(
    a: ArrayViewD<T>,
    shift: ArrayViewD<i32>,
    axis: Option<ArrayViewD<i32>>,
) -> Result<ArrayD<T>, Error> {
    let Some(axis) = axis else {
        let flat = a.to_shape(a.len()).expect("as many elements").into_dyn();
        let by = shift.iter().map(|&shift| i64::from(shift)).sum();
        let rolled = gather(&flat.view(), &[rolled_by(a.len(), by)], T::default());
        return Ok(rolled
            .into_shape_with_order(a.shape())
            .expect("as many elements"));
    };
    if axis.ndim() > 1 || shift.ndim() > 1 {
        return Err(Error::argument(
            "shift",
            "and `axis` must be integers or lists of integers",
        ));
    }
    let (shifts, axes) = (shift.iter().cycle(), axis.iter().cycle());
    let count = match (shift.len(), axis.len()) {
        (1, count) | (count, 1) => count,
        (shifts, axes) if shifts == axes => axes,
        (shifts, axes) => {
            let problem = format!("has {shifts} values for {axes} axes");
            return Err(Error::argument("shift", problem));
        }
    };
    let mut by = vec![0; a.ndim()];
    for (&shift, &axis) in shifts.zip(axes).take(count) {
        by[axis_of(axis, a.ndim())?] += i64::from(shift);
    }
    let indices: Vec<_> = a
        .shape()
        .iter()
        .zip(by)
        .map(|(&size, by)| rolled_by(size, by))
        .collect();
    Ok(gather(&a, &indices, T::default()))
}

fn rolled_by(size: usize, by: i64) -> Vec<usize> {
    let from = |index: usize| (index as i64 - by).rem_euclid(size as i64) as usize;
    (0..size).map(from).collect()
}

/// The array over and over: `reps` times along each axis, the last ones where there are fewer numbers than axes.
///
/// # Errors
///
/// Where a number is negative.
#[kernel((..), (..) -> (..), types(T = elements))]
pub fn tile<T: Default + Copy>(
    a: ArrayViewD<T>,
    reps: ArrayViewD<i32>,
) -> Result<ArrayD<T>, Error> {
    let reps = reps
        .iter()
        .map(|&reps| usize::try_from(reps))
        .collect::<Result<Vec<_>, _>>();
    let reps = reps.map_err(|_| Error::argument("reps", "must not be negative"))?;
    let ndim = a.ndim().max(reps.len());
    let padded = |sizes: &[usize]| [vec![1; ndim - sizes.len()], sizes.to_vec()].concat();
    let (shape, reps) = (padded(a.shape()), padded(&reps));
    let indices: Vec<Vec<usize>> = shape
        .iter()
        .zip(reps)
        .map(|(&size, reps)| (0..size).cycle().take(size * reps).collect())
        .collect();
    let a = a.to_shape(shape).expect("as many elements");
    Ok(gather(&a.view(), &indices, T::default()))
}

/// Each element `repeats` times along an axis, or as many times as `repeats` has for each; without an axis, all elements in
/// row-major order.
///
/// # Errors
///
/// Where a number is negative, there is neither one nor one for each element, or the axis does not exist.
#[kernel((..), (..), () -> (..), types(T = elements))]
pub fn repeat<T: Default + Copy>(
    a: ArrayViewD<T>,
    repeats: ArrayViewD<i32>,
    axis: Option<i32>,
) -> Result<ArrayD<T>, Error> {
    let flat = a.to_shape(a.len()).expect("as many elements").into_dyn();
    let (a, axis) = match axis {
        None => (flat.view(), 0),
        Some(axis) => (a.view(), axis_of(axis, a.ndim())?),
    };
    let size = a.len_of(Axis(axis));
    if repeats.ndim() > 1 || repeats.len() != 1 && repeats.len() != size {
        let problem = format!("has shape {:?} for {size} elements", repeats.shape());
        return Err(Error::argument("repeats", problem));
    }
    let mut along = Vec::new();
    for (index, &times) in (0..size).zip(repeats.iter().cycle()) {
        let times = usize::try_from(times);
        let times = times.map_err(|_| Error::argument("repeats", "must not be negative"))?;
        along.extend(std::iter::repeat_n(index, times));
    }
    let mut indices = all_of(a.shape());
    indices[axis] = along;
    Ok(gather(&a, &indices, T::default()))
}

/// The elements at some indices of an axis, negative ones from the end; the shape of `indices` stands in the axis's place. Without an
/// axis, of all elements in row-major order.
///
/// # Errors
///
/// Where an index or the axis does not exist.
#[kernel((..), (..), () -> (..), types(T = elements), single)]
pub fn take<T: Default + Copy>(
    a: ArrayViewD<T>,
    indices: ArrayViewD<i32>,
    axis: Option<i32>,
) -> Result<ArrayD<T>, Error> {
    let flat = a.to_shape(a.len()).expect("as many elements").into_dyn();
    let (a, axis) = match axis {
        None => (flat.view(), 0),
        Some(axis) => (a.view(), axis_of(axis, a.ndim())?),
    };
    let size = a.len_of(Axis(axis));
    let along = indices.iter().map(|&index| {
        let from_start = i64::from(index) + if index < 0 { size as i64 } else { 0 };
        match usize::try_from(from_start) {
            Ok(from_start) if from_start < size => Ok(from_start),
            _ => {
                let problem = format!("has {index}, the axis has {size} elements");
                Err(Error::argument("indices", problem))
            }
        }
    });
    let mut all = all_of(a.shape());
    all[axis] = along.collect::<Result<_, _>>()?;
    let taken = gather(&a, &all, T::default());
    let shape = [&a.shape()[..axis], indices.shape(), &a.shape()[axis + 1..]].concat();
    Ok(taken
        .into_shape_with_order(shape)
        .expect("as many elements"))
}

/// The array with a constant around it, 0 by default. `padWidth` is one number for all, `[before, after]`, or those of each axis.
///
/// # Errors
///
/// Where a width is negative, or the widths are neither of these.
#[kernel((..), (..), (..) -> (..), types(T = elements))]
pub fn pad<T: Default + Copy>(
    array: ArrayViewD<T>,
    pad_width: ArrayViewD<i32>,
    constant_values: Option<ArrayViewD<T>>,
) -> Result<ArrayD<T>, Error> {
    let fill = match constant_values {
        Some(values) if values.len() != 1 => {
            return Err(Error::argument(
                "constantValues",
                "must be one value for all",
            ));
        }
        values => values.and_then(|values| values.first().copied()),
    };
    let widths = pad_width.broadcast((array.ndim(), 2)).ok_or_else(|| {
        let problem = format!(
            "must be a number, two, or two for each of {} axes",
            array.ndim()
        );
        Error::argument("padWidth", problem)
    })?;
    let mut indices = Vec::new();
    for (&size, widths) in array.shape().iter().zip(widths.rows()) {
        let [before, after] = [widths[0], widths[1]].map(usize::try_from);
        let (Ok(before), Ok(after)) = (before, after) else {
            return Err(Error::argument("padWidth", "must not be negative"));
        };
        let around = |width| std::iter::repeat_n(NONE, width);
        indices.push(around(before).chain(0..size).chain(around(after)).collect());
    }
    Ok(gather(&array, &indices, fill.unwrap_or_default()))
}
