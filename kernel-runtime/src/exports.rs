//! What the package's JavaScript calls beside the kernels: see [`kernel_schema::abi::export`].
//!
//! Compiled on every target, so that they are tested on all; exported in wasm alone.

use crate::area;
use crate::array::{self, RawArray};
use crate::call::call;
use crate::panic;
use crate::ufunc::{self, Loop};
use kernel_schema::Dtype;
use std::ptr;
use std::sync::Once;

/// Version of the ABI.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn __kernel_abi_version() -> u32 {
    kernel_schema::abi::VERSION
}

/// The call area. Called before any kernel, so it installs the hooks.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn __kernel_area() -> *mut u8 {
    static HOOKS: Once = Once::new();
    HOOKS.call_once(panic::install_hooks);
    area::address().cast()
}

/// A new array with unset contents, shape and strides.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn __kernel_array_new(dtype: usize, rank: usize, elements: usize) -> RawArray {
    match Dtype::from_code(dtype) {
        Some(dtype) => array::new_array(dtype, rank, elements),
        None => ptr::null_mut(),
    }
}

/// Frees an array.
///
/// # Safety
///
/// A1 to A3 of [`crate::array`].
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub unsafe extern "C" fn __kernel_array_free(array: RawArray) {
    // SAFETY: the caller's promise.
    unsafe { array::free_array(array) }
}

/// Applies a ufunc element by element, with broadcasting.
///
/// # Safety
///
/// `table` is the address of a `static` [`Loop`]; A1, A2 and A4 of [`crate::array`] for the arrays, or null: the inputs beyond the
/// loop's arity, and `out` for a new array.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub unsafe extern "C" fn __kernel_ufunc_map(
    table: *const Loop,
    a: RawArray,
    b: RawArray,
    c: RawArray,
    d: RawArray,
    out: RawArray,
) -> RawArray {
    // SAFETY: the caller's promise.
    call(|scope| unsafe { ufunc::map(&*table, scope, &[a, b, c, d], out) })
}

/// Applies a ufunc of two arguments to every pair of their elements.
///
/// # Safety
///
/// As for [`__kernel_ufunc_map`].
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub unsafe extern "C" fn __kernel_ufunc_outer(
    table: *const Loop,
    a: RawArray,
    b: RawArray,
    out: RawArray,
) -> RawArray {
    // SAFETY: the caller's promise.
    call(|scope| unsafe { ufunc::outer(&*table, scope, [a, b], out) })
}

/// Reduces an array over the axes whose bit is set.
///
/// # Safety
///
/// As for [`__kernel_ufunc_map`], for a loop that folds; `initial` and `out` may be null.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub unsafe extern "C" fn __kernel_ufunc_reduce(
    table: *const Loop,
    array: RawArray,
    axes: u32,
    keepdims: u32,
    initial: RawArray,
    out: RawArray,
) -> RawArray {
    let keepdims = keepdims != 0;
    // SAFETY: the caller's promise.
    call(|scope| unsafe { ufunc::reduce(&*table, scope, array, axes, keepdims, [initial, out]) })
}

/// Leaves every prefix of a reduction along one axis.
///
/// # Safety
///
/// As for [`__kernel_ufunc_map`], for a loop that folds.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub unsafe extern "C" fn __kernel_ufunc_accumulate(
    table: *const Loop,
    array: RawArray,
    axis: usize,
    out: RawArray,
) -> RawArray {
    // SAFETY: the caller's promise.
    call(|scope| unsafe { ufunc::accumulate(&*table, scope, array, axis, out) })
}
