//! The call area: what a kernel leaves beside its wasm result.

use crate::fault::Fault;
use kernel_schema::abi::area;
use std::cell::UnsafeCell;
use std::mem::offset_of;

/// See [`kernel_schema::abi::area`].
#[repr(C)]
pub(crate) struct Area {
    status: u32,
    results: [u64; area::MAX_RESULTS],
    detail: [f64; area::DETAILS],
    text: [Text; 2],
}

#[repr(C)]
struct Text {
    data: *const u8,
    len: usize,
}

const _: () = assert!(offset_of!(Area, status) == area::STATUS);
const _: () = assert!(offset_of!(Area, results) == area::RESULTS);
const _: () = assert!(offset_of!(Area, detail) == area::DETAIL);
const _: () = assert!(offset_of!(Area, text) == area::TEXT);

struct Shared {
    area: UnsafeCell<Area>,
    /// Keeps the texts alive until the next fault.
    texts: UnsafeCell<[String; 2]>,
}

// SAFETY: **B1** only the thread that JavaScript calls kernels on touches the area: `call` runs there and rayon's
// workers never see it.
unsafe impl Sync for Shared {}

static SHARED: Shared = Shared {
    area: UnsafeCell::new(Area {
        status: 0,
        results: [0; area::MAX_RESULTS],
        detail: [0.0; area::DETAILS],
        text: [const {
            Text {
                data: std::ptr::null(),
                len: 0,
            }
        }; 2],
    }),
    texts: UnsafeCell::new([String::new(), String::new()]),
};

/// The address that JavaScript reads.
pub(crate) fn address() -> *mut Area {
    SHARED.area.get()
}

/// Writes how a call was refused.
#[cold]
pub(crate) fn report(fault: Fault) {
    // SAFETY: B1; no reference outlives this function.
    let (area, texts) = unsafe { (&mut *SHARED.area.get(), &mut *SHARED.texts.get()) };
    *texts = fault.text;
    area.status = fault.status;
    area.detail = fault.detail;
    for (text, string) in area.text.iter_mut().zip(texts) {
        text.data = string.as_ptr();
        text.len = string.len();
    }
}

/// Writes one of several results.
pub(crate) fn set_result(index: usize, bits: u64) {
    // SAFETY: B1; no reference outlives this function.
    unsafe { (*SHARED.area.get()).results[index] = bits };
}
