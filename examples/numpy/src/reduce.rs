//! Functions of one lane of an array, applied to all of them.

use crate::Error;
use crate::axes::axes_of;
use crate::elements::{array_of, count, elements_of};
use crate::threads::map_indices;
use kernel_runtime::prelude::*;

/// Lanes are shared between the threads in pieces of so many elements.
const PIECE: usize = 1 << 15;

/// Replaces what lies along some axes, all where there are none, by one value.
///
/// `value` gets the elements in row-major order of those axes.
#[inline(never)]
pub fn reduce<T, R>(
    a: ArrayViewD<T>,
    axis: Option<ArrayViewD<i32>>,
    keepdims: Option<bool>,
    value: &(dyn Fn(&[T]) -> Result<R, Error> + Sync),
) -> Result<ArrayD<R>, Error>
where
    T: Copy + Sync,
    R: Copy + Send,
{
    let plan = Plan::new(a.shape(), axis, keepdims == Some(true))?;
    let a = a.permuted_axes(plan.order);
    let elements = elements_of(&a);
    let lane = |index: usize| value(&elements[index * plan.len..][..plan.len]);
    if plan.count == 0 && plan.len == 0 {
        // No lane would say what it makes of nothing.
        value(&[])?;
    }
    let values = map_indices(plan.count, PIECE.div_ceil(plan.len.max(1)), &lane);
    let values = values.into_iter().collect::<Result<_, _>>()?;
    Ok(array_of(plan.shape, values))
}

/// What lies where, of any type.
pub struct Plan {
    /// The axes that stay, then the others.
    pub order: Vec<usize>,
    /// How many lanes there are.
    pub count: usize,
    /// How many elements a lane has.
    pub len: usize,
    /// The result's shape.
    pub shape: Vec<usize>,
}

impl Plan {
    /// Of what is along some axes, all where there are none.
    pub fn new(
        shape: &[usize],
        axis: Option<ArrayViewD<i32>>,
        keepdims: bool,
    ) -> Result<Plan, Error> {
        let axes = axes_of(axis, shape.len())?;
        let (mut kept, mut result) = (Vec::new(), Vec::new());
        for (axis, &size) in shape.iter().enumerate() {
            if !axes.contains(&axis) {
                kept.push(axis);
                result.push(size);
            } else if keepdims {
                result.push(1);
            }
        }
        let len = axes.iter().map(|&axis| shape[axis]).product();
        Ok(Plan {
            order: [kept, axes].concat(),
            count: count(&result),
            len,
            shape: result,
        })
    }
}
