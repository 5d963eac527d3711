//! What the package's JavaScript calls beside the kernels: see [`kernel_schema::abi::export`].
//!
//! Compiled on every target, so that they are tested on all; exported in wasm alone.

use crate::area;
use crate::array::{self, RawArray};
use crate::panic;
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
