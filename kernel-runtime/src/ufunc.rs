//! Universal functions: a function of scalars, applied to arrays as NumPy applies its ufuncs.
//!
//! `#[ufunc]` makes a static [`Loop`] per instance of dtypes, whose code is typed and knows contiguous memory alone.
//! Everything else is here once for all of them: broadcasting, strides, threads, reductions. What a loop can't read or write where
//! it lies goes through buffers of a few kB. (As NumPy's `PyUFuncGenericFunction` with the buffering of `nditer`.)
//!
//! # Invariants
//!
//! Beside A1 to A6 of [`crate::array`]:
//!
//! - **U1** A `Loop` is made by [`Loop::of`] or [`Loop::fold`], so its functions work on elements of its dtypes.
//! - **U2** Every index of a [`Nest`](nest::Nest) reaches, in each operand, an element of the array that the operand was made of,
//!   or of a value of the same size that lives as long; the operand's dtype is the loop's.
//! - **U3** The indices of a nest reach distinct elements of its output, which nothing else touches during the call; except an
//!   input that *is* the output, element by element, and then `in_place` is set and results go through a buffer.
//! - **U4** What [`Loop`]'s functions get is contiguous, aligned and `n` elements long (`vectors` times its lanes), inputs are
//!   initialised, and the output overlaps none of them.
//! - **U5** Threads work on nests that were made by splitting one, which share no element of the output, and on buffers of their
//!   own.
//! - **U6** A buffer is aligned for every dtype and is asked for no more than it has: `CHUNK_BYTES`, `ROW_BYTES`, or a block of elements
//!   in `BLOCK_BYTES`, or those of one vector.

mod accumulate;
mod broadcast;
mod buffer;
mod map;
mod nest;
mod pack;
mod pairwise;
mod reduce;
mod result;
mod table;
mod threads;
mod tree;
mod turns;

pub(crate) use pack::pack;
pub use table::{Args, Loop, Op};

use crate::array::RawArray;
use crate::call::{Scope, call};
use crate::fault::Fault;
use crate::operand::Operand;
use broadcast::{broadcast, broadcasts_to, strides};
use kernel_schema::abi::ufunc as form;
use nest::Nest;
use result::Output;

/// The export of a ufunc: `out = f(inputs)`, element by element, with broadcasting. A null `out` stands for a new array, and the
/// result is null if it is not.
///
/// # Safety
///
/// A1, A2 and A4 of [`crate::array`] for the inputs, as many as the loop has, and for `out` where it is not null.
pub unsafe fn map(table: &Loop, inputs: &[RawArray], out: RawArray) -> RawArray {
    // SAFETY: the caller's promise.
    call(|scope| unsafe { apply(table, scope, inputs, out) })
}

/// The export of a ufunc that folds: what `form` says of [`kernel_schema::abi::ufunc`].
///
/// # Safety
///
/// As for [`map`], of the arrays that the form has; others are null.
pub unsafe fn fold(
    table: &Loop,
    form: u32,
    [a, b]: [RawArray; 2],
    axes: u32,
    keepdims: u32,
    out: RawArray,
) -> RawArray {
    // SAFETY: the caller's promise.
    call(|scope| unsafe {
        match form {
            form::MAP => apply(table, scope, &[a, b], out),
            form::OUTER => outer(table, scope, [a, b], out),
            form::REDUCE => reduce::reduce(table, scope, a, axes, keepdims != 0, [b, out]),
            form::ACCUMULATE if axes == form::FLAT => accumulate::flat(table, scope, a, out),
            form::ACCUMULATE => accumulate::accumulate(table, scope, a, axes as usize, out),
            _ => unreachable!("JavaScript has these forms alone"),
        }
    })
}

/// [`map`] in a call.
///
/// # Safety
///
/// As for [`map`]; U1.
unsafe fn apply(
    table: &Loop,
    scope: &Scope,
    inputs: &[RawArray],
    out: RawArray,
) -> Result<RawArray, Fault> {
    // SAFETY: the caller's promise.
    let operands = unsafe { operands(table, scope, inputs) }?;
    let place = operands.len() as u32;
    // SAFETY: the caller's promise.
    let shape = unsafe { stretched(scope, broadcast(&operands)?, out, place) };
    // SAFETY: the caller's promise.
    let output = unsafe { Output::new(scope, table.output(), &shape, out, place, &operands) }?;
    let mut nest = Nest::new(&shape);
    for (slot, operand) in operands.iter().enumerate() {
        let size = table.inputs()[slot].size();
        nest.set(slot, operand.data(), strides(operand, &shape, 0, size));
    }
    output.write_to(&mut nest);
    // SAFETY: U1; U2, the strides are the arrays' own, or 0 where they are stretched; U3, `Output` saw to it.
    unsafe { map::map(table, nest, output.in_place()) };
    Ok(output.finish())
}

/// `out[i, j] = f(a[i], b[j])` for all indices `i` of `a` and `j` of `b`.
///
/// # Safety
///
/// As for [`map`].
unsafe fn outer(
    table: &Loop,
    scope: &Scope,
    inputs: [RawArray; 2],
    out: RawArray,
) -> Result<RawArray, Fault> {
    assert!(
        table.arity() == 2,
        "JavaScript has `outer` for two arguments"
    );
    // SAFETY: the caller's promise.
    let operands = unsafe { operands(table, scope, &inputs) }?;
    let [a, b] = [&operands[0], &operands[1]];
    let place = operands.len() as u32;
    // SAFETY: the caller's promise.
    let shape = unsafe { stretched(scope, [a.shape(), b.shape()].concat(), out, place) };
    // SAFETY: the caller's promise.
    let output = unsafe { Output::new(scope, table.output(), &shape, out, place, &operands) }?;
    let mut nest = Nest::new(&shape);
    let sizes = table.inputs();
    nest.set(0, a.data(), strides(a, &shape, b.ndim(), sizes[0].size()));
    nest.set(1, b.data(), strides(b, &shape, 0, sizes[1].size()));
    output.write_to(&mut nest);
    // SAFETY: U1; U2, the strides are the arrays' own, or 0 where they are stretched; U3, `Output` saw to it.
    unsafe { map::map(table, nest, output.in_place()) };
    Ok(output.finish())
}

/// The shape of `out`, where there is one that `shape` stretches to, as NumPy's results do.
///
/// # Safety
///
/// A1, A2 and A4 for `out` where it is not null.
unsafe fn stretched(scope: &Scope, shape: Vec<usize>, out: RawArray, place: u32) -> Vec<usize> {
    if out.is_null() {
        return shape;
    }
    // SAFETY: the caller's promise.
    let target = unsafe { scope.operand(out, place) };
    if broadcasts_to(&shape, target.shape()) {
        target.shape().to_vec()
    } else {
        shape
    }
}

/// The inputs, with the dtypes that the loop reads.
///
/// # Safety
///
/// A1, A2 and A4 for every array.
unsafe fn operands<'call>(
    table: &Loop,
    scope: &'call Scope,
    inputs: &[RawArray],
) -> Result<Vec<Operand<'call>>, Fault> {
    let each = inputs.iter().zip(table.inputs()).enumerate();
    each.map(|(place, (&raw, &dtype))| {
        // SAFETY: the caller's promise.
        let operand = unsafe { scope.operand(raw, place as u32) };
        operand.require(dtype)?;
        Ok(operand)
    })
    .collect()
}
