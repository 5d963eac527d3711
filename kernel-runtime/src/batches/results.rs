//! Where the results of batches go: one array for all of them.

use super::RawArray;
use crate::array::{free_array, into_raw, new_array, set_shape};
use crate::call::Scope;
use crate::fault::Fault;
use crate::scalar::{Element, Scalar};
use crate::shapes::{count, no_memory};
use crate::sizes::CoreSize;
use crate::ufunc::pack;
use kernel_schema::Dtype;
use kernel_schema::abi::header;
use ndarray::{Array, Dimension, arr0};

/// One result of one batch: an array or a scalar.
pub trait Piece: Send {
    /// Of its elements.
    const DTYPE: Dtype;
    /// Its sizes.
    fn shape(&self) -> &[usize];
    /// Writes its elements, in row-major order.
    ///
    /// # Safety
    ///
    /// There is aligned room for them at `slot`, which nothing else touches.
    unsafe fn write(self, slot: *mut u8);
    /// It as the whole result, with `leading` axes of size 1 before its own.
    fn into_raw(self, leading: usize) -> RawArray;
}

impl<T: Element, D: Dimension> Piece for Array<T, D> {
    const DTYPE: Dtype = T::DTYPE;

    fn shape(&self) -> &[usize] {
        (**self).shape()
    }

    unsafe fn write(self, slot: *mut u8) {
        let size = size_of::<T>();
        let strides = self.strides().iter().map(|stride| stride * size as isize);
        let from = self.as_ptr().cast();
        // SAFETY: the caller's promise; the indices are the array's.
        unsafe {
            pack(
                size,
                (slot, size as isize),
                from,
                Piece::shape(&self),
                strides,
            )
        };
    }

    fn into_raw(self, leading: usize) -> RawArray {
        into_raw(self, leading)
    }
}

impl<T: Scalar> Piece for T {
    const DTYPE: Dtype = T::DTYPE;

    fn shape(&self) -> &[usize] {
        &[]
    }

    unsafe fn write(self, slot: *mut u8) {
        // SAFETY: the caller's promise.
        unsafe { slot.cast::<T>().write(self) };
    }

    fn into_raw(self, leading: usize) -> RawArray {
        into_raw(arr0(self), leading)
    }
}

/// Gets the sizes of a result by its index.
pub type See<'a> = dyn FnMut(usize, &[usize]) -> Result<(), Fault> + 'a;

/// All results of one batch.
pub trait Results: Send {
    /// Of each one's elements.
    const DTYPES: &'static [Dtype];
    /// Shows the sizes of each, until one is refused.
    fn each_shape(&self, see: &mut See<'_>) -> Result<(), Fault>;
    /// Writes each one's elements, in row-major order.
    ///
    /// # Safety
    ///
    /// There is aligned room for them at the slot of its index, which nothing else touches.
    unsafe fn write(self, slot: &dyn Fn(usize) -> *mut u8);
    /// Each as the whole result, with `leading` axes of size 1 before its own.
    fn into_raws(self, leading: usize, see: &mut dyn FnMut(RawArray));
}

macro_rules! results {
    ($($piece:ident $index:tt)*) => {
        impl<$($piece: Piece),*> Results for ($($piece,)*) {
            const DTYPES: &'static [Dtype] = &[$($piece::DTYPE),*];

            fn each_shape(&self, _see: &mut See<'_>) -> Result<(), Fault> {
                $(_see($index, self.$index.shape())?;)*
                Ok(())
            }

            unsafe fn write(self, _slot: &dyn Fn(usize) -> *mut u8) {
                // SAFETY: the caller's promise.
                $(unsafe { self.$index.write(_slot($index)) };)*
            }

            fn into_raws(self, _leading: usize, _see: &mut dyn FnMut(RawArray)) {
                $(_see(self.$index.into_raw(_leading));)*
            }
        }
    };
}

results!();
results!(A 0);
results!(A 0 B 1);
results!(A 0 B 1 C 2);
results!(A 0 B 1 C 2 D 3);
results!(A 0 B 1 C 2 D 3 E 4);
results!(A 0 B 1 C 2 D 3 E 4 F 5);
results!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
results!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
results!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8);
results!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9);
results!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10);
results!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);
results!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12);
results!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13);
results!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14);
results!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14 P 15);

/// The results of a call: freed, unless they are given to JavaScript.
pub struct Outputs(Vec<Output>);

struct Output {
    raw: RawArray,
    data: *mut u8,
    /// Elements of a batch.
    elements: usize,
    /// What they take.
    bytes: usize,
}

// SAFETY: shared between threads, it gives addresses alone; L4 and L5.
unsafe impl Sync for Outputs {}

impl Drop for Output {
    fn drop(&mut self) {
        // SAFETY: A1 to A3, the array was made here and nobody else knows of it: `give` forgets it.
        unsafe { free_array(self.raw) };
    }
}

impl Output {
    fn new(raw: RawArray, elements: usize, bytes: usize) -> Output {
        // SAFETY: A2, read as a pointer, so that it keeps its provenance.
        let data = unsafe { raw.add(header::DATA).cast::<*mut u8>().read() };
        Output {
            raw,
            data,
            elements,
            bytes,
        }
    }

    fn give(self) -> RawArray {
        let raw = self.raw;
        std::mem::forget(self);
        raw
    }
}

impl Outputs {
    /// New arrays of the loop's shape and, behind that, the core's, which is known.
    pub(super) fn new(
        dtypes: &[Dtype],
        shape: &[usize],
        cores: &[Vec<CoreSize>],
    ) -> Result<Outputs, Fault> {
        let output = |(&dtype, core): (&Dtype, &Vec<CoreSize>)| {
            let size = |size: &CoreSize| {
                let known = size.known().expect("a batch has told");
                // What no address space has is refused with what all of it would take.
                usize::try_from(known).unwrap_or(usize::MAX)
            };
            let core: Vec<usize> = core.iter().map(size).collect();
            let whole = [shape, &core].concat();
            let elements = count(&whole, dtype)?;
            let raw = new_array(dtype, whole.len(), elements);
            if raw.is_null() {
                return Err(no_memory(&whole, dtype));
            }
            // SAFETY: the header was made with this rank.
            unsafe { set_shape(raw, &whole) };
            let own = core.iter().product();
            Ok(Output::new(raw, own, own * dtype.size()))
        };
        let outputs = dtypes.iter().zip(cores).map(output);
        outputs.collect::<Result<_, _>>().map(Outputs)
    }

    /// The results of the only batch, without a copy.
    pub(super) fn of_one(results: impl Results, leading: usize) -> Outputs {
        let mut outputs = Vec::new();
        results.into_raws(leading, &mut |raw| outputs.push(Output::new(raw, 0, 0)));
        Outputs(outputs)
    }

    /// How many elements of all results a batch has.
    pub(super) fn elements(&self) -> usize {
        self.0.iter().map(|output| output.elements).sum()
    }

    /// Where a batch's result goes.
    pub(super) fn slot(&self, index: usize, batch: usize) -> *mut u8 {
        let output = &self.0[index];
        output.data.wrapping_add(batch * output.bytes)
    }

    /// The headers, which JavaScript owns from now on.
    pub fn into_raws(self) -> impl Iterator<Item = RawArray> {
        self.0.into_iter().map(Output::give)
    }

    /// The header of the one result.
    pub fn one(self) -> RawArray {
        self.into_raws().next().expect("there is a result")
    }

    /// Leaves several results in the call area.
    pub fn several(self, scope: &Scope) {
        for (index, raw) in self.into_raws().enumerate() {
            scope.raw_result(index, raw);
        }
    }
}
