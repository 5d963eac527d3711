//! Arrays as JavaScript hands them in and takes them out: headers of machine words.
//!
//! # Invariants
//!
//! - **A1** A `RawArray` that reaches a kernel was made by [`new_array`] or [`IntoRaw::into_raw`] of this instance and
//!   not freed since. (JavaScript's `NdArray` keeps it; a freed array and one of another `load()` are refused there.)
//! - **A2** Its header has `header::SHAPE + 2 * rank` words, and every element that shape and strides reach lies in its
//!   allocation, `CAPACITY` bytes from `BASE`, aligned for the dtype. A view's header, whose `CAPACITY` is 0, reaches into
//!   the allocation of another one that is freed after it.
//! - **A3** The allocation was made by the global allocator with the dtype's alignment and `CAPACITY` bytes, or
//!   `CAPACITY` is 0 and nothing was allocated.
//! - **A4** During a call nothing else reads or writes the arrays of that call: JavaScript is inside the call. Views live
//!   no longer than the call's [`Scope`](crate::call::Scope).
//! - **A5** A mutable view exists only after [`disjoint`](crate::overlap::disjoint) has seen all arrays of the call.
//! - **A6** Bytes of a bool array are 0 or 1 before a view of it exists; every other dtype is valid for any bytes.
//! - **A7** A list argument is an array of one dimension, whose elements lie side by side and are `RawArray`s that A1, A2 and
//!   A4 hold for.

use crate::batches::Lifted;
use crate::fault::Fault;
use crate::operand::Operand;
use crate::overlap::Span;
use crate::scalar::Element;
use crate::ufunc::pack;
use kernel_schema::Dtype;
use kernel_schema::abi::{header, status};
use ndarray::{Array, ArrayRef, ArrayView, ArrayViewMut, Dimension};
use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ptr;

/// The address of an array's header; JavaScript sees a number.
pub type RawArray = *mut usize;

/// An array argument whose dtype is right.
pub struct Input<'call, T> {
    operand: Operand<'call>,
    marker: PhantomData<&'call T>,
}

impl<'call, T: Element> Input<'call, T> {
    /// # Safety
    ///
    /// A1, A2, and A4 for `'call`.
    pub(crate) unsafe fn new(raw: RawArray, place: u32) -> Result<Self, Fault> {
        // SAFETY: the caller's promise.
        let operand = unsafe { Operand::new(raw, place) };
        operand.require(T::DTYPE)?;
        Ok(Input {
            operand,
            marker: PhantomData,
        })
    }

    /// Number of dimensions.
    pub fn ndim(&self) -> usize {
        self.operand.ndim()
    }

    /// Size along an axis.
    pub fn dim(&self, axis: usize) -> i64 {
        self.operand.shape()[axis] as i64
    }

    /// Refuses another rank.
    pub fn rank(&self, expected: usize) -> Result<(), Fault> {
        self.operand.require_rank(expected, false)
    }

    /// Refuses a smaller rank.
    pub fn rank_at_least(&self, expected: usize) -> Result<(), Fault> {
        self.operand.require_rank(expected, true)
    }

    /// What the array touches, for [`disjoint`](crate::overlap::disjoint).
    pub fn span(&self, mutable: bool) -> Span {
        self.operand.span(mutable)
    }

    /// The array of a lifted kernel, whose last `core` axes are those of one batch.
    pub fn lift(&self, core: usize, mutable: bool) -> Lifted<'_, T> {
        Lifted::new(&self.operand, core, mutable)
    }

    /// The view for a read-only parameter. `D` must have the rank that was checked.
    ///
    /// # Safety
    ///
    /// A1, A2, A4; A5 where another argument is mutable.
    pub unsafe fn view<D: Dimension>(&self) -> ArrayView<'call, T, D> {
        // SAFETY: the caller's promise; `new` compared the dtype and saw to A6.
        unsafe { self.operand.view() }
    }

    /// The view for a mutable parameter. `D` must have the rank that was checked.
    ///
    /// # Safety
    ///
    /// A1, A2, A4, A5.
    pub unsafe fn view_mut<D: Dimension>(&self) -> ArrayViewMut<'call, T, D> {
        // SAFETY: the caller's promise; `new` compared the dtype and saw to A6.
        unsafe { self.operand.view_mut() }
    }
}

/// Size of a result along an axis.
pub fn axis_size<T, D: Dimension>(array: &ArrayRef<T, D>, axis: usize) -> i64 {
    array.shape()[axis] as i64
}

/// Refuses a result of another rank, or of a smaller one where more axes are allowed.
pub fn result_rank<T, D: Dimension>(
    array: &ArrayRef<T, D>,
    place: u32,
    expected: usize,
    more: bool,
) -> Result<(), Fault> {
    let rank = array.ndim();
    if rank == expected || more && rank > expected {
        return Ok(());
    }
    let minimum = f64::from(u8::from(more));
    Err(Fault::new(
        status::RANK,
        [place.into(), expected as f64, rank as f64, minimum],
    ))
}

/// A result that leaves as a header.
pub trait IntoRaw {
    /// The header, which JavaScript owns from now on.
    fn into_raw(self) -> RawArray;
}

impl<T: Element, D: Dimension> IntoRaw for Array<T, D> {
    fn into_raw(self) -> RawArray {
        into_raw(self, 0)
    }
}

/// The header of a result, with `leading` axes of size 1 before its own.
pub(crate) fn into_raw<T: Element, D: Dimension>(array: Array<T, D>, leading: usize) -> RawArray {
    let shape = [&vec![1; leading], array.shape()].concat();
    let strides = [&vec![0; leading], array.strides()].concat();
    let (vec, offset) = array.into_raw_vec_and_offset();
    let mut vec = ManuallyDrop::new(vec);
    let base = vec.as_mut_ptr();
    let elements = Allocation {
        data: base.wrapping_add(offset.unwrap_or(0)).cast(),
        base: base.cast(),
        capacity: vec.capacity() * size_of::<T>(),
    };
    // SAFETY: A2 and A3, they are the array's.
    unsafe { elements.into_result(T::DTYPE, &shape, &strides) }
}

pub(crate) struct Allocation {
    pub(crate) data: *mut u8,
    pub(crate) base: *mut u8,
    pub(crate) capacity: usize,
}

impl Allocation {
    fn with_header(self, dtype: Dtype, rank: usize) -> RawArray {
        let words: Box<[usize]> = vec![0; header::SHAPE + 2 * rank].into_boxed_slice();
        let raw = Box::into_raw(words).cast::<usize>();
        // SAFETY: five words at least; pointers are written as pointers, so that they keep their provenance.
        unsafe {
            raw.add(header::DATA).cast::<*mut u8>().write(self.data);
            raw.add(header::DTYPE).write(dtype.code());
            raw.add(header::RANK).write(rank);
            raw.add(header::BASE).cast::<*mut u8>().write(self.base);
            raw.add(header::CAPACITY).write(self.capacity);
        }
        raw
    }

    /// The header of a result; JavaScript's `data` of one is always in row-major order.
    ///
    /// # Safety
    ///
    /// Every element that shape and strides reach lies in the allocation, A3.
    pub(crate) unsafe fn into_result(
        self,
        dtype: Dtype,
        shape: &[usize],
        strides: &[isize],
    ) -> RawArray {
        let data = self.data;
        let raw = self.with_header(dtype, shape.len());
        // SAFETY: the header was made with this rank.
        unsafe { set_shape(raw, shape) };
        if is_row_major(shape, strides) {
            return raw;
        }
        let elements = shape.iter().product();
        let packed = new_array(dtype, shape.len(), elements);
        // SAFETY: the headers were made with this rank; the caller's promise for the elements, and the new array has room for as many.
        unsafe {
            if !packed.is_null() {
                set_shape(packed, shape);
                let to = packed.add(header::DATA).cast::<*mut u8>().read();
                let size = dtype.size() as isize;
                let strides = strides.iter().map(|stride| stride * size);
                pack(dtype.size(), (to, size), data, shape, strides);
            }
            free_array(raw);
        }
        if packed.is_null() {
            let layout = Layout::from_size_align(elements * dtype.size(), dtype.align());
            handle_alloc_error(layout.expect("the array itself was not larger"));
        }
        packed
    }
}

/// Whether the elements follow each other in row-major order.
fn is_row_major(shape: &[usize], strides: &[isize]) -> bool {
    if shape.contains(&0) {
        return true;
    }
    let mut next = 1;
    shape.iter().zip(strides).rev().all(|(&size, &stride)| {
        // Along one element there is no next one, and the stride may be anything.
        let follows = size == 1 || stride == next;
        next *= size as isize;
        follows
    })
}

/// Writes a shape with row-major strides.
///
/// # Safety
///
/// `raw` has room for the rank.
pub(crate) unsafe fn set_shape(raw: RawArray, shape: &[usize]) {
    let mut stride = 1;
    for (axis, &size) in shape.iter().enumerate().rev() {
        // SAFETY: the caller's promise.
        unsafe {
            raw.add(header::SHAPE + axis).write(size);
            raw.add(header::SHAPE + shape.len() + axis).write(stride);
        }
        stride *= size.max(1);
    }
}

/// A new array with unset contents, shape and strides, for JavaScript to fill; null if there is no memory for it.
pub(crate) fn new_array(dtype: Dtype, rank: usize, elements: usize) -> RawArray {
    let align = dtype.align();
    let allocated = elements.checked_mul(dtype.size()).and_then(|size| {
        let wanted = alignment(size).max(align);
        let layout = Layout::from_size_align(size.checked_add(wanted - align)?, align).ok()?;
        Some((layout, wanted))
    });
    let Some((layout, wanted)) = allocated else {
        return ptr::null_mut();
    };
    let base = if layout.size() == 0 {
        ptr::without_provenance_mut(align)
    } else {
        // SAFETY: the size is not zero.
        unsafe { alloc(layout) }
    };
    if base.is_null() {
        return ptr::null_mut();
    }
    Allocation {
        data: base.map_addr(|address| address.next_multiple_of(wanted)),
        base,
        capacity: layout.size(),
    }
    .with_header(dtype, rank)
}

/// Where the elements of an array of `size` bytes begin, for a sixteenth more memory at most: at a cache line, if that is so little, so
/// that no vector lies on two. Nor is an output then less than a line further on in its page than an input is, whose loads would
/// wait for its stores (Intel's 64 and IA-32 Architectures Optimization Reference Manual, "4-KByte aliasing"). At the starts of
/// pages all of them would wait at once: additions of 4M `f32` take 1.03 of the time that way.
fn alignment(size: usize) -> usize {
    const MOST: usize = 64;
    const SHARE: usize = 16;
    1 << (size / SHARE).clamp(1, MOST).ilog2()
}

/// Frees an array.
///
/// # Safety
///
/// A1, A2, A3; the header is not used again.
pub(crate) unsafe fn free_array(raw: RawArray) {
    // SAFETY: A2 for the words, A3 for the allocation; `with_header` made the header as a boxed slice.
    unsafe {
        let dtype = Dtype::from_code(raw.add(header::DTYPE).read()).expect("a header has a dtype");
        let rank = raw.add(header::RANK).read();
        let base = raw.add(header::BASE).cast::<*mut u8>().read();
        let capacity = raw.add(header::CAPACITY).read();
        if capacity != 0 {
            dealloc(
                base,
                Layout::from_size_align_unchecked(capacity, dtype.align()),
            );
        }
        let words = ptr::slice_from_raw_parts_mut(raw, header::SHAPE + 2 * rank);
        drop(Box::from_raw(words));
    }
}
