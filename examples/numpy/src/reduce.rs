//! Functions of one lane of an array, applied to all of them.

use crate::Error;
use crate::axes::axes_of;
use crate::threads::map_indices;
use kernel_runtime::prelude::*;

/// Lanes are shared between the threads in pieces of so many elements.
const PIECE: usize = 1 << 15;

/// Replaces what lies along some axes, all where there are none, by one value.
///
/// `value` gets the elements in row-major order of those axes.
pub fn reduce<T, R>(
    a: ArrayViewD<T>,
    axis: Option<ArrayViewD<i32>>,
    keepdims: Option<bool>,
    value: &(dyn Fn(ArrayView1<T>) -> Result<R, Error> + Sync),
) -> Result<ArrayD<R>, Error>
where
    T: Copy + Sync,
    R: Copy + Send,
{
    let axes = axes_of(axis, a.ndim())?;
    let (mut kept, mut shape) = (Vec::new(), Vec::new());
    for (axis, &size) in a.shape().iter().enumerate() {
        if !axes.contains(&axis) {
            kept.push(axis);
            shape.push(size);
        } else if keepdims == Some(true) {
            shape.push(1);
        }
    }
    let size_of = |axes: &[usize]| axes.iter().map(|&axis| a.len_of(Axis(axis))).product();
    let (count, len): (usize, usize) = (size_of(&kept), size_of(&axes));
    if count == 0 {
        // No lane would say what it makes of nothing.
        if len == 0 {
            value(ArrayView1::from(&[]))?;
        }
        return Ok(ArrayD::from_shape_vec(shape, Vec::new()).expect("nothing"));
    }
    let lanes = a.permuted_axes([kept, axes].concat());
    let lanes = lanes
        .to_shape((count, len))
        .map_err(|error| Error::argument("a", error.to_string()))?;
    let values = map_indices(count, PIECE.div_ceil(len.max(1)), &|index| {
        value(lanes.row(index))
    });
    let values: Vec<R> = values.into_iter().collect::<Result<_, _>>()?;
    Ok(ArrayD::from_shape_vec(shape, values).expect("a value for each lane"))
}
