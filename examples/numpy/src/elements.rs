//! Elements in row-major order, and arrays made of them: what functions of many types share, so that each of them is small.

use kernel_runtime::prelude::*;
use std::alloc::{Layout, handle_alloc_error};
use std::borrow::Cow;

/// The elements in row-major order; copied where they lie in another one.
#[inline(never)]
pub fn elements_of<'a, T: Copy>(a: &'a ArrayViewD<'_, T>) -> Cow<'a, [T]> {
    match a.as_slice() {
        Some(elements) => elements.into(),
        None => a.iter().copied().collect::<Vec<_>>().into(),
    }
}

/// The array of a shape.
///
/// # Panics
///
/// Where the shape has another number of elements.
#[inline(never)]
pub fn array_of<T>(shape: Vec<usize>, elements: Vec<T>) -> ArrayD<T> {
    ArrayD::from_shape_vec(shape, elements).expect("as many elements as the shape has")
}

/// How many elements a shape has. Where they can't be counted, the call ends as one does whose allocation failed.
#[inline(never)]
pub fn count(shape: &[usize]) -> usize {
    const MOST: usize = isize::MAX as usize;
    // Also where another size is 0, as ndarray does: strides are products of sizes.
    let sizes = shape.iter().filter(|&&size| size != 0);
    let product = sizes.fold(1, |count: usize, &size| count.saturating_mul(size));
    if product > MOST {
        handle_alloc_error(Layout::from_size_align(MOST, 1).expect("the largest layout"));
    }
    if shape.contains(&0) { 0 } else { product }
}
