use crate::area;
use crate::array::{Input, IntoRaw, RawArray};
use crate::fault::Fault;
use crate::list;
use crate::opaque::{self, Lent, RawHandle};
use crate::operand::Operand;
use crate::panic;
use crate::scalar::{Element, Scalar};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One call: what lives no longer than it borrows from here.
pub struct Scope(());

impl Scope {
    /// An array argument whose dtype is right.
    ///
    /// # Safety
    ///
    /// A1, A2 and A4 of [`crate::array`].
    pub unsafe fn input<T: Element>(
        &self,
        raw: RawArray,
        place: u32,
    ) -> Result<Input<'_, T>, Fault> {
        // SAFETY: the caller's promise; the borrow of `self` ends with the call.
        unsafe { Input::new(raw, place) }
    }

    /// A list argument, the dtype of whose arrays is right.
    ///
    /// # Safety
    ///
    /// A1, A2, A4 and A7 of [`crate::array`].
    pub unsafe fn inputs<T: Element>(
        &self,
        raw: RawArray,
        place: u32,
    ) -> Result<Vec<Input<'_, T>>, Fault> {
        // SAFETY: the caller's promise; the borrow of `self` ends with the call.
        unsafe { list::inputs(raw, place) }
    }

    /// An array argument of whatever dtype.
    ///
    /// # Safety
    ///
    /// A1, A2 and A4 of [`crate::array`].
    pub(crate) unsafe fn operand(&self, raw: RawArray, place: u32) -> Operand<'_> {
        // SAFETY: the caller's promise; the borrow of `self` ends with the call.
        unsafe { Operand::new(raw, place) }
    }

    /// A handle argument.
    ///
    /// # Safety
    ///
    /// O1 and O3 of [`crate::opaque`].
    pub unsafe fn handle<S: 'static>(&self, raw: RawHandle, place: u32) -> Lent<'_, S> {
        // SAFETY: the caller's promise; the borrow of `self` ends with the call.
        unsafe { Lent::new(raw, place) }
    }

    /// Leaves one of several results, a scalar.
    pub fn scalar_result(&self, index: usize, value: impl Scalar) {
        area::set_result(index, value.to_slot());
    }

    /// Leaves one of several results, an array or a list.
    pub fn array_result(&self, index: usize, value: impl IntoRaw) {
        self.raw_result(index, value.into_raw());
    }

    /// Leaves one of several results, a header that JavaScript owns from now on.
    pub(crate) fn raw_result(&self, index: usize, raw: RawArray) {
        area::set_result(index, raw as u64);
    }

    /// Leaves one of several results, a struct.
    pub fn handle_result(&self, index: usize, value: impl Sized + 'static) {
        area::set_result(index, opaque::into_raw(value) as u64);
    }
}

/// A wasm result, with what is returned in its stead when the call is refused.
pub trait RawResult {
    /// Never read: JavaScript looks at the status first.
    const REFUSED: Self;
}

macro_rules! raw_results {
    ($($ty:ty: $refused:expr),*) => {$(
        impl RawResult for $ty {
            const REFUSED: Self = $refused;
        }
    )*};
}

raw_results!((): (), i32: 0, i64: 0, f32: 0.0, f64: 0.0, RawArray: std::ptr::null_mut(), RawHandle: std::ptr::null_mut());

/// Runs the body of a kernel's export: a refusal and a panic end in the call area, not in the caller.
pub fn call<R: RawResult>(body: impl for<'call> FnOnce(&'call Scope) -> Result<R, Fault>) -> R {
    let scope = Scope(());
    let fault = match catch_unwind(AssertUnwindSafe(|| body(&scope))) {
        Ok(Ok(result)) => return result,
        Ok(Err(fault)) => fault,
        Err(payload) => panic::fault(payload),
    };
    area::report(fault);
    R::REFUSED
}
