use crate::array::RawArray;
use crate::fault::Fault;
use crate::overlap::Span;
use kernel_schema::Dtype;
use kernel_schema::abi::{header, status};
use ndarray::{ArrayView, ArrayViewMut, Axis, Dimension, ShapeBuilder};
use std::marker::PhantomData;
use std::ptr::NonNull;
use std::slice;

/// An array argument: what its header says, of whatever dtype. Invariants A1 to A6 of [`crate::array`].
pub(crate) struct Operand<'call> {
    header: NonNull<usize>,
    place: u32,
    marker: PhantomData<&'call ()>,
}

impl<'call> Operand<'call> {
    /// # Safety
    ///
    /// A1, A2, and A4 for `'call`.
    pub(crate) unsafe fn new(raw: RawArray, place: u32) -> Self {
        Operand {
            header: NonNull::new(raw).expect("JavaScript passes no null for an array"),
            place,
            marker: PhantomData,
        }
    }

    /// Refuses another dtype, and bools that are none.
    pub(crate) fn require(&self, dtype: Dtype) -> Result<(), Fault> {
        self.require_dtype(dtype)?;
        if dtype == Dtype::Bool {
            self.check_bools()?;
        }
        Ok(())
    }

    /// Refuses another dtype; for what is written before it is read.
    pub(crate) fn require_dtype(&self, dtype: Dtype) -> Result<(), Fault> {
        let code = self.word(header::DTYPE);
        if code == dtype.code() {
            return Ok(());
        }
        Err(Fault::new(
            status::DTYPE,
            [self.place.into(), dtype.code() as f64, code as f64],
        ))
    }

    /// Refuses another rank, or a smaller one where expected is a minimum.
    pub(crate) fn require_rank(&self, expected: usize, minimum: bool) -> Result<(), Fault> {
        let rank = self.ndim();
        if rank == expected || minimum && rank > expected {
            return Ok(());
        }
        Err(Fault::new(
            status::RANK,
            [
                self.place.into(),
                expected as f64,
                rank as f64,
                f64::from(u8::from(minimum)),
            ],
        ))
    }

    /// Where it stands among the arguments.
    pub(crate) fn place(&self) -> u32 {
        self.place
    }

    fn word(&self, index: usize) -> usize {
        // SAFETY: A2, every index used here is below the header's length.
        unsafe { self.header.add(index).read() }
    }

    fn dtype(&self) -> Dtype {
        Dtype::from_code(self.word(header::DTYPE)).expect("a header has a dtype")
    }

    /// Whether every index reaches the same element in both arrays.
    pub(crate) fn is_same(&self, other: &Operand<'_>) -> bool {
        let strides = self.strides().iter().zip(other.strides());
        // Along one element the stride may be anything.
        let mut axes = self.shape().iter().zip(strides);
        // Arrays without elements share none, and all have the same address.
        !self.shape().contains(&0)
            && self.data() == other.data()
            && self.dtype() == other.dtype()
            && self.shape() == other.shape()
            && axes.all(|(&size, (own, others))| size == 1 || own == others)
    }

    /// Address of the first element.
    pub(crate) fn data(&self) -> *mut u8 {
        // Read as a pointer, so that the address keeps its provenance.
        // SAFETY: A2; a pointer is one word.
        unsafe { self.header.add(header::DATA).cast::<*mut u8>().read() }
    }

    /// Number of dimensions.
    pub(crate) fn ndim(&self) -> usize {
        self.word(header::RANK)
    }

    /// Sizes.
    pub(crate) fn shape(&self) -> &[usize] {
        // SAFETY: A2.
        unsafe { slice::from_raw_parts(self.header.add(header::SHAPE).as_ptr(), self.ndim()) }
    }

    /// Strides in elements.
    pub(crate) fn strides(&self) -> &[isize] {
        let first = header::SHAPE + self.ndim();
        // SAFETY: A2; isize and usize have one layout.
        unsafe { slice::from_raw_parts(self.header.add(first).cast().as_ptr(), self.ndim()) }
    }

    /// What the array touches, for [`disjoint`](crate::overlap::disjoint).
    pub(crate) fn span(&self, mutable: bool) -> Span {
        Span::new(
            self.place,
            mutable,
            self.data() as usize,
            self.dtype().size(),
            self.shape(),
            self.strides(),
        )
    }

    /// A read-only view. `D` must have the array's rank.
    ///
    /// # Safety
    ///
    /// A1, A2, A4; `T` is the dtype's type; A5 where another argument is mutable; A6.
    pub(crate) unsafe fn view<T, D: Dimension>(&self) -> ArrayView<'call, T, D> {
        // SAFETY: the caller's promise.
        unsafe { view(self.data().cast(), self.shape(), self.strides()) }
    }

    /// A mutable view. `D` must have the array's rank.
    ///
    /// # Safety
    ///
    /// A1, A2, A4, A5, A6; `T` is the dtype's type.
    pub(crate) unsafe fn view_mut<T, D: Dimension>(&self) -> ArrayViewMut<'call, T, D> {
        // SAFETY: the caller's promise.
        unsafe { view_mut(self.data().cast(), self.shape(), self.strides()) }
    }

    fn check_bools(&self) -> Result<(), Fault> {
        // SAFETY: A2, A4; no mutable view exists yet.
        match unsafe { first_no_bool(self.data(), self.shape(), self.strides()) } {
            None => Ok(()),
            Some((index, byte)) => Err(Fault::new(
                status::BOOL,
                [self.place.into(), index as f64, byte.into()],
            )),
        }
    }
}

/// The first byte that is neither 0 nor 1, and its index in row-major order.
///
/// # Safety
///
/// A2, A4: every index reaches a byte.
unsafe fn first_no_bool(
    data: *const u8,
    shape: &[usize],
    strides: &[isize],
) -> Option<(usize, u8)> {
    let ([size, shape @ ..], [stride, strides @ ..]) = (shape, strides) else {
        // SAFETY: the caller's promise.
        let byte = unsafe { data.read() };
        return (byte > 1).then_some((0, byte));
    };
    if shape.is_empty() && *stride == 1 {
        // SAFETY: the caller's promise.
        let bytes = unsafe { slice::from_raw_parts(data, *size) };
        // Without an early exit, so that it is vectorised.
        if bytes.iter().fold(0, |all, byte| all | byte) <= 1 {
            return None;
        }
    }
    let inner: usize = shape.iter().product();
    if inner == 0 {
        return None;
    }
    (0..*size).find_map(|i| {
        let data = data.wrapping_offset(i as isize * stride);
        // SAFETY: the caller's promise.
        let (index, byte) = unsafe { first_no_bool(data, shape, strides) }?;
        Some((i * inner + index, byte))
    })
}

/// A read-only view of the elements that shape and strides reach from `data`, along as many axes as `D` has.
///
/// # Safety
///
/// A2 for them; A4, A5 and A6 for the array that they are of.
pub(crate) unsafe fn view<'call, T, D: Dimension>(
    data: *mut T,
    shape: &[usize],
    strides: &[isize],
) -> ArrayView<'call, T, D> {
    let layout = ViewLayout::<D>::new(shape, strides);
    // SAFETY: A2 for memory and alignment, A4 and A5 for aliasing, A6 for the values; `ViewLayout` made
    // the strides non-negative and moved the pointer to the lowest address.
    let mut view = unsafe {
        ArrayView::from_shape_ptr(
            layout.dim.strides(layout.strides),
            data.offset(layout.offset),
        )
    };
    for (axis, &stride) in strides.iter().enumerate() {
        if stride < 0 {
            view.invert_axis(Axis(axis));
        }
    }
    view
}

/// A mutable view, as [`view`].
///
/// # Safety
///
/// As for [`view`]; nothing else sees these elements as long as the view lives.
pub(crate) unsafe fn view_mut<'call, T, D: Dimension>(
    data: *mut T,
    shape: &[usize],
    strides: &[isize],
) -> ArrayViewMut<'call, T, D> {
    let layout = ViewLayout::<D>::new(shape, strides);
    // Not by way of one raw view for both: that for mutable elements refuses the strides of 0 that `view` takes.
    // SAFETY: as in `view`; the caller made the elements distinct and unshared.
    let mut view = unsafe {
        ArrayViewMut::from_shape_ptr(
            layout.dim.strides(layout.strides),
            data.offset(layout.offset),
        )
    };
    for (axis, &stride) in strides.iter().enumerate() {
        if stride < 0 {
            view.invert_axis(Axis(axis));
        }
    }
    view
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
