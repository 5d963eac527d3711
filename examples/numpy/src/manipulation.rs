//! The same elements in another order, or more than once.

use crate::Error;
use crate::axes::{axes_of, axis_of};
use crate::elements::count;
use crate::gather::{Gather, NONE};
use kernel_runtime::prelude::*;

/// Turns the order of the elements along some axes, along all by default.
///
/// # Errors
///
/// Where an axis does not exist or is given twice.
#[kernel((..), (..) -> (..), types(T = elements))]
pub fn flip<T: Default + Copy>(
    m: ArrayViewD<T>,
    axis: Option<ArrayViewD<i32>>,
) -> Result<ArrayD<T>, Error> {
    Ok(flipped(m.shape(), axis)?.of(&m, T::default()))
}

fn flipped(shape: &[usize], axis: Option<ArrayViewD<i32>>) -> Result<Gather, Error> {
    let mut gather = Gather::all(shape);
    for axis in axes_of(axis, shape.len())? {
        gather.indices[axis].reverse();
    }
    Ok(gather)
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
    Ok(rolled(a.shape(), shift, axis)?.of(&a, T::default()))
}

fn rolled(
    shape: &[usize],
    shift: ArrayViewD<i32>,
    axis: Option<ArrayViewD<i32>>,
) -> Result<Gather, Error> {
    let turned = |size: usize, by: i64| {
        let from = |index: usize| (index as i64 - by).rem_euclid(size as i64) as usize;
        (0..size).map(from).collect()
    };
    if shift.ndim() > 1 || axis.as_ref().is_some_and(|axis| axis.ndim() > 1) {
        let problem = "and `axis` must be integers or lists of integers";
        return Err(Error::argument("shift", problem));
    }
    let Some(axis) = axis else {
        let by = shift.iter().map(|&shift| i64::from(shift)).sum();
        return Ok(Gather {
            seen: vec![count(shape)],
            indices: vec![turned(count(shape), by)],
            shape: Some(shape.to_vec()),
        });
    };
    let axes = axis.iter().map(|&axis| axis_of(axis, shape.len()));
    let axes = axes.collect::<Result<Vec<usize>, _>>()?;
    let pairs = match (shift.len(), axes.len()) {
        (1, pairs) | (pairs, 1) => pairs,
        (shifts, axes) if shifts == axes => axes,
        (shifts, axes) => {
            let problem = format!("has {shifts} values for {axes} axes");
            return Err(Error::argument("shift", problem));
        }
    };
    let mut by = vec![0; shape.len()];
    let shifts = shift.iter().cycle();
    for (&shift, &axis) in shifts.zip(axes.iter().cycle()).take(pairs) {
        by[axis] += i64::from(shift);
    }
    let sizes = shape.iter().zip(by);
    Ok(Gather {
        indices: sizes.map(|(&size, by)| turned(size, by)).collect(),
        ..Gather::all(shape)
    })
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
    Ok(tiled(a.shape(), reps)?.of(&a, T::default()))
}

fn tiled(shape: &[usize], reps: ArrayViewD<i32>) -> Result<Gather, Error> {
    if reps.ndim() > 1 {
        let problem = "must be an integer or a list of integers";
        return Err(Error::argument("reps", problem));
    }
    let reps = counts("reps", reps.iter())?;
    let ndim = shape.len().max(reps.len());
    let padded = |sizes: &[usize]| [vec![1; ndim - sizes.len()], sizes.to_vec()].concat();
    let (seen, reps) = (padded(shape), padded(&reps));
    let sizes = seen.iter().zip(reps);
    Ok(Gather {
        indices: sizes
            .map(|(&size, reps)| (0..size).cycle().take(count(&[size, reps])).collect())
            .collect(),
        seen,
        shape: None,
    })
}

/// Numbers that count something.
fn counts<'a>(
    name: &'static str,
    values: impl Iterator<Item = &'a i32>,
) -> Result<Vec<usize>, Error> {
    values
        .map(|&value| usize::try_from(value).map_err(|_| Error::negative(name, value)))
        .collect()
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
    Ok(repeated(a.shape(), repeats, axis)?.of(&a, T::default()))
}

fn repeated(shape: &[usize], repeats: ArrayViewD<i32>, axis: Option<i32>) -> Result<Gather, Error> {
    let (mut gather, axis) = along(shape, axis)?;
    let size = gather.seen[axis];
    if repeats.ndim() > 1 || repeats.len() != 1 && repeats.len() != size {
        let problem = format!("has shape {:?} for {size} elements", repeats.shape());
        return Err(Error::argument("repeats", problem));
    }
    let repeats = counts("repeats", repeats.iter())?;
    let each = (0..size).zip(repeats.iter().cycle());
    let indices = each.flat_map(|(index, &times)| std::iter::repeat_n(index, times));
    gather.indices[axis] = indices.collect();
    Ok(gather)
}

/// The elements at some indices of an axis, negative ones from the end; the shape of `indices` stands in the axis's place. Without an
/// axis, of all elements in row-major order.
///
/// # Errors
///
/// Where the axis does not exist, or an index, unless an axis before has no elements.
#[kernel((..), (..), () -> (..), types(T = elements), single)]
pub fn take<T: Default + Copy>(
    a: ArrayViewD<T>,
    indices: ArrayViewD<i32>,
    axis: Option<i32>,
) -> Result<ArrayD<T>, Error> {
    Ok(taken(a.shape(), indices, axis)?.of(&a, T::default()))
}

fn taken(shape: &[usize], indices: ArrayViewD<i32>, axis: Option<i32>) -> Result<Gather, Error> {
    let (mut gather, axis) = along(shape, axis)?;
    let size = gather.seen[axis];
    // As NumPy does, which looks nothing up then.
    let is_nothing = count(&gather.seen[..axis]) == 0;
    let place = |&index: &i32| {
        let from_start = i64::from(index) + if index < 0 { size as i64 } else { 0 };
        match usize::try_from(from_start) {
            Ok(from_start) if from_start < size => Ok(from_start),
            _ if is_nothing => Ok(NONE),
            _ => {
                let problem = format!("has {index}, the axis has {size} elements");
                Err(Error::argument("indices", problem))
            }
        }
    };
    gather.indices[axis] = indices.iter().map(place).collect::<Result<_, _>>()?;
    let seen = &gather.seen;
    gather.shape = Some([&seen[..axis], indices.shape(), &seen[axis + 1..]].concat());
    Ok(gather)
}

/// All elements, along an axis; in row-major order along the only one where there is none.
fn along(shape: &[usize], axis: Option<i32>) -> Result<(Gather, usize), Error> {
    match axis {
        None => Ok((Gather::all(&[count(shape)]), 0)),
        Some(axis) => Ok((Gather::all(shape), axis_of(axis, shape.len())?)),
    }
}

/// The array with a constant around it, 0 by default. `padWidth` is one number for all, `[before, after]`, or those of each axis.
///
/// # Errors
///
/// Where a width is negative, the widths are neither of these, or there are several constants.
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
    Ok(padded(array.shape(), pad_width)?.of(&array, fill.unwrap_or_default()))
}

fn padded(shape: &[usize], pad_width: ArrayViewD<i32>) -> Result<Gather, Error> {
    let widths = pad_width.broadcast((shape.len(), 2)).ok_or_else(|| {
        let problem = format!(
            "must be a number, two, or two for each of {} axes",
            shape.len()
        );
        Error::argument("padWidth", problem)
    })?;
    // An array without axes has no use for them, but they may still be wrong.
    counts("padWidth", pad_width.iter())?;
    let mut gather = Gather::all(shape);
    for (indices, widths) in gather.indices.iter_mut().zip(widths.rows()) {
        let [before, after] = [widths[0], widths[1]].map(|width| width as usize);
        *indices = [
            vec![NONE; before],
            std::mem::take(indices),
            vec![NONE; after],
        ]
        .concat();
    }
    Ok(gather)
}
