//! Kernels that are lifted over leading dimensions: the loop around them, as around NumPy's generalized ufuncs.
//!
//! The arrays' last axes, as many as the signature lists, are the core: what one call of the function sees. Those before broadcast to the
//! shape of the loop, and every index of it is a batch. Which batches there are, where each begins, on which thread it runs
//! and where its results go is told here, once for all kernels; what an export adds is the function on one batch.
//!
//! # Invariants
//!
//! Beside A1 to A6 of [`crate::array`]:
//!
//! - **L1** [`Batches`] was made of the [`Axes`] of all arrays of the call; a view is asked for with the index that its array has among
//!   those. `Lifted` and `Batches` live no longer than the call.
//! - **L2** The index of a [`Batch`] lies within the loop's shape; a stretched axis has step 0. So a core at its offset lies in its
//!   array, by A2.
//! - **L3** Each batch runs once, and its views end with it. A mutable array has the loop's whole shape before its core and does not
//!   overlap itself (A5), so no two batches share an element of it.
//! - **L4** An output has a slot for each batch, of as many elements as the core's sizes make. Results are written after their shapes were
//!   compared with those sizes, each batch's into its own slot.
//! - **L5** An output's elements are read by nobody before its header is given away, and it is given away when all slots are
//!   written; else it is freed.

mod order;
mod results;

pub use results::{Outputs, Results};

use crate::array::RawArray;
use crate::fault::Fault;
use crate::operand::{self, Operand};
use crate::scalar::Element;
use crate::shapes;
use crate::sizes::CoreSize;
use kernel_schema::Dtype;
use kernel_schema::abi::status;
use ndarray::{ArrayView, ArrayViewMut, Dimension};

/// An array of a lifted kernel.
pub struct Lifted<'a, T> {
    data: *mut T,
    axes: Axes<'a>,
}

/// The axes of an array of a lifted kernel.
#[derive(Clone, Copy)]
pub struct Axes<'a> {
    place: u32,
    mutable: bool,
    /// How many of them, the last ones, are those of a batch.
    core: usize,
    shape: &'a [usize],
    /// In elements.
    strides: &'a [isize],
}

// SAFETY: elements are reached through the unsafe methods alone, which L3 makes right from any thread; they can be sent and shared.
unsafe impl<T: Element> Sync for Lifted<'_, T> {}

impl<'a, T: Element> Lifted<'a, T> {
    pub(crate) fn new(operand: &'a Operand<'_>, core: usize, mutable: bool) -> Self {
        Lifted {
            data: operand.data().cast(),
            axes: Axes {
                place: operand.place(),
                mutable,
                core,
                shape: operand.shape(),
                strides: operand.strides(),
            },
        }
    }

    /// What [`Batches::new`] asks.
    pub fn axes(&self) -> Axes<'a> {
        self.axes
    }

    /// A batch's view, for a read-only parameter. `D` has as many axes as the core.
    ///
    /// # Safety
    ///
    /// A1, A2, A4, A6; A5 where another argument is mutable; L1 with `index`.
    pub unsafe fn view<D: Dimension>(&self, batch: &Batch, index: usize) -> ArrayView<'_, T, D> {
        let (shape, strides) = self.axes.core();
        let data = self.data.wrapping_offset(batch.offsets[index]);
        // SAFETY: L2 for A2; the caller's promise for the rest.
        unsafe { operand::view(data, shape, strides) }
    }

    /// A batch's view, for a mutable parameter. `D` has as many axes as the core.
    ///
    /// # Safety
    ///
    /// A1, A2, A4, A5, A6; L1 with `index`, L3.
    pub unsafe fn view_mut<D: Dimension>(
        &self,
        batch: &Batch,
        index: usize,
    ) -> ArrayViewMut<'_, T, D> {
        let (shape, strides) = self.axes.core();
        let data = self.data.wrapping_offset(batch.offsets[index]);
        // SAFETY: L2 for A2, L3: nothing else sees these elements; the caller's promise for the rest.
        unsafe { operand::view_mut(data, shape, strides) }
    }
}

impl<'a> Axes<'a> {
    /// Of an array that was left out.
    pub const ABSENT: Axes<'static> = Axes {
        place: 0,
        mutable: false,
        core: 0,
        shape: &[],
        strides: &[],
    };

    /// Sizes before the core's.
    fn leading(&self) -> &'a [usize] {
        &self.shape[..self.shape.len() - self.core]
    }

    /// The core's sizes and strides.
    fn core(&self) -> (&'a [usize], &'a [isize]) {
        let leading = self.shape.len() - self.core;
        (&self.shape[leading..], &self.strides[leading..])
    }

    /// Elements of one batch.
    fn elements(&self) -> usize {
        let sizes = self.core().0.iter();
        sizes.fold(1, |elements, &size| elements.saturating_mul(size))
    }

    /// From one index of the loop to the next, in elements.
    fn steps(&self, shape: &[usize]) -> Vec<isize> {
        let leading = self.leading();
        let mut steps = vec![0; shape.len() - leading.len()];
        // Without elements strides may be anything, and so along one element.
        let empty = self.elements() == 0;
        let own = leading.iter().zip(self.strides);
        steps.extend(own.map(|(&size, &stride)| if empty || size == 1 { 0 } else { stride }));
        steps
    }

    /// Refuses a mutable array that would have to be stretched: NumPy does not stretch outputs either.
    fn check_whole(&self, shape: &[usize]) -> Result<(), Fault> {
        let (place, rank) = (f64::from(self.place), self.shape.len());
        let expected = shape.len() + self.core;
        if rank != expected {
            let detail = [place, expected as f64, rank as f64, 0.0];
            return Err(Fault::new(status::RANK, detail));
        }
        for (axis, (&came, &expected)) in self.leading().iter().zip(shape).enumerate() {
            if came != expected {
                let detail = [place, axis as f64, expected as f64, came as f64];
                return Err(Fault::new(status::SIZE, detail));
            }
        }
        Ok(())
    }
}

/// The loop of one call.
pub struct Batches {
    shape: Vec<usize>,
    count: usize,
    /// By array and axis of the loop, in elements.
    steps: Vec<Vec<isize>>,
    /// How many elements of all arrays a batch has.
    elements: usize,
}

impl Batches {
    /// The loop over these arrays; refuses leading dimensions that do not broadcast.
    pub fn new(arrays: &[Axes<'_>]) -> Result<Batches, Fault> {
        let leading: Vec<_> = arrays
            .iter()
            .map(|array| (array.place, array.leading()))
            .collect();
        let shape = shapes::broadcast(&leading)?;
        for array in arrays.iter().filter(|array| array.mutable) {
            array.check_whole(&shape)?;
        }
        Ok(Batches {
            // A loop that no memory would have a byte of each batch for ends on no machine.
            count: shapes::count(&shape, Dtype::Uint8)?,
            steps: arrays.iter().map(|array| array.steps(&shape)).collect(),
            elements: arrays
                .iter()
                .map(Axes::elements)
                .fold(0, usize::saturating_add),
            shape,
        })
    }

    /// An axis of one batch's result, as it is counted in the whole result.
    pub fn axis(&self, core: usize) -> i32 {
        (self.shape.len() + core) as i32
    }

    /// Runs `one` on every batch, and makes each of its results one array of all batches. `cores` has the sizes of each result.
    ///
    /// Where batches fail or panic, the first of them in row-major order does so, whatever the number of threads.
    pub fn run<R: Results>(
        &self,
        cores: &[&[CoreSize]],
        one: impl Fn(&Batch) -> Result<R, Fault> + Sync,
    ) -> Result<Outputs, Fault> {
        let mut cores: Vec<Vec<CoreSize>> = cores.iter().map(|core| core.to_vec()).collect();
        if self.count == 1 {
            let results = one(&self.batch(0))?;
            self.check(&results, &cores, 0)?;
            return Ok(Outputs::of_one(results, self.shape.len()));
        }
        let mut first = None;
        let is_free = |size: &CoreSize| size.known().is_none();
        if cores.iter().flatten().any(is_free) {
            if self.count == 0 {
                return Err(self.unknown(&cores));
            }
            let results = one(&self.batch(0))?;
            self.check(&results, &cores, 0)?;
            results.each_shape(&mut |index, shape| {
                for (core, &size) in cores[index].iter_mut().zip(shape) {
                    if is_free(core) {
                        *core = CoreSize::Batch(size as i64);
                    }
                }
                Ok(())
            })?;
            first = Some(results);
        }
        let outputs = Outputs::new(R::DTYPES, &self.shape, &cores)?;
        let done = usize::from(first.is_some());
        if let Some(results) = first {
            // SAFETY: L4.
            unsafe { results.write(&|index| outputs.slot(index, 0)) };
        }
        self.each(
            done,
            self.elements.saturating_add(outputs.elements()),
            &|batch| {
                let results = one(batch)?;
                self.check(&results, &cores, batch.number)?;
                // SAFETY: L4.
                unsafe { results.write(&|index| outputs.slot(index, batch.number)) };
                Ok(())
            },
        )?;
        Ok(outputs)
    }

    /// Refuses results of other sizes.
    fn check(
        &self,
        results: &impl Results,
        cores: &[Vec<CoreSize>],
        batch: usize,
    ) -> Result<(), Fault> {
        results.each_shape(&mut |index, shape| {
            let place = status::RESULT + index as u32;
            for (axis, (core, &size)) in cores[index].iter().zip(shape).enumerate() {
                core.check(place, self.axis(axis), size as i64, batch)?;
            }
            Ok(())
        })
    }

    /// The refusal where there is no batch that would tell a size.
    #[cold]
    fn unknown(&self, cores: &[Vec<CoreSize>]) -> Fault {
        let sizes = cores.iter().enumerate().flat_map(|(index, core)| {
            let axes = core.iter().enumerate();
            axes.map(move |(axis, size)| (index, axis, size))
        });
        let mut unknown = sizes.filter(|(_, _, size)| size.known().is_none());
        let (index, axis, _) = unknown.next().expect("a size is free");
        let place = f64::from(status::RESULT) + index as f64;
        Fault::new(status::BATCH_NONE, [place, self.axis(axis).into()])
    }

    /// The batch with this number in row-major order.
    fn batch(&self, number: usize) -> Batch {
        let mut index = vec![0; self.shape.len()];
        let mut rest = number;
        for (place, &size) in index.iter_mut().zip(&self.shape).rev() {
            (rest, *place) = (rest / size, rest % size);
        }
        let offset = |steps: &Vec<isize>| {
            let steps = steps.iter().zip(&index);
            steps.map(|(&step, &index)| step * index as isize).sum()
        };
        Batch {
            number,
            offsets: self.steps.iter().map(offset).collect(),
            index,
        }
    }
}

/// One index of the loop.
pub struct Batch {
    /// In row-major order.
    number: usize,
    index: Vec<usize>,
    /// From the first element of each array to that of the batch, in elements.
    offsets: Vec<isize>,
}

impl Batch {
    /// Goes on to the next one; from the last to the first.
    fn advance(&mut self, batches: &Batches) {
        self.number += 1;
        for axis in (0..self.index.len()).rev() {
            self.index[axis] += 1;
            let back = batches.shape[axis];
            let around = self.index[axis] == back;
            for (offset, steps) in self.offsets.iter_mut().zip(&batches.steps) {
                *offset += steps[axis];
                if around {
                    *offset -= steps[axis] * back as isize;
                }
            }
            if !around {
                return;
            }
            self.index[axis] = 0;
        }
    }
}
