//! Reductions over any axes.

use super::broadcast::count;
use super::buffer::{Cell, Grid, copy};
use super::nest::{Axis, Nest, OUT};
use super::result::Output;
use super::threads::piece_len;
use super::tree::{Lanes, ROW_BYTES, Row, Tree};
use super::{Loop, broadcast};
use crate::array::RawArray;
use crate::call::Scope;
use crate::fault::Fault;
use crate::operand::Operand;
use kernel_schema::abi::status;

/// Fewer lanes than this are reduced one by one: the loop's call costs as much as its work.
const MANY_LANES: usize = 16;

/// So few elements are reduced in many lanes at once even where the lanes are not dense.
const FEW_ELEMENTS: usize = 64;

/// Lanes that are not dense are reduced at once as far as the cache still has a row's neighbours when the next row comes.
const NEAR_BYTES: usize = 1 << 14;

/// What memory is read by.
const LINE_BYTES: usize = 64;

/// Threads share the lanes of a row in multiples of this.
const GRAIN: usize = 64;

/// Combines the elements along the axes whose bit is set.
///
/// # Safety
///
/// U1; A1, A2 and A4 for every array that is not null.
pub(crate) unsafe fn reduce(
    table: &Loop,
    scope: &Scope,
    array: RawArray,
    axes: u32,
    keepdims: bool,
    [initial, out]: [RawArray; 2],
) -> Result<RawArray, Fault> {
    let fold = table.folding();
    let dtype = table.output();
    // SAFETY: the caller's promise.
    let array = unsafe { scope.operand(array, 0) };
    array.require(dtype)?;
    // SAFETY: the caller's promise.
    let initial = unsafe { initial_value(table, scope, initial) }?;
    let elements = count(array.shape(), dtype)?;

    let is_reduced = |axis: usize| axis < 32 && axes >> axis & 1 == 1;
    let (mut kept, mut reduced) = (Vec::new(), Vec::new());
    let mut shape = Vec::new();
    let strides = broadcast::strides(&array, array.shape(), 0, dtype.size());
    for (axis, (&size, stride)) in array.shape().iter().zip(strides).enumerate() {
        if is_reduced(axis) {
            reduced.push((size, stride));
            if !keepdims {
                continue;
            }
        }
        let here = if is_reduced(axis) {
            (1, 0)
        } else {
            (size, stride)
        };
        shape.push(here.0);
        kept.push(here.1);
    }
    if !fold.reorderable && reduced.len() > 1 {
        return Err(Fault::new(
            status::NOT_REORDERABLE,
            [0.0, reduced.len() as f64],
        ));
    }
    // SAFETY: the caller's promise.
    let output =
        unsafe { Output::new(scope, dtype, &shape, out, 2, std::slice::from_ref(&array)) }?;
    if output.in_place() {
        return Err(Fault::new(status::ALIAS, [2.0, 0.0]));
    }
    let mut lanes = Nest::new(&shape);
    lanes.set(0, array.data(), kept);
    output.write_to(&mut lanes);
    // Refused, as in NumPy, also where the result has no elements either.
    if let Some(axis) = reduced.iter().position(|&(size, _)| size == 0) {
        let Some(value) = initial.as_ref().or(fold.identity()) else {
            let axis = (0..array.ndim()).filter(|&axis| is_reduced(axis)).nth(axis);
            let axis = axis.map_or(0.0, |axis| axis as f64);
            return Err(Fault::new(status::EMPTY_REDUCTION, [0.0, axis]));
        };
        // SAFETY: U2, U3.
        unsafe { fill(&lanes, dtype.size(), value) };
        return Ok(output.finish());
    }
    if lanes.len() == 0 {
        return Ok(output.finish());
    }

    let sizes: Vec<usize> = reduced.iter().map(|&(size, _)| size).collect();
    let mut inner = Nest::new(&sizes);
    inner.set(0, array.data(), reduced.iter().map(|&(_, stride)| stride));
    inner.coalesce();
    // SAFETY: U1, U2, U3.
    unsafe { reduce_lanes(table, lanes, inner, elements, initial) };
    Ok(output.finish())
}

/// # Safety
///
/// U1, U2, U3; there is an element to reduce.
unsafe fn reduce_lanes(
    table: &Loop,
    mut lanes: Nest,
    inner: Nest,
    elements: usize,
    initial: Option<Cell>,
) {
    lanes.follow(0);
    lanes.coalesce();
    if lanes.axes.is_empty() {
        lanes.axes.push(Axis::one());
    }
    let size = table.output().size();
    let [lane, line] =
        [&lanes, &inner].map(|nest| nest.axes.last().copied().unwrap_or(Axis::one()));
    let most = piece_len(elements);
    let mut tree = Tree {
        table,
        len: inner.len(),
        axes: inner.axes,
        step: lane.strides[0],
        most,
        across: false,
    };
    let row = (lane.size * size) as isize;
    let dense = lane.strides[0] == size as isize;
    let side_by_side =
        dense && row <= ROW_BYTES as isize && tree.axes.len() == 1 && line.strides[0] == row;
    let denser = lane.strides[0].unsigned_abs() < line.strides[0].unsigned_abs();
    let many = lane.size >= MANY_LANES && (denser || tree.len < FEW_ELEMENTS);
    let reach = |axis: &Axis| axis.strides[0].unsigned_abs();
    let at_once = match many || side_by_side {
        true if denser || dense => ROW_BYTES / size,
        true => (NEAR_BYTES / reach(&lane).max(1)).clamp(MANY_LANES, ROW_BYTES / size),
        false => 1,
    };
    tree.across = at_once == 1
        && reach(&line) > LINE_BYTES
        && tree.axes.iter().any(|axis| reach(axis) < reach(&line));
    // Lanes that lie side by side stay together.
    let grain = if side_by_side {
        lane.size
    } else {
        GRAIN.min(at_once)
    };
    let reorderable = table.folding().reorderable;
    let most_lanes = (most / tree.len).max(1);
    lanes.in_pieces(most_lanes, grain, &|piece| {
        let (mut row, mut result) = (Row::uninit(), Row::uninit());
        let mut first = Row::uninit();
        if let Some(initial) = &initial {
            // SAFETY: U6, `at_once` elements fit a row.
            unsafe { tree.repeat(initial, at_once, &mut first) };
        }
        let lane = piece.axes.last().copied().unwrap_or(Axis::one());
        piece.visit(1, &mut |data| {
            for start in (0..lane.size).step_by(at_once) {
                let count = at_once.min(lane.size - start);
                let lanes = Lanes {
                    data: data[0].wrapping_offset(start as isize * lane.strides[0]),
                    count,
                };
                // SAFETY: the caller's promise; U4 and U6 for the rows.
                let values = unsafe {
                    if !reorderable {
                        tree.fold(lanes, initial.as_ref(), &mut row);
                        &row
                    } else {
                        tree.reduce(lanes, &mut row);
                        if initial.is_some() {
                            let inputs = [first.as_ptr(), row.as_ptr()];
                            table.map(&inputs, result.as_mut_ptr(), count);
                            &result
                        } else {
                            &row
                        }
                    }
                };
                let to = Grid {
                    data: data[OUT].wrapping_offset(start as isize * lane.strides[OUT]),
                    strides: [0, lane.strides[OUT]],
                };
                let values = Grid::packed(values.as_ptr(), count, size);
                // SAFETY: U2, U3.
                unsafe { copy(size, to, values, [1, count]) };
            }
        });
    });
}

/// # Safety
///
/// U2, U3 for the output.
unsafe fn fill(lanes: &Nest, size: usize, value: &Cell) {
    let lane = lanes.axes.last().copied().unwrap_or(Axis::one());
    lanes.visit(1, &mut |data| {
        let to = Grid {
            data: data[OUT],
            strides: [0, lane.strides[OUT]],
        };
        let value = Grid {
            data: value.as_ptr(),
            strides: [0, 0],
        };
        // SAFETY: the caller's promise.
        unsafe { copy(size, to, value, [1, lane.size]) };
    });
}

/// # Safety
///
/// A1, A2 and A4, unless it is null.
unsafe fn initial_value(table: &Loop, scope: &Scope, raw: RawArray) -> Result<Option<Cell>, Fault> {
    if raw.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's promise.
    let operand: Operand<'_> = unsafe { scope.operand(raw, 1) };
    operand.require(table.output())?;
    operand.require_rank(0, false)?;
    let mut cell = Cell::uninit();
    let size = table.output().size();
    // SAFETY: A2; U6.
    unsafe {
        cell.as_mut_ptr()
            .copy_from_nonoverlapping(operand.data(), size)
    };
    Ok(Some(cell))
}
