//! Buffers, and copying between them and strided memory. Generic in the size of an element alone.

use crate::scalar::Element;
use std::mem::MaybeUninit;

/// Bytes of the largest element.
pub(super) const WIDEST: usize = 16;

/// Memory that any dtype may lie in (U6).
#[repr(C, align(16))]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Buffer<const N: usize>(MaybeUninit<[u8; N]>);

/// One element of any dtype.
pub(crate) type Cell = Buffer<WIDEST>;

impl<const N: usize> Buffer<N> {
    /// Not initialised.
    pub(super) const fn uninit() -> Self {
        Buffer(MaybeUninit::uninit())
    }

    pub(super) const fn as_ptr(&self) -> *const u8 {
        self.0.as_ptr().cast()
    }

    pub(super) const fn as_mut_ptr(&mut self) -> *mut u8 {
        self.0.as_mut_ptr().cast()
    }
}

impl Cell {
    /// Holds an element.
    pub(super) const fn new<T: Element>(value: T) -> Cell {
        const { assert!(size_of::<T>() <= WIDEST && align_of::<T>() <= align_of::<Cell>()) };
        let mut cell = Cell::uninit();
        // SAFETY: the assertion.
        unsafe { cell.as_mut_ptr().cast::<T>().write(value) };
        cell
    }
}

/// Where the elements of a block of `rows` by `columns` lie.
#[derive(Clone, Copy)]
pub(super) struct Grid<P> {
    pub(super) data: P,
    /// In bytes, from row to row and from column to column.
    pub(super) strides: [isize; 2],
}

impl<P> Grid<P> {
    /// A contiguous block.
    pub(super) fn packed(data: P, columns: usize, size: usize) -> Self {
        Grid {
            data,
            strides: [(columns * size) as isize, size as isize],
        }
    }
}

/// Copies a block of elements of `size` bytes.
///
/// # Safety
///
/// U2 for both grids; they don't overlap.
pub(super) unsafe fn copy(
    size: usize,
    to: Grid<*mut u8>,
    from: Grid<*const u8>,
    counts: [usize; 2],
) {
    let typed = match size {
        1 => copy_sized::<1>,
        2 => copy_sized::<2>,
        4 => copy_sized::<4>,
        8 => copy_sized::<8>,
        WIDEST => copy_sized::<WIDEST>,
        _ => unreachable!("no dtype has {size} bytes"),
    };
    // SAFETY: the caller's promise.
    unsafe { typed(to, from, counts) };
}

/// Rows of fewer bytes are not worth a call of `memcpy`.
const MEMCPY_MIN: usize = 32;

unsafe fn copy_sized<const N: usize>(to: Grid<*mut u8>, from: Grid<*const u8>, counts: [usize; 2]) {
    let [rows, columns] = counts;
    let size = N as isize;
    let whole_rows = to.strides[1] == size
        && from.strides[1] == size
        && (rows == 1 || columns * N >= MEMCPY_MIN);
    let reach = |axis: usize| to.strides[axis].unsigned_abs() + from.strides[axis].unsigned_abs();
    // The inner loop is the longer one by far, or else the one that stays in a cache line.
    let along_rows = columns >= rows / 4 && (rows < 8 || reach(1) < reach(0));
    let inner = usize::from(whole_rows || along_rows);
    let outer = 1 - inner;
    for i in 0..counts[outer] as isize {
        let to_line = to.data.wrapping_offset(i * to.strides[outer]);
        let from_line = from.data.wrapping_offset(i * from.strides[outer]);
        // SAFETY: the caller's promise.
        unsafe {
            if whole_rows {
                to_line.copy_from_nonoverlapping(from_line, columns * N);
            } else {
                let strides = [to.strides[inner], from.strides[inner]];
                copy_line::<N>(to_line, from_line, strides, counts[inner]);
            }
        }
    }
}

unsafe fn copy_line<const N: usize>(
    to: *mut u8,
    from: *const u8,
    [to_stride, from_stride]: [isize; 2],
    count: usize,
) {
    // Bytes that may be uninitialised and need no alignment, so that one function serves all dtypes of a size.
    let mut to = to.cast::<MaybeUninit<[u8; N]>>();
    let mut from = from.cast::<MaybeUninit<[u8; N]>>();
    // SAFETY: the caller's promise.
    unsafe {
        if from_stride == 0 && to_stride == N as isize {
            let value = from.read();
            for i in 0..count {
                to.add(i).write(value);
            }
            return;
        }
        for _ in 0..count {
            to.write(from.read());
            to = to.wrapping_byte_offset(to_stride);
            from = from.wrapping_byte_offset(from_stride);
        }
    }
}
