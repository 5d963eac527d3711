//! Several arrays as one, and one as several: two at a time, since a kernel takes no lists.

use crate::Error;
use crate::axes::axis_of;
use crate::elements::{array_of, count, elements_of};
use crate::gather::Gather;
use kernel_runtime::prelude::*;

/// One array after the other along an axis, the first one by default.
///
/// # Errors
///
/// Where the axis does not exist, or the sizes along another one differ.
#[kernel((..), (..), () -> (..), types(T = elements))]
pub fn concatenate<T: Copy>(
    a: ArrayViewD<T>,
    b: ArrayViewD<T>,
    axis: Option<i32>,
) -> Result<ArrayD<T>, Error> {
    let axis = axis_of(axis.unwrap_or(0), a.ndim())?;
    Ok(join(&a, &b, Joined::new(a.shape(), b.shape(), axis)?))
}

/// Both arrays along a new axis, the first one by default.
///
/// # Errors
///
/// Where the result has no such axis, or the shapes differ.
#[kernel((..), (..), () -> (..), types(T = elements))]
pub fn stack<T: Copy>(
    a: ArrayViewD<T>,
    b: ArrayViewD<T>,
    axis: Option<i32>,
) -> Result<ArrayD<T>, Error> {
    let axis = axis_of(axis.unwrap_or(0), a.ndim() + 1)?;
    let shapes = [a.shape(), b.shape()];
    let [ours, theirs] = shapes.map(|shape| {
        let at = axis.min(shape.len());
        [&shape[..at], &[1], &shape[at..]].concat()
    });
    Ok(join(&a, &b, Joined::new(&ours, &theirs, axis)?))
}

/// What is before an index of an axis, the first one by default, and what is from there on; a negative index counts from the end.
///
/// # Errors
///
/// Where the axis does not exist.
#[kernel((..), (), () -> (..), (..), types(T = elements))]
pub fn split<T: Default + Copy>(
    ary: ArrayViewD<T>,
    index: i32,
    axis: Option<i32>,
) -> Result<(ArrayD<T>, ArrayD<T>), Error> {
    let [before, after] = halves(ary.shape(), index, axis)?;
    Ok((before.of(&ary, T::default()), after.of(&ary, T::default())))
}

fn halves(shape: &[usize], index: i32, axis: Option<i32>) -> Result<[Gather; 2], Error> {
    let axis = axis_of(axis.unwrap_or(0), shape.len())?;
    let size = shape[axis];
    let from_start = i64::from(index) + if index < 0 { size as i64 } else { 0 };
    let middle = from_start.clamp(0, size as i64) as usize;
    Ok([0..middle, middle..size].map(|part| {
        let mut gather = Gather::all(shape);
        gather.indices[axis] = part.collect();
        gather
    }))
}

/// How two arrays lie in one.
struct Joined {
    shape: Vec<usize>,
    /// How often they take turns.
    turns: usize,
    /// How many elements each has a turn.
    lens: [usize; 2],
}

impl Joined {
    fn new(a: &[usize], b: &[usize], axis: usize) -> Result<Joined, Error> {
        let fits =
            a.len() == b.len() && (0..a.len()).all(|other| other == axis || a[other] == b[other]);
        if !fits {
            let problem = format!("has shape {b:?}, which does not fit {a:?} along axis {axis}");
            return Err(Error::argument("b", problem));
        }
        let mut shape = a.to_vec();
        shape[axis] += b[axis];
        Ok(Joined {
            shape,
            turns: count(&a[..axis]),
            lens: [a, b].map(|shape| count(&shape[axis..])),
        })
    }
}

#[inline(never)]
fn join<T: Copy>(a: &ArrayViewD<T>, b: &ArrayViewD<T>, joined: Joined) -> ArrayD<T> {
    let (a, b) = (elements_of(a), elements_of(b));
    let mut elements = Vec::with_capacity(a.len() + b.len());
    for turn in 0..joined.turns {
        for (x, len) in [&a, &b].into_iter().zip(joined.lens) {
            elements.extend_from_slice(&x[turn * len..][..len]);
        }
    }
    array_of(joined.shape, elements)
}
