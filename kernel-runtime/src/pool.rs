//! The thread pool of threaded wasm. JavaScript starts the workers; rayon runs in them.
//!
//! The thread that calls kernels is worker 0, so nothing ever hands a job over and waits: rayon's `join` and its
//! iterators run on it as on any worker.

use crate::heap;
use core::arch::wasm32::memory_grow;
use kernel_schema::abi::TRAP_WORDS;
use rayon::{ThreadBuilder, ThreadPool, ThreadPoolBuilder};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Never dropped: dropping would end the workers, and JavaScript ends them with the whole memory.
static POOL: OnceLock<ThreadPool> = OnceLock::new();

/// Workers that wait for a thread. A plain locked list: a channel under a mutex hung about one start in four in Node.
static WAITING: Mutex<Vec<ThreadBuilder>> = Mutex::new(Vec::new());

fn waiting() -> std::sync::MutexGuard<'static, Vec<ThreadBuilder>> {
    WAITING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes the calling thread worker 0 of a pool of `threads`.
#[unsafe(no_mangle)]
extern "C" fn __kernel_pool_start(threads: usize) -> bool {
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .use_current_thread()
        .spawn_handler(|worker| {
            waiting().push(worker);
            Ok(())
        })
        .build();
    pool.is_ok_and(|pool| POOL.set(pool).is_ok())
}

/// The next worker that waits for a thread, or null.
#[unsafe(no_mangle)]
extern "C" fn __kernel_pool_next() -> *mut ThreadBuilder {
    let worker = waiting().pop();
    worker.map_or(std::ptr::null_mut(), |worker| {
        Box::into_raw(Box::new(worker))
    })
}

/// Runs a worker on the calling thread until the pool ends.
///
/// # Safety
///
/// **P1** `worker` comes from [`__kernel_pool_next`] and is run once.
#[unsafe(no_mangle)]
unsafe extern "C" fn __kernel_worker_run(worker: *mut ThreadBuilder) {
    // SAFETY: P1.
    unsafe { Box::from_raw(worker) }.run();
}

/// Makes every thread of the pool see the present size of the memory: `memory.grow(0)` refreshes a stale one. Waits for jobs that
/// have outlived their call.
#[unsafe(no_mangle)]
extern "C" fn __kernel_memory_refresh() {
    if let Some(pool) = POOL.get() {
        pool.broadcast(|_| memory_grow::<0>(0));
    }
}

/// What a worker trapped with, written by its JavaScript: length, then text.
static TRAP: [AtomicU32; TRAP_WORDS] = [const { AtomicU32::new(0) }; TRAP_WORDS];

/// Where a worker that traps leaves its last words: nobody hears a message while the calling thread waits for it.
#[unsafe(no_mangle)]
extern "C" fn __kernel_pool_trap() -> *const AtomicU32 {
    TRAP.as_ptr()
}

/// Traps as well if a worker has: what the calling thread waits for may never come.
pub(crate) fn check() {
    if TRAP[0].load(Ordering::Acquire) != 0 {
        core::arch::wasm32::unreachable();
    }
}

/// Lets the allocator use what the memory has grown by.
#[unsafe(no_mangle)]
extern "C" fn __kernel_memory_extend() {
    heap::extend();
}

/// Bytes that the heap can still give without growing the memory, at least.
#[unsafe(no_mangle)]
extern "C" fn __kernel_memory_free() -> usize {
    heap::free_bytes()
}
