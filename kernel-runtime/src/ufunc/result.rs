//! Where results go: an array of JavaScript's, or a new one.

use super::broadcast::{count, no_memory};
use super::nest::{Nest, OUT};
use crate::array::{RawArray, free_array, new_array, set_shape};
use crate::call::Scope;
use crate::fault::Fault;
use crate::operand::Operand;
use crate::overlap::disjoint;
use kernel_schema::Dtype;
use kernel_schema::abi::status;
use std::ptr;

/// The output of a call.
pub(super) struct Output<'call> {
    operand: Operand<'call>,
    size: usize,
    in_place: bool,
    /// Freed if the call fails.
    fresh: Option<Fresh>,
}

struct Fresh(RawArray);

impl Drop for Fresh {
    fn drop(&mut self) {
        // SAFETY: A1 to A3, the array was made here and nobody else knows of it.
        unsafe { free_array(self.0) };
    }
}

impl<'call> Output<'call> {
    /// Checks `out`, or makes a new array if it is null.
    ///
    /// # Safety
    ///
    /// A1, A2 and A4 for `out`, and for the inputs as long as the output lives.
    pub(super) unsafe fn new(
        scope: &'call Scope,
        dtype: Dtype,
        shape: &[usize],
        out: RawArray,
        place: u32,
        inputs: &[Operand<'_>],
    ) -> Result<Self, Fault> {
        let elements = count(shape, dtype)?;
        if out.is_null() {
            let fresh = new_array(dtype, shape.len(), elements);
            if fresh.is_null() {
                return Err(no_memory(shape, dtype));
            }
            let fresh = Fresh(fresh);
            // SAFETY: the header was made with this rank, which makes it A1 and A2.
            let operand = unsafe {
                set_shape(fresh.0, shape);
                scope.operand(fresh.0, place)
            };
            return Ok(Output {
                operand,
                size: dtype.size(),
                in_place: false,
                fresh: Some(fresh),
            });
        }
        // SAFETY: the caller's promise.
        let operand = unsafe { scope.operand(out, place) };
        operand.require_dtype(dtype)?;
        operand.require_rank(shape.len(), false)?;
        for (axis, (&expected, &came)) in shape.iter().zip(operand.shape()).enumerate() {
            if came != expected {
                let values = [place as usize, axis, expected, came];
                return Err(Fault::new(status::SIZE, values.map(|value| value as f64)));
            }
        }
        let mut spans = vec![operand.span(true)];
        let others = inputs.iter().filter(|input| !input.is_same(&operand));
        spans.extend(others.map(|input| input.span(false)));
        disjoint(&spans)?;
        Ok(Output {
            operand,
            size: dtype.size(),
            in_place: spans.len() <= inputs.len(),
            fresh: None,
        })
    }

    /// Whether an input is the output.
    pub(super) fn in_place(&self) -> bool {
        self.in_place
    }

    /// The output's strides in bytes.
    pub(super) fn strides(&self) -> impl Iterator<Item = isize> {
        let size = self.size as isize;
        let strides = self.operand.strides().iter();
        strides.map(move |stride| stride.wrapping_mul(size))
    }

    /// Makes it the output of a nest of its shape.
    pub(super) fn write_to(&self, nest: &mut Nest) {
        nest.set(OUT, self.operand.data(), self.strides());
    }

    /// What is returned to JavaScript: a new array, or null for one that it gave.
    pub(super) fn finish(mut self) -> RawArray {
        match self.fresh.take() {
            None => ptr::null_mut(),
            Some(fresh) => {
                let raw = fresh.0;
                std::mem::forget(fresh);
                raw
            }
        }
    }
}
