//! One value for the elements along an axis.

use crate::axes::axis_of;
use crate::{Error, number::Order};
use kernel_runtime::prelude::*;

/// The index of the largest element along an axis, the first of several; of the first NaN, if there is one.
///
/// # Errors
///
/// Where the axis does not exist, or has no elements.
#[kernel((..), () -> (..), types(T = numbers))]
pub fn argmax<T: Order>(a: ArrayViewD<T>, axis: i32) -> Result<ArrayD<i32>, Error> {
    let axis = Axis(axis_of(axis, a.ndim())?);
    if a.len_of(axis) == 0 {
        return Err(Error::Empty { function: "argmax" });
    }
    Ok(a.map_axis(axis, |lane| {
        let mut best = 0;
        for (index, &value) in lane.iter().enumerate() {
            if value > lane[best] || value.is_nan() && !lane[best].is_nan() {
                best = index;
            }
        }
        best as i32
    }))
}
