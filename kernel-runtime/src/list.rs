//! Lists of arrays: an array of the headers' addresses, where each array keeps A1 to A6 of [`crate::array`].

use crate::array::{Allocation, Input, IntoRaw, RawArray, free_array};
use crate::fault::Fault;
use crate::operand::Operand;
use crate::overlap::Span;
use crate::scalar::Element;
use kernel_schema::Dtype;
use kernel_schema::abi::status;
use ndarray::{Array, ArrayView, Dimension};
use std::slice;

/// The dtype of an address.
const ADDRESS: Dtype = if size_of::<RawArray>() == 4 {
    Dtype::Uint32
} else {
    Dtype::Uint64
};
const _: () = assert!(ADDRESS.size() == size_of::<RawArray>());

/// The place of an array in a list.
pub fn item(list: u32, index: usize) -> u32 {
    // Two have one place where there are 2^24, for whose headers wasm has no memory.
    list.wrapping_add(status::ITEM.wrapping_mul(index as u32 + 1))
}

/// The arrays of a list argument, whose dtype is right.
///
/// # Safety
///
/// A1, A2, A4 and A7 for `'call`.
pub(crate) unsafe fn inputs<'call, T: Element>(
    raw: RawArray,
    place: u32,
) -> Result<Vec<Input<'call, T>>, Fault> {
    // SAFETY: the caller's promise.
    let list = unsafe { Operand::new(raw, place) };
    // SAFETY: A7 and A2, they lie side by side.
    let headers = unsafe { slice::from_raw_parts(list.data().cast::<RawArray>(), list.shape()[0]) };
    let arrays = headers.iter().enumerate();
    arrays
        // SAFETY: A7.
        .map(|(index, &header)| unsafe { Input::new(header, item(place, index)) })
        .collect()
}

/// What the arrays touch, for [`disjoint`](crate::overlap::disjoint).
pub fn spans<T: Element>(inputs: &[Input<'_, T>]) -> Vec<Span> {
    inputs.iter().map(|input| input.span(false)).collect()
}

/// The views for a parameter. `D` must have the rank that was checked of each.
///
/// # Safety
///
/// A1, A2, A4; A5 where another argument is mutable.
pub unsafe fn views<'call, T: Element, D: Dimension>(
    inputs: &[Input<'call, T>],
) -> Vec<ArrayView<'call, T, D>> {
    // SAFETY: the caller's promise.
    inputs.iter().map(|input| unsafe { input.view() }).collect()
}

/// An array of a list that is being made, which lack of memory may end.
#[repr(transparent)]
struct Owned(RawArray);

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: A1 to A3, it was made by `into_raw`; JavaScript has not seen it.
        unsafe { free_array(self.0) }
    }
}

impl<T: Element, D: Dimension> IntoRaw for Vec<Array<T, D>> {
    fn into_raw(self) -> RawArray {
        let arrays = self.into_iter().map(|array| Owned(array.into_raw()));
        let mut arrays: Vec<Owned> = arrays.collect();
        let base = arrays.as_mut_ptr().cast();
        let list = Allocation {
            data: base,
            base,
            capacity: arrays.capacity() * size_of::<RawArray>(),
        };
        // SAFETY: A2 and A3, they are the vector's.
        let raw = unsafe { list.into_result(ADDRESS, &[arrays.len()], &[1]) };
        // The header owns its elements, and JavaScript the arrays.
        std::mem::forget(arrays);
        raw
    }
}
