//! Traps, which are no panics: nothing unwinds, and a thread of the pool that traps is gone.

use kernel_runtime::prelude::*;
use kernel_runtime::rayon;
use std::time::Duration;

/// The Ackermann function, whose recursion uses up the stack at `(2, 10_000_000)`.
#[kernel]
pub fn ackermann(m: u32, n: u32) -> u32 {
    match (m, n) {
        (0, n) => n + 1,
        (m, 0) => ackermann(m - 1, 1),
        (m, n) => ackermann(m - 1, ackermann(m, n - 1)),
    }
}

/// Uses up the stack of every thread of the pool but the calling one, which waits for them.
#[kernel]
pub fn pool_overflows() -> u32 {
    let values = rayon::broadcast(|context| match context.index() {
        0 => 0,
        _ => ackermann(2, 10_000_000),
    });
    values.into_iter().sum()
}

/// Leaves a job with the pool that traps once the kernel has returned.
#[kernel]
pub fn traps_later() {
    rayon::spawn(|| {
        std::thread::sleep(Duration::from_millis(20));
        trap();
    });
}

fn trap() {
    #[cfg(target_family = "wasm")]
    core::arch::wasm32::unreachable();
}
