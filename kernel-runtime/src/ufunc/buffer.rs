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

unsafe fn copy_sized<const N: usize>(
    to: Grid<*mut u8>,
    from: Grid<*const u8>,
    [rows, columns]: [usize; 2],
) {
    let size = N as isize;
    let contiguous = to.strides[1] == size && from.strides[1] == size;
    // The longer loop is the inner one, unless rows are copied whole.
    let inner = usize::from(contiguous || columns >= rows);
    let counts = [rows, columns];
    for i in 0..counts[1 - inner] as isize {
        let to_row = to.data.wrapping_offset(i * to.strides[1 - inner]);
        let from_row = from.data.wrapping_offset(i * from.strides[1 - inner]);
        if contiguous {
            // SAFETY: the caller's promise.
            unsafe { to_row.copy_from_nonoverlapping(from_row, columns * N) };
        } else {
            let strides = [to.strides[inner], from.strides[inner]];
            // SAFETY: the caller's promise.
            unsafe { copy_line::<N>(to_row, from_row, strides, counts[inner]) };
        }
    }
}

unsafe fn copy_line<const N: usize>(
    to: *mut u8,
    from: *const u8,
    strides: [isize; 2],
    count: usize,
) {
    // Bytes that may be uninitialised and need no alignment, so that one function serves all dtypes of a size.
    let to = |i| {
        to.wrapping_offset(i * strides[0])
            .cast::<MaybeUninit<[u8; N]>>()
    };
    let from = |i| {
        from.wrapping_offset(i * strides[1])
            .cast::<MaybeUninit<[u8; N]>>()
    };
    let size = N as isize;
    // SAFETY: the caller's promise.
    unsafe {
        match strides {
            [stride, 0] if stride == size => {
                let value = from(0).read();
                for i in 0..count as isize {
                    to(0).offset(i).write(value);
                }
            }
            [stride, _] if stride == size => {
                for i in 0..count as isize {
                    to(0).offset(i).write(from(i).read());
                }
            }
            _ => {
                for i in 0..count as isize {
                    to(i).write(from(i).read());
                }
            }
        }
    }
}
