//! Broadcasting: which shape several operands have together (NumPy's rule).

use crate::fault::Fault;
use crate::operand::Operand;
use crate::shapes;

pub(super) use crate::shapes::{count, no_memory};

/// The common shape. Sizes are aligned at the last axis; 1 stretches.
pub(super) fn broadcast(operands: &[Operand<'_>]) -> Result<Vec<usize>, Fault> {
    let places = (0..).zip(operands);
    let shapes: Vec<_> = places
        .map(|(place, operand)| (place, operand.shape()))
        .collect();
    shapes::broadcast(&shapes)
}

/// Whether sizes of 1 and missing axes in front are all that `shape` lacks.
pub(super) fn broadcasts_to(shape: &[usize], target: &[usize]) -> bool {
    let fits = |(&size, &target): (&usize, &usize)| size == target || size == 1;
    shape.len() <= target.len() && shape.iter().rev().zip(target.iter().rev()).all(fits)
}

/// Strides in bytes that stretch an operand to `shape`, with `after` more axes behind its own.
pub(super) fn strides(
    operand: &Operand<'_>,
    shape: &[usize],
    after: usize,
    size: usize,
) -> impl Iterator<Item = isize> {
    let before = shape.len() - operand.ndim() - after;
    let own = operand.shape().iter().zip(operand.strides());
    let own = own.map(move |(&extent, &stride)| match extent {
        // Along one element the stride may be anything.
        0 | 1 => 0,
        _ => stride.wrapping_mul(size as isize),
    });
    std::iter::repeat_n(0, before)
        .chain(own)
        .chain(std::iter::repeat_n(0, after))
}
