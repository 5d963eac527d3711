//! Elements in row-major order, and arrays made of them: what functions of many types share, so that each of them is small.

use kernel_runtime::prelude::*;
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

/// How many elements a shape has.
pub fn count(shape: &[usize]) -> usize {
    shape.iter().product()
}
