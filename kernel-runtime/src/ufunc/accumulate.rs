//! Running reductions: every prefix along one axis, from the left.

use super::Loop;
use super::broadcast::{count, strides};
use super::buffer::{Buffer, Cell, Grid, copy};
use super::map::{CHUNK_BYTES, map_piece};
use super::nest::{Axis, Nest, OUT};
use super::pack::pack;
use super::result::Output;
use super::threads::piece_len;
use crate::array::RawArray;
use crate::call::Scope;
use crate::fault::Fault;

/// Slots of the loop's two inputs: what came so far, and the array.
const SO_FAR: usize = 0;
const ARRAY: usize = 1;

/// Fewer lanes than this are worked on one by one: the loop's call costs as much as its work.
const MANY_LANES: usize = 16;

/// Rows of so many lanes stay in the cache until the next one is combined with them, unless an array lies across them.
const ROW_LANES: usize = 2048;

/// Threads share the lanes of a row in multiples of this.
const GRAIN: usize = 64;

/// `out[i] = f(out[i - 1], array[i])` along an axis.
///
/// # Safety
///
/// U1; A1, A2 and A4 for every array that is not null.
pub(crate) unsafe fn accumulate(
    table: &Loop,
    scope: &Scope,
    array: RawArray,
    axis: usize,
    out: RawArray,
) -> Result<RawArray, Fault> {
    table.folding();
    let dtype = table.output();
    // SAFETY: the caller's promise.
    let array = unsafe { scope.operand(array, 0) };
    array.require(dtype)?;
    let shape = array.shape();
    assert!(axis < shape.len(), "JavaScript checks axes");
    // SAFETY: the caller's promise.
    let output = unsafe { Output::new(scope, dtype, shape, out, 1, std::slice::from_ref(&array)) }?;
    let mut lanes = Nest::new(shape);
    lanes.set(ARRAY, array.data(), strides(&array, shape, 0, dtype.size()));
    output.write_to(&mut lanes);
    let total = lanes.len();
    if total == 0 {
        return Ok(output.finish());
    }
    for axis in &mut lanes.axes {
        axis.strides[SO_FAR] = axis.strides[OUT];
    }
    let along = lanes.axes.remove(axis);
    lanes.follow(OUT);
    lanes.coalesce();
    let pace = |axis: &Axis| axis.strides[ARRAY].unsigned_abs() + axis.strides[OUT].unsigned_abs();
    let by_rows = lanes
        .axes
        .last()
        .is_some_and(|lane| lane.size >= MANY_LANES && pace(lane) <= pace(&along));
    let across = lanes.axes.last().is_some_and(|lane| {
        [ARRAY, OUT]
            .iter()
            .any(|&slot| lane.strides[slot].unsigned_abs() > along.strides[slot].unsigned_abs())
    });
    let row = if across { GRAIN } else { ROW_LANES };
    let most = (piece_len(total) / along.size).max(1);
    let in_place = output.in_place();
    if by_rows {
        lanes.in_pieces(most.min(row), GRAIN, &|piece| {
            // SAFETY: U1, U2, U3; U5.
            unsafe { rows(table, piece, &along, in_place) };
        });
    } else {
        lanes.in_pieces(most, 1, &|piece| {
            // SAFETY: U1, U2, U3; U5.
            piece.visit(0, &mut |data| unsafe {
                line(table, [data[ARRAY], data[OUT]], &along, in_place);
            });
        });
    }
    Ok(output.finish())
}

/// `out[i] = f(out[i - 1], array[i])` of all elements in row-major order.
///
/// # Safety
///
/// U1; A1, A2 and A4 for every array that is not null.
pub(crate) unsafe fn flat(
    table: &Loop,
    scope: &Scope,
    array: RawArray,
    out: RawArray,
) -> Result<RawArray, Fault> {
    let dtype = table.output();
    // SAFETY: the caller's promise.
    let array = unsafe { scope.operand(array, 0) };
    array.require(dtype)?;
    let shape = array.shape();
    let total = [count(shape, dtype)?];
    // SAFETY: the caller's promise.
    let output =
        unsafe { Output::new(scope, dtype, &total, out, 1, std::slice::from_ref(&array)) }?;
    if total == [0] {
        return Ok(output.finish());
    }
    let mut results = Nest::new(&total);
    output.write_to(&mut results);
    let (mut along, data) = (results.axes[0], results.data[OUT]);
    along.strides[ARRAY] = along.strides[OUT];
    if !output.in_place() {
        let (to, strides) = (
            (data, along.strides[OUT]),
            strides(&array, shape, 0, dtype.size()),
        );
        // SAFETY: U2; U3, as many as there are results.
        unsafe { pack(dtype.size(), to, array.data(), shape, strides) };
    }
    // SAFETY: U1, U2, U3: the elements are read where they are written.
    unsafe { line(table, [data, data], &along, true) };
    Ok(output.finish())
}

/// All lanes of a piece, one step after the other.
unsafe fn rows(table: &Loop, mut piece: Nest, along: &Axis, in_place: bool) {
    let size = table.output().size();
    let lane = piece.axes.last().copied().unwrap_or(Axis::one());
    let start = piece.data;
    if !in_place {
        piece.visit(1, &mut |data| {
            let [from, to] = [ARRAY, OUT].map(|slot| Grid {
                data: data[slot],
                strides: [0, lane.strides[slot]],
            });
            let from = Grid {
                data: from.data.cast_const(),
                strides: from.strides,
            };
            // SAFETY: U2, U3.
            unsafe { copy(size, to, from, [1, lane.size]) };
        });
    }
    for step in 1..along.size as isize {
        piece.data[SO_FAR] = start[OUT].wrapping_offset((step - 1) * along.strides[OUT]);
        piece.data[ARRAY] = start[ARRAY].wrapping_offset(step * along.strides[ARRAY]);
        piece.data[OUT] = start[OUT].wrapping_offset(step * along.strides[OUT]);
        // SAFETY: U1, U2; U3, what came so far lies at another step.
        unsafe { map_piece(table, &piece, in_place) };
    }
}

/// One lane.
unsafe fn line(table: &Loop, [array, out]: [*mut u8; 2], along: &Axis, in_place: bool) {
    let size = table.output().size();
    let stride = size as isize;
    let (read_direct, write_direct) = (
        along.strides[ARRAY] == stride,
        along.strides[OUT] == stride && !in_place,
    );
    let mut acc = Cell::uninit();
    // SAFETY: U2, U3; U6. In place, the first element stays.
    unsafe {
        acc.as_mut_ptr().copy_from_nonoverlapping(array, size);
        out.copy_from_nonoverlapping(acc.as_ptr(), size);
    }
    let mut inputs = Buffer::<CHUNK_BYTES>::uninit();
    let mut outputs = Buffer::<CHUNK_BYTES>::uninit();
    let chunk = if read_direct && write_direct {
        usize::MAX
    } else {
        CHUNK_BYTES / size
    };
    let mut done = 1;
    while done < along.size {
        let n = chunk.min(along.size - done);
        let [array, out] = [(array, ARRAY), (out, OUT)]
            .map(|(data, slot)| data.wrapping_offset(done as isize * along.strides[slot]));
        // SAFETY: U1, U2, U3; U4, a buffer overlaps nothing; U6, `chunk` elements at most.
        unsafe {
            let mut input = array.cast_const();
            if !read_direct {
                let from = Grid {
                    data: input,
                    strides: [0, along.strides[ARRAY]],
                };
                copy(
                    size,
                    Grid::packed(inputs.as_mut_ptr(), n, size),
                    from,
                    [1, n],
                );
                input = inputs.as_ptr();
            }
            let output = if write_direct {
                out
            } else {
                outputs.as_mut_ptr()
            };
            table.folding().scan(acc.as_mut_ptr(), input, output, n);
            if !write_direct {
                let to = Grid {
                    data: out,
                    strides: [0, along.strides[OUT]],
                };
                copy(size, to, Grid::packed(outputs.as_ptr(), n, size), [1, n]);
            }
        }
        done += n;
    }
}
