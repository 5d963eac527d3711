//! The global allocator of threaded wasm: dlmalloc over the part of the shared memory that the linker left free.
//!
//! Threaded memory starts with `initial = maximum`, or grows between calls; nothing grows inside one. In V8 before its fix of
//! 2026-09-29 a thread that did not itself grow the memory keeps a stale size until it enters a function or waits, and
//! `memory.fill`, `memory.copy` and atomics on the new pages trap. std's own allocator only uses memory that it grew itself, hence
//! this one. std still uses its own for the list of a thread's destructors: `cargo kernel` replaces every `memory.grow` by
//! [`__kernel_memory_pages`].
//!
//! # Invariants
//!
//! - **H1** The pages from [`heap_start`] to the end of memory are handed out by [`take_pages`] alone, each once: the linker puts stack and
//!   statics below `__heap_base`, and wasm-bindgen's thread transform takes the one page that follows.
//! - **H2** The dlmalloc state is touched only under the lock.
//! - **H3** [`END`] is raised only after every thread of the pool has seen the grown memory.

use core::arch::wasm32::{memory_atomic_notify, memory_atomic_wait32, memory_size};
use dlmalloc::Dlmalloc;
use std::alloc::{GlobalAlloc, Layout};
use std::cell::UnsafeCell;
use std::ptr;
use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering};

const PAGE: usize = 1 << 16;

/// Where the next pages come from; 0 before the first allocation.
static NEXT: AtomicUsize = AtomicUsize::new(0);

/// One past the last byte that may be used; 0 before the first allocation.
static END: AtomicUsize = AtomicUsize::new(0);

#[cfg(feature = "allocator")]
#[global_allocator]
static HEAP: SharedHeap = SharedHeap::new();

/// The allocator. With the feature `allocator` (on by default) it is the global one.
///
/// Someone who brings their own global allocator turns the feature off and builds it over this one, so that it
/// never calls `memory.grow` while a kernel runs:
///
/// ```ignore
/// #[global_allocator]
/// static GLOBAL: Counting<SharedHeap> = Counting(SharedHeap::new());
/// ```
pub struct SharedHeap {
    lock: AtomicI32,
    dlmalloc: UnsafeCell<Dlmalloc<Pages>>,
}

// SAFETY: H2.
unsafe impl Sync for SharedHeap {}

impl SharedHeap {
    /// For a `static` alone: two of them share the same pages and stay apart.
    #[expect(clippy::new_without_default, reason = "an allocator is a static")]
    pub const fn new() -> Self {
        SharedHeap {
            lock: AtomicI32::new(FREE),
            dlmalloc: UnsafeCell::new(Dlmalloc::new_with_allocator(Pages)),
        }
    }

    /// `std::sync::Mutex` reads thread-local state, and a thread allocates its own stack and its thread-local block
    /// before it has any; so a lock of its own, as in Ulrich Drepper, "Futexes Are Tricky" (2011), mutex 2.
    fn with<R>(&self, use_it: impl FnOnce(&mut Dlmalloc<Pages>) -> R) -> R {
        if self
            .lock
            .compare_exchange(FREE, HELD, Ordering::Acquire, Ordering::Relaxed)
            .is_err()
        {
            while self.lock.swap(CONTENDED, Ordering::Acquire) != FREE {
                // SAFETY: an aligned address in this memory.
                unsafe { memory_atomic_wait32(self.lock.as_ptr(), CONTENDED, -1) };
            }
        }
        // SAFETY: H2, the lock is held.
        let result = use_it(unsafe { &mut *self.dlmalloc.get() });
        if self.lock.swap(FREE, Ordering::Release) == CONTENDED {
            // SAFETY: an aligned address in this memory.
            unsafe { memory_atomic_notify(self.lock.as_ptr(), 1) };
        }
        result
    }
}

const FREE: i32 = 0;
const HELD: i32 = 1;
const CONTENDED: i32 = 2;

// SAFETY: dlmalloc keeps the contract of `GlobalAlloc`; H2 for the state.
unsafe impl GlobalAlloc for SharedHeap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        self.with(|heap| unsafe { heap.malloc(layout.size(), layout.align()) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        self.with(|heap| unsafe { heap.calloc(layout.size(), layout.align()) })
    }

    unsafe fn dealloc(&self, data: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        self.with(|heap| unsafe { heap.free(data, layout.size(), layout.align()) });
    }

    unsafe fn realloc(&self, data: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller's promise.
        self.with(|heap| unsafe { heap.realloc(data, layout.size(), layout.align(), new_size) })
    }
}

/// Hands out pages once, from the bottom up.
struct Pages;

// SAFETY: every region is handed out once (H1; the callers hold the lock or race through an atomic update).
unsafe impl dlmalloc::Allocator for Pages {
    fn alloc(&self, size: usize) -> (*mut u8, usize, u32) {
        let pages = size.div_ceil(PAGE);
        match take_pages(pages) {
            Some(page) => (
                ptr::with_exposed_provenance_mut(page * PAGE),
                pages * PAGE,
                0,
            ),
            None => (ptr::null_mut(), 0, 0),
        }
    }

    fn remap(&self, _data: *mut u8, _old: usize, _new: usize, _can_move: bool) -> *mut u8 {
        ptr::null_mut()
    }

    fn free_part(&self, _data: *mut u8, _old: usize, _new: usize) -> bool {
        false
    }

    fn free(&self, _data: *mut u8, _size: usize) -> bool {
        false
    }

    fn can_release_part(&self, _flags: u32) -> bool {
        false
    }

    fn allocates_zeros(&self) -> bool {
        true
    }

    fn page_size(&self) -> usize {
        PAGE
    }
}

/// The first of `pages` pages that nobody else has.
fn take_pages(pages: usize) -> Option<usize> {
    if END.load(Ordering::Acquire) == 0 {
        // Fails where another thread was first, which then is as well.
        let _ = NEXT.compare_exchange(0, heap_start(), Ordering::Relaxed, Ordering::Relaxed);
        extend();
    }
    let size = pages.checked_mul(PAGE)?;
    let start = NEXT.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |next| {
        next.checked_add(size)
            .filter(|&end| end <= END.load(Ordering::Acquire))
    });
    start.ok().map(|start| start / PAGE)
}

/// What `memory.grow` is in a kernel: `cargo kernel` replaces the instruction by a call of this.
#[unsafe(no_mangle)]
extern "C" fn __kernel_memory_pages(pages: usize) -> usize {
    take_pages(pages).unwrap_or(usize::MAX)
}

/// First byte of the heap (H1).
fn heap_start() -> usize {
    unsafe extern "C" {
        static __heap_base: u8;
    }
    (&raw const __heap_base as usize).next_multiple_of(PAGE) + PAGE
}

/// Takes what the memory has grown by since the last time.
pub(crate) fn extend() {
    // A memory of 4 GiB has one byte more than a usize can count.
    END.store(memory_size::<0>().saturating_mul(PAGE), Ordering::Release);
}

/// Bytes that can still be had without growing the memory; free blocks between others come on top.
pub(crate) fn free_bytes() -> usize {
    END.load(Ordering::Acquire)
        .saturating_sub(NEXT.load(Ordering::Relaxed))
}
