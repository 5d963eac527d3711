//! Names and numbers that the generated code, the runtime and the package's JavaScript share.
//!
//! `ARCHITECTURE.md` has the whole as a table.

/// The custom section with the manifest records ([`crate::frame`]).
pub const SECTION: &str = "kernel_manifest";

/// Version of everything in this module; the runtime exports it, the package checks it.
pub const VERSION: u32 = 1;

/// Wasm exports of the runtime.
pub mod export {
    /// `() -> u32`: [`super::VERSION`].
    pub const VERSION: &str = "__kernel_abi_version";
    /// `() -> *mut Area`: the call area.
    pub const AREA: &str = "__kernel_area";
    /// `(dtype code, rank, elements) -> *mut Header`: an array with unset contents, shape and strides; null
    /// when there is no memory for it.
    pub const ARRAY_NEW: &str = "__kernel_array_new";
    /// `(*mut Header)`: frees an array.
    pub const ARRAY_FREE: &str = "__kernel_array_free";
    /// `(threads) -> bool`: makes the calling thread worker 0 of a pool of `threads`.
    pub const POOL_START: &str = "__kernel_pool_start";
    /// `() -> *mut Worker`: the next worker that waits for a thread, or null.
    pub const POOL_NEXT: &str = "__kernel_pool_next";
    /// `(*mut Worker)`: runs a worker on the calling thread until the pool ends.
    pub const WORKER_RUN: &str = "__kernel_worker_run";
    /// `() -> *mut [u32; TRAP_WORDS]`: what a worker trapped with: length in bytes, 0 while none has; then UTF-8.
    pub const POOL_TRAP: &str = "__kernel_pool_trap";
    /// `()`: makes every thread of the pool see the present size of the memory.
    pub const MEMORY_REFRESH: &str = "__kernel_memory_refresh";
    /// `()`: lets the allocator use what the memory has grown by; after [`MEMORY_REFRESH`].
    pub const MEMORY_EXTEND: &str = "__kernel_memory_extend";
    /// `() -> bytes`: what the heap can still give without growing the memory, at least.
    pub const MEMORY_FREE: &str = "__kernel_memory_free";
    /// `(pages) -> first page, or -1`: pages that the memory already has. `cargo kernel` puts it in the place of `memory.grow`.
    pub const MEMORY_PAGES: &str = "__kernel_memory_pages";
    /// `(address, expected, timeout, thread) -> result`: `cargo kernel` puts it in the place of `memory.atomic.wait32`.
    pub const WAIT: &str = "__kernel_wait";
    /// Mutable global, i32: how this thread waits ([`super::thread`]).
    pub const THREAD: &str = "__kernel_thread";
}

/// The forms in which a ufunc that folds is called.
///
/// The export of any other ufunc takes its arrays and `out`; of one that folds `(form, a, b, axes, keepdims, out)`. What a form
/// does not have is 0. `out` is null for a new array; the result is null if `out` is not. The places of the arrays count in
/// this order, those that a form lacks left out.
pub mod ufunc {
    /// Element by element: `a`, `b`.
    pub const MAP: u32 = 0;
    /// Every pair of elements: `a`, `b`.
    pub const OUTER: u32 = 1;
    /// A reduction of `a` over the axes whose bit is set, none for every element by itself, from `b`, an array of rank 0 or null.
    /// `keepdims` is 0 or 1.
    pub const REDUCE: u32 = 2;
    /// Every prefix of a reduction of `a` along the axis `axes`, or [`FLAT`].
    pub const ACCUMULATE: u32 = 3;
    /// All axes at once: the elements in row-major order.
    pub const FLAT: u32 = u32::MAX;
}

/// How a thread waits.
pub mod thread {
    /// A worker: as long as it is told to.
    pub const WAITS: u32 = 0;
    /// The thread that calls kernels: it looks after the pool now and then.
    pub const WATCHES: u32 = 1;
    /// One that calls kernels and may not wait, as a browser's main thread: it looks after the pool and spins.
    pub const SPINS: u32 = 2;
}

/// Length in words of what [`export::POOL_TRAP`] tells.
pub const TRAP_WORDS: usize = 64;

/// An array's header: machine words (4 bytes in wasm).
///
/// Every result of a lifted kernel ([`crate::Kernel::broadcast`]) is one; of rank 0 where it is a single value. A list of arrays
/// is one of their headers' addresses: unsigned integers of one word.
pub mod header {
    /// Address of the first element.
    pub const DATA: usize = 0;
    /// Code of the dtype.
    pub const DTYPE: usize = 1;
    /// Number of dimensions.
    pub const RANK: usize = 2;
    /// Address of the allocation.
    pub const BASE: usize = 3;
    /// Size of the allocation in bytes; 0 if the header owns none, as that of a view.
    pub const CAPACITY: usize = 4;
    /// The sizes, `rank` words; then the strides in elements, `rank` signed words.
    pub const SHAPE: usize = 5;
}

/// The call area: one per instance, byte offsets.
pub mod area {
    /// u32: how the last refused call ended ([`super::status`]); JavaScript sets it back to 0.
    pub const STATUS: usize = 0;
    /// 16 slots of 8 bytes: the results of a kernel that has several.
    pub const RESULTS: usize = 8;
    /// How many results a kernel may have.
    pub const MAX_RESULTS: usize = 16;
    /// 6 float64: the details of a status.
    pub const DETAIL: usize = 136;
    /// Number of details.
    pub const DETAILS: usize = 6;
    /// Two texts: address, length in bytes, address, length in bytes (machine words).
    pub const TEXT: usize = 184;
}

/// How a call ended, with the details in the order that they have in the area.
///
/// A place is the index of a parameter among those JavaScript sees, or [`RESULT`](status::RESULT) plus the index of a result.
/// An axis is counted from 0; [`SCALAR_AXIS`](status::SCALAR_AXIS) stands for the value of a scalar parameter.
pub mod status {
    /// No error.
    pub const OK: u32 = 0;
    /// An array's dtype: place, expected code, code that came.
    pub const DTYPE: u32 = 1;
    /// An array's rank: place, expected, came, whether expected is a minimum (1) or exact (0).
    pub const RANK: u32 = 2;
    /// A dimension with a fixed size: place, axis, expected, came.
    pub const SIZE: u32 = 3;
    /// A name with two sizes: place, axis, expected, came, place and axis that bound it.
    pub const NAME: u32 = 4;
    /// A dimension with an expression: place, axis, expected, came.
    pub const EXPR: u32 = 5;
    /// An expression with no size as its value: place, axis, why ([`EXPR_NEGATIVE`] ...), the negative value.
    pub const EXPR_INVALID: u32 = 6;
    /// A mutable array that overlaps another: place of the mutable one, place of the other.
    pub const ALIAS: u32 = 7;
    /// A mutable array that overlaps itself: place.
    pub const ALIAS_SELF: u32 = 8;
    /// A bool that is neither 0 nor 1: place, index of the element in row-major order, the byte.
    pub const BOOL: u32 = 9;
    /// The kernel's own `Err`: text 0 is its `Display`.
    pub const FAILURE: u32 = 10;
    /// A panic: text 0 is the message, text 1 the file; details line, column.
    pub const PANIC: u32 = 11;
    /// Out of memory: bytes asked for.
    pub const MEMORY: u32 = 12;
    /// Operands of a ufunc, or leading dimensions of a lifted kernel's arrays, that do not broadcast: place, axis, expected, came,
    /// place and axis that expect it. An axis is counted in the array of its place.
    pub const BROADCAST: u32 = 13;
    /// A reduction over no elements, by a ufunc without an identity: place, the first reduced axis of size 0.
    pub const EMPTY_REDUCTION: u32 = 14;
    /// A reduction over several axes by a ufunc whose order matters: place, number of axes.
    pub const NOT_REORDERABLE: u32 = 15;
    /// A result of a lifted kernel whose size differs from batch to batch: place, axis, size in the first batch, came, index of
    /// the batch in row-major order.
    pub const BATCH_SIZE: u32 = 16;
    /// A size that only a batch would tell, where there are none: place of the result, axis.
    pub const BATCH_NONE: u32 = 17;

    /// A handle that a kernel writes to and that is another argument too: place of the mutable one, place of the other.
    pub const ALIAS_HANDLE: u32 = 18;

    /// The place of the handle that a method is called on.
    pub const RECEIVER: u32 = 63;
    /// Added to the index of a result to make its place.
    pub const RESULT: u32 = 64;
    /// Added to the place of a list once for its first array, twice for its second, to make the place of that.
    pub const ITEM: u32 = 256;
    /// The axis of a name that a scalar parameter binds.
    pub const SCALAR_AXIS: i32 = -1;
    /// [`EXPR_INVALID`]: the value is negative.
    pub const EXPR_NEGATIVE: u32 = 0;
    /// [`EXPR_INVALID`]: a division leaves a remainder, or divides by zero.
    pub const EXPR_INEXACT: u32 = 1;
    /// [`EXPR_INVALID`]: the value does not fit 64 bits.
    pub const EXPR_OVERFLOW: u32 = 2;
}
