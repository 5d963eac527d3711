//! Arrays as JavaScript hands them in and takes them out: headers of machine words.
//!
//! # Invariants
//!
//! - **A1** A `RawArray` that reaches a kernel was made by [`new_array`] or [`IntoRaw::into_raw`] of this instance and
//!   not freed since. (JavaScript's `NdArray` keeps it; a freed array and one of another `load()` are refused there.)
//! - **A2** Its header has `header::SHAPE + 2 * rank` words, and every element that shape and strides reach lies in its
//!   allocation, `CAPACITY` bytes from `BASE`, aligned for the dtype.
//! - **A3** The allocation was made by the global allocator with the dtype's alignment and `CAPACITY` bytes, or
//!   `CAPACITY` is 0 and nothing was allocated.
//! - **A4** During a call nothing else reads or writes the arrays of that call: JavaScript is inside the call. Views live
//!   no longer than the call's [`Scope`](crate::call::Scope).
//! - **A5** A mutable view exists only after [`disjoint`](crate::overlap::disjoint) has seen all arrays of the call.
//! - **A6** Bytes of a bool array are 0 or 1 before a view of it exists; every other dtype is valid for any bytes.

use crate::fault::Fault;
use crate::overlap::Span;
use crate::scalar::Element;
use kernel_schema::Dtype;
use kernel_schema::abi::{header, status};
use ndarray::{Array, ArrayRef, ArrayView, ArrayViewMut, Axis, Dimension, ShapeBuilder};
use std::alloc::{Layout, alloc, dealloc};
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ptr::{self, NonNull};
use std::slice;

/// The address of an array's header; JavaScript sees a number.
pub type RawArray = *mut usize;

/// An array argument whose dtype is right.
pub struct Input<'call, T> {
    header: NonNull<usize>,
    place: u32,
    marker: PhantomData<&'call T>,
}

impl<'call, T: Element> Input<'call, T> {
    /// # Safety
    ///
    /// A1, A2, and A4 for `'call`.
    pub(crate) unsafe fn new(raw: RawArray, place: u32) -> Result<Self, Fault> {
        let header = NonNull::new(raw).expect("JavaScript passes no null for an array");
        let input = Input {
            header,
            place,
            marker: PhantomData,
        };
        let code = input.word(header::DTYPE);
        if code != T::DTYPE.code() {
            return Err(Fault::new(
                status::DTYPE,
                [place.into(), T::DTYPE.code() as f64, code as f64],
            ));
        }
        if T::DTYPE == Dtype::Bool {
            input.check_bools()?;
        }
        Ok(input)
    }

    fn word(&self, index: usize) -> usize {
        // SAFETY: A2, every index used here is below the header's length.
        unsafe { self.header.add(index).read() }
    }

    fn data(&self) -> *mut T {
        // Read as a pointer, so that the address keeps its provenance.
        // SAFETY: A2; a pointer is one word.
        unsafe { self.header.add(header::DATA).cast::<*mut T>().read() }
    }

    /// Number of dimensions.
    pub fn ndim(&self) -> usize {
        self.word(header::RANK)
    }

    /// Size along an axis.
    pub fn dim(&self, axis: usize) -> i64 {
        self.shape()[axis] as i64
    }

    /// Refuses another rank.
    pub fn rank(&self, expected: usize) -> Result<(), Fault> {
        self.check_rank(expected, self.ndim() == expected, 0.0)
    }

    /// Refuses a smaller rank.
    pub fn rank_at_least(&self, expected: usize) -> Result<(), Fault> {
        self.check_rank(expected, self.ndim() >= expected, 1.0)
    }

    fn check_rank(&self, expected: usize, right: bool, minimum: f64) -> Result<(), Fault> {
        if right {
            return Ok(());
        }
        Err(Fault::new(
            status::RANK,
            [
                self.place.into(),
                expected as f64,
                self.ndim() as f64,
                minimum,
            ],
        ))
    }

    fn shape(&self) -> &[usize] {
        // SAFETY: A2.
        unsafe { slice::from_raw_parts(self.header.add(header::SHAPE).as_ptr(), self.ndim()) }
    }

    fn strides(&self) -> &[isize] {
        let first = header::SHAPE + self.ndim();
        // SAFETY: A2; isize and usize have one layout.
        unsafe { slice::from_raw_parts(self.header.add(first).cast().as_ptr(), self.ndim()) }
    }

    /// What the array touches, for [`disjoint`](crate::overlap::disjoint).
    pub fn span(&self, mutable: bool) -> Span {
        Span::new(
            self.place,
            mutable,
            self.data() as usize,
            size_of::<T>(),
            self.shape(),
            self.strides(),
        )
    }

    /// The view for a read-only parameter. `D` must have the rank that was checked.
    ///
    /// # Safety
    ///
    /// A1, A2, A4; A5 where another argument is mutable.
    pub unsafe fn view<D: Dimension>(&self) -> ArrayView<'call, T, D> {
        let layout = ViewLayout::<D>::new(self.shape(), self.strides());
        // SAFETY: A2 for memory and alignment, A4 and A5 for aliasing, A6 for the values; `ViewLayout` made
        // the strides non-negative and moved the pointer to the lowest address.
        let mut view = unsafe {
            ArrayView::from_shape_ptr(
                layout.dim.strides(layout.strides),
                self.data().offset(layout.offset),
            )
        };
        for (axis, &stride) in self.strides().iter().enumerate() {
            if stride < 0 {
                view.invert_axis(Axis(axis));
            }
        }
        view
    }

    /// The view for a mutable parameter. `D` must have the rank that was checked.
    ///
    /// # Safety
    ///
    /// A1, A2, A4, A5.
    pub unsafe fn view_mut<D: Dimension>(&self) -> ArrayViewMut<'call, T, D> {
        let layout = ViewLayout::<D>::new(self.shape(), self.strides());
        // SAFETY: as in `view`; A5 makes the elements distinct and unshared.
        let mut view = unsafe {
            ArrayViewMut::from_shape_ptr(
                layout.dim.strides(layout.strides),
                self.data().offset(layout.offset),
            )
        };
        for (axis, &stride) in self.strides().iter().enumerate() {
            if stride < 0 {
                view.invert_axis(Axis(axis));
            }
        }
        view
    }

    fn check_bools(&self) -> Result<(), Fault> {
        let bytes = Input::<'call, u8> {
            header: self.header,
            place: self.place,
            marker: PhantomData,
        };
        // SAFETY: A1, A2, A4; u8 is valid for any byte, and no mutable view exists yet.
        let view = unsafe { bytes.view::<ndarray::IxDyn>() };
        match view.iter().position(|&byte| byte > 1) {
            None => Ok(()),
            Some(index) => {
                let byte = *view.iter().nth(index).expect("position is in range");
                Err(Fault::new(
                    status::BOOL,
                    [self.place.into(), index as f64, byte.into()],
                ))
            }
        }
    }
}

/// Shape and strides as ndarray's pointer constructors take them: no negative stride, the pointer at the lowest
/// address. (`from_shape_ptr` of ndarray 0.17 panics on negative strides in debug builds.)
struct ViewLayout<D> {
    dim: D,
    strides: D,
    offset: isize,
}

impl<D: Dimension> ViewLayout<D> {
    fn new(shape: &[usize], signed: &[isize]) -> Self {
        let mut dim = D::zeros(shape.len());
        let mut strides = D::zeros(shape.len());
        let mut offset = 0;
        let empty = shape.contains(&0);
        for (axis, (&size, &stride)) in shape.iter().zip(signed).enumerate() {
            dim[axis] = size;
            strides[axis] = stride.unsigned_abs();
            if stride < 0 && !empty {
                offset += (size as isize - 1) * stride;
            }
        }
        ViewLayout {
            dim,
            strides,
            offset,
        }
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
        let shape = self.shape().to_vec();
        // JavaScript's `data` of a result is always in row-major order.
        let array = if self.is_standard_layout() {
            self
        } else {
            self.as_standard_layout().into_owned()
        };
        let (vec, offset) = array.into_raw_vec_and_offset();
        let mut vec = ManuallyDrop::new(vec);
        let base = vec.as_mut_ptr();
        let array = Allocation {
            data: base.wrapping_add(offset.unwrap_or(0)).cast(),
            base: base.cast(),
            capacity: vec.capacity() * size_of::<T>(),
        };
        let raw = array.with_header(T::DTYPE, shape.len());
        // SAFETY: the header was made with this rank.
        unsafe { set_shape(raw, &shape) };
        raw
    }
}

struct Allocation {
    data: *mut u8,
    base: *mut u8,
    capacity: usize,
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
}

/// Writes a shape with row-major strides.
///
/// # Safety
///
/// `raw` has room for the rank.
unsafe fn set_shape(raw: RawArray, shape: &[usize]) {
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
    let Some(layout) = elements
        .checked_mul(dtype.size())
        .and_then(|bytes| Layout::from_size_align(bytes, dtype.align()).ok())
    else {
        return ptr::null_mut();
    };
    let data = if layout.size() == 0 {
        ptr::without_provenance_mut(layout.align())
    } else {
        // SAFETY: the size is not zero.
        unsafe { alloc(layout) }
    };
    if data.is_null() {
        return ptr::null_mut();
    }
    Allocation {
        data,
        base: data,
        capacity: layout.size(),
    }
    .with_header(dtype, rank)
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
