//! Broadcasting: which shape several operands have together (NumPy's rule).

use crate::fault::Fault;
use crate::operand::Operand;
use kernel_schema::Dtype;
use kernel_schema::abi::status;

/// The common shape. Sizes are aligned at the last axis; 1 stretches.
pub(super) fn broadcast(operands: &[Operand<'_>]) -> Result<Vec<usize>, Fault> {
    let rank = operands.iter().map(Operand::ndim).max().unwrap_or(0);
    let mut shape = vec![1; rank];
    for (axis, size) in shape.iter_mut().enumerate() {
        // Who made the size what it is: place and own axis.
        let mut bound = (0, 0);
        for (place, operand) in operands.iter().enumerate() {
            let Some(own) = (axis + operand.ndim()).checked_sub(rank) else {
                continue;
            };
            match operand.shape()[own] {
                1 => {}
                came if *size == 1 => (*size, bound) = (came, (place, own)),
                came if came == *size => {}
                came => {
                    let values = [place, own, *size, came, bound.0, bound.1];
                    return Err(Fault::new(
                        status::BROADCAST,
                        values.map(|value| value as f64),
                    ));
                }
            }
        }
    }
    Ok(shape)
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

/// Number of elements; refuses a shape that no address space holds.
pub(super) fn count(shape: &[usize], dtype: Dtype) -> Result<usize, Fault> {
    // Also where another size is 0, as ndarray does: strides are products of sizes.
    let bytes = shape
        .iter()
        .filter(|&&size| size != 0)
        .try_fold(dtype.size(), |bytes, &size| bytes.checked_mul(size))
        .filter(|&bytes| bytes <= isize::MAX as usize);
    match bytes {
        Some(_) => Ok(shape.iter().product()),
        None => Err(no_memory(shape, dtype)),
    }
}

/// Refuses for want of memory for an array.
#[cold]
pub(super) fn no_memory(shape: &[usize], dtype: Dtype) -> Fault {
    let elements: f64 = shape.iter().map(|&size| size as f64).product();
    Fault::new(status::MEMORY, [elements * dtype.size() as f64])
}
