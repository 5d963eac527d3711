//! Several arrays as one, and one as several.

use crate::Error;
use crate::axes::axis_of;
use crate::elements::{array_of, count, elements_of};
use kernel_runtime::ndarray::Slice;
use kernel_runtime::prelude::*;

/// One array behind the other along an axis, the first one by default.
///
/// # Errors
///
/// Where there are no arrays, the axis does not exist, or the sizes along another one differ.
#[kernel((..), () -> (..), types(T = elements))]
pub fn concatenate<T: Copy>(
    arrays: &[ArrayViewD<T>],
    axis: Option<i32>,
) -> Result<ArrayD<T>, Error> {
    let joined = Joined::new(&shapes(arrays), axis, false)?;
    Ok(join(arrays, joined))
}

/// Arrays of one shape along a new axis, the first one by default.
///
/// # Errors
///
/// Where there are no arrays, the result has no such axis, or the shapes differ.
#[kernel((..), () -> (..), types(T = elements))]
pub fn stack<T: Copy>(arrays: &[ArrayViewD<T>], axis: Option<i32>) -> Result<ArrayD<T>, Error> {
    let joined = Joined::new(&shapes(arrays), axis, true)?;
    Ok(join(arrays, joined))
}

/// The parts of an array along an axis, the first one by default: so many of one size, or what lies between indices, of which
/// negative ones count from the end.
///
/// # Errors
///
/// Where the axis does not exist, or its size is not divisible by the number of parts.
#[kernel((..), (..), () -> (..), types(T = elements))]
pub fn split<T: Copy>(
    ary: ArrayViewD<T>,
    indices_or_sections: ArrayViewD<i32>,
    axis: Option<i32>,
) -> Result<Vec<ArrayD<T>>, Error> {
    let axis = axis_of(axis.unwrap_or(0), ary.ndim())?;
    let bounds = bounds(ary.shape()[axis], &indices_or_sections, axis)?;
    let part = |bounds: &[usize]| {
        let (start, end) = (bounds[0] as isize, bounds[1].max(bounds[0]) as isize);
        let part = ary.slice_axis(Axis(axis), Slice::from(start..end));
        array_of(part.shape().to_vec(), elements_of(&part).into_owned())
    };
    Ok(bounds.windows(2).map(part).collect())
}

/// Where the parts of an axis begin, and where the last one ends; a part that would end before it begins is empty.
fn bounds(
    size: usize,
    indices_or_sections: &ArrayViewD<i32>,
    axis: usize,
) -> Result<Vec<usize>, Error> {
    let refuse = |problem| Err(Error::argument("indicesOrSections", problem));
    match (indices_or_sections.ndim(), indices_or_sections.first()) {
        (0, Some(&sections)) => match usize::try_from(sections) {
            Ok(sections) if sections > 0 && size.is_multiple_of(sections) => {
                let part = size / sections;
                Ok((0..=sections).map(|bound| bound * part).collect())
            }
            _ => refuse(format!(
                "is {sections}, which does not divide the size {size} of axis {axis}"
            )),
        },
        (1, _) => {
            let index = |&index: &i32| {
                let from_start = i64::from(index) + if index < 0 { size as i64 } else { 0 };
                from_start.clamp(0, size as i64) as usize
            };
            let indices = indices_or_sections.iter().map(index);
            Ok([0].into_iter().chain(indices).chain([size]).collect())
        }
        (ndim, _) => refuse(format!(
            "has {ndim} dimensions: pass a number of parts, or a list of indices"
        )),
    }
}

fn shapes<'a, T>(arrays: &'a [ArrayViewD<T>]) -> Vec<&'a [usize]> {
    arrays.iter().map(|array| array.shape()).collect()
}

/// How arrays lie in one.
struct Joined {
    shape: Vec<usize>,
    /// How often they take turns.
    turns: usize,
    /// How many elements each has a turn.
    lens: Vec<usize>,
}

impl Joined {
    /// `stacked` along a new axis.
    fn new(shapes: &[&[usize]], axis: Option<i32>, stacked: bool) -> Result<Joined, Error> {
        let &[first, ..] = shapes else {
            return Err(Error::argument("arrays", "has none: pass one at least"));
        };
        let axis = axis_of(axis.unwrap_or(0), first.len() + usize::from(stacked))?;
        let fits = |shape: &[usize]| {
            let mut sizes = first.iter().zip(shape).enumerate();
            shape.len() == first.len()
                && sizes.all(|(own, (a, b))| a == b || !stacked && own == axis)
        };
        if let Some(index) = shapes.iter().position(|shape| !fits(shape)) {
            let problem = format!(
                "has shape {:?} at {index} and {first:?} at 0, which do not fit along axis {axis}",
                shapes[index]
            );
            return Err(Error::argument("arrays", problem));
        }
        let mut shape = first.to_vec();
        if stacked {
            shape.insert(axis, shapes.len());
        } else {
            let sizes = shapes.iter().map(|shape| shape[axis]);
            shape[axis] = sizes.fold(0, usize::saturating_add);
        }
        Ok(Joined {
            shape,
            turns: count(&first[..axis]),
            lens: shapes.iter().map(|shape| count(&shape[axis..])).collect(),
        })
    }
}

#[inline(never)]
fn join<T: Copy>(arrays: &[ArrayViewD<T>], joined: Joined) -> ArrayD<T> {
    let arrays: Vec<_> = arrays.iter().map(elements_of).collect();
    let mut elements = Vec::with_capacity(count(&joined.shape));
    for turn in 0..joined.turns {
        for (x, len) in arrays.iter().zip(&joined.lens) {
            elements.extend_from_slice(&x[turn * len..][..*len]);
        }
    }
    array_of(joined.shape, elements)
}
