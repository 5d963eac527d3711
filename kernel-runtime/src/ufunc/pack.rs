//! Copying into row-major order.

use super::buffer::{Grid, copy};
use super::nest::{Axis, Nest};

/// Copies the elements of a strided array, of `size` bytes each, in row-major order to where they follow each other at a stride.
/// One function for all types and shapes: code that is generic in both is large.
///
/// Strides are in bytes.
///
/// # Safety
///
/// Every index of the shape reaches an element, and there is room for them all at `to`, which overlaps none of them; aligned both for what
/// has `size` bytes.
pub(crate) unsafe fn pack(
    size: usize,
    (to, step): (*mut u8, isize),
    from: *const u8,
    shape: &[usize],
    strides: impl IntoIterator<Item = isize>,
) {
    let mut nest = Nest::new(shape);
    nest.set(0, from.cast_mut(), strides);
    if nest.len() == 0 {
        return;
    }
    nest.coalesce();
    let mut axes = nest.axes.iter().rev();
    let [columns, rows] = [(); 2].map(|()| axes.next().copied().unwrap_or(Axis::one()));
    let row = columns.size as isize * step;
    let mut to = Grid {
        data: to,
        strides: [row, step],
    };
    nest.visit(2, &mut |data| {
        let from = Grid {
            data: data[0].cast_const(),
            strides: [rows.strides[0], columns.strides[0]],
        };
        // SAFETY: the caller's promise; the visit is in row-major order.
        unsafe { copy(size, to, from, [rows.size, columns.size]) };
        to.data = to.data.wrapping_offset(rows.size as isize * row);
    });
}
