//! Waiting in threaded wasm: what `cargo kernel` puts in the place of every `memory.atomic.wait32`, so that all locks of
//! std, of rayon and of any crate wait like this.
//!
//! The instruction itself traps on a browser's main thread; there, the answer is "woken" at once, which every user of a
//! futex must expect, and the thread spins.

use crate::pool;
use core::arch::wasm32::memory_atomic_wait32;
use kernel_schema::abi::thread;

/// The instruction's answer to a thread that was woken.
const WOKEN: i32 = 0;

/// How long the calling thread waits before it looks after the pool, in nanoseconds.
const SLICE: i64 = 100_000_000;

/// Waits as `memory.atomic.wait32` does: 0 woken, 1 not the expected value, 2 timed out. A negative timeout is none.
///
/// `this` says how the thread may wait ([`thread`]).
///
/// # Safety
///
/// **W1** `address` is one that the replaced instruction would have waited at: aligned, in this memory.
#[unsafe(no_mangle)]
unsafe extern "C" fn __kernel_wait(
    address: *mut i32,
    expected: i32,
    timeout: i64,
    this: u32,
) -> i32 {
    // SAFETY: W1.
    let wait = |timeout| unsafe { memory_atomic_wait32(address, expected, timeout) };
    if this != thread::WAITS {
        pool::check();
    }
    match this {
        thread::SPINS => WOKEN,
        thread::WATCHES if timeout < 0 => {
            wait(SLICE);
            WOKEN
        }
        _ => wait(timeout),
    }
}
