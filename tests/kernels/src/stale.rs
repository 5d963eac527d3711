//! A job that outlives its call, and takes memory that grew meanwhile without a function entry, a loop or a wait in between,
//! where V8 would look how large the memory is.

use kernel_runtime::prelude::*;
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicUsize, Ordering};

static DATA: AtomicPtr<u8> = AtomicPtr::new(std::ptr::null_mut());
static SIZE: AtomicUsize = AtomicUsize::new(0);
static STATE: AtomicU32 = AtomicU32::new(ENDED);

const WAITS: u32 = 0;
const RUNS: u32 = 1;
const ENDED: u32 = 2;

/// Leaves a job with another thread that fills `scratch`, in one instruction, and then the block that [`hand_over`] has
/// given by then, if it has. Returns once the job runs, or has run. `scratch` must live until the job has ended.
#[kernel]
pub fn take_later(mut scratch: ArrayViewMut1<u8>) {
    STATE.store(WAITS, Ordering::Release);
    let (start, length) = (scratch.as_mut_ptr() as usize, scratch.len());
    kernel_runtime::rayon::spawn(move || {
        STATE.store(RUNS, Ordering::Release);
        // SAFETY: the caller's promise; and `hand_over` waits for this job with its block.
        unsafe {
            (start as *mut u8).write_bytes(1, length);
            let block = DATA.load(Ordering::Acquire);
            if !block.is_null() {
                block.write_bytes(7, SIZE.load(Ordering::Acquire));
            }
        }
        STATE.store(ENDED, Ordering::Release);
    });
    // It may have ended by the time that this thread gets to look.
    while STATE.load(Ordering::Acquire) == WAITS {
        std::hint::spin_loop();
    }
}

/// Zeros, or sevens where the job of [`take_later`] has taken the block.
#[kernel(() -> (count))]
pub fn hand_over(count: u32) -> Array1<u8> {
    let mut block = vec![0; count as usize];
    SIZE.store(block.len(), Ordering::Release);
    DATA.store(block.as_mut_ptr(), Ordering::Release);
    // Waits, so that a job which has trapped is noticed.
    while STATE.load(Ordering::Acquire) == RUNS {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    DATA.store(std::ptr::null_mut(), Ordering::Release);
    Array1::from_vec(block)
}
