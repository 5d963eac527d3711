//! Shapes: what several have together (NumPy's rule), and what they hold.

use crate::fault::Fault;
use kernel_schema::Dtype;
use kernel_schema::abi::status;

/// The shape that all broadcast to, each given with its place. Sizes are aligned at the last axis; 1 stretches.
pub(crate) fn broadcast(shapes: &[(u32, &[usize])]) -> Result<Vec<usize>, Fault> {
    let rank = shapes.iter().map(|(_, own)| own.len()).max().unwrap_or(0);
    let mut shape = vec![1; rank];
    for (axis, size) in shape.iter_mut().enumerate() {
        // Who made the size what it is: place and own axis.
        let mut bound = (0, 0);
        for &(place, sizes) in shapes {
            let Some(own) = (axis + sizes.len()).checked_sub(rank) else {
                continue;
            };
            match sizes[own] {
                1 => {}
                came if *size == 1 => (*size, bound) = (came, (place, own)),
                came if came == *size => {}
                came => {
                    let values = [place as usize, own, *size, came, bound.0 as usize, bound.1];
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

/// Number of elements; refuses a shape that no address space holds.
pub(crate) fn count(shape: &[usize], dtype: Dtype) -> Result<usize, Fault> {
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
pub(crate) fn no_memory(shape: &[usize], dtype: Dtype) -> Fault {
    let elements: f64 = shape.iter().map(|&size| size as f64).product();
    Fault::new(status::MEMORY, [elements * dtype.size() as f64])
}
