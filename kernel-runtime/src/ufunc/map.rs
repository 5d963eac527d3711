//! Element by element: the loop over contiguous pieces, through buffers where memory is not contiguous.

use super::Loop;
use super::buffer::{Buffer, Grid, copy};
use super::nest::{Axis, Nest, OPERANDS, OUT, offset};
use super::threads::piece_len;

/// Bytes of a buffer. Those of all operands together fit the first-level cache.
pub(super) const CHUNK_BYTES: usize = 4096;

/// Rows shorter than this are worked on several at once.
const LONG_ROW: usize = 64;

/// Width of the strips that an output is cut into when an input lies across it: so many cache lines stay near until
/// their other elements are wanted.
const STRIP: usize = 128;

/// Cuts between threads fall on multiples of this, so that no two write to one cache line.
const GRAIN: usize = 1024;

/// Applies a loop to every index of a nest.
///
/// # Safety
///
/// U1, U2, U3.
pub(super) unsafe fn map(table: &Loop, mut nest: Nest, in_place: bool) {
    let total = nest.len();
    if total == 0 {
        return;
    }
    nest.follow(OUT);
    nest.coalesce();
    for nest in strips(nest, table.arity()) {
        nest.in_pieces(piece_len(total), GRAIN, &|piece| {
            // SAFETY: the caller's promise; U5.
            unsafe { map_piece(table, &piece, in_place) };
        });
    }
}

/// Arranges the axes so that inputs that lie across the output are read along their own lines too.
fn strips(mut nest: Nest, arity: usize) -> Vec<Nest> {
    let Some(inner) = nest.axes.len().checked_sub(1) else {
        return vec![nest];
    };
    let columns = nest.axes[inner];
    // The axis along which such an input is denser than along the rows of the output.
    let across = (0..arity).find_map(|slot| {
        let stride = |axis: &Axis| axis.strides[slot].unsigned_abs();
        let densest = (0..inner)
            .filter(|&axis| stride(&nest.axes[axis]) != 0)
            .min_by_key(|&axis| stride(&nest.axes[axis]))?;
        (stride(&nest.axes[densest]) < stride(&columns)).then_some(densest)
    });
    if let Some(across) = across {
        let rows = nest.axes.remove(across);
        nest.axes.insert(inner - 1, rows);
        if columns.size >= 2 * STRIP {
            return cut_into_strips(nest, columns);
        }
    } else if inner >= 1 && columns.size * nest.axes[inner - 1].size < LONG_ROW {
        // Blocks of two axes would be tiny: the longest axis makes them large.
        let longest = (0..inner).max_by_key(|&axis| nest.axes[axis].size);
        let rows = nest.axes.remove(longest.unwrap_or(0));
        nest.axes.insert(inner - 1, rows);
    }
    vec![nest]
}

fn cut_into_strips(mut nest: Nest, columns: Axis) -> Vec<Nest> {
    let inner = nest.axes.len() - 1;
    let (strips, rest) = (columns.size / STRIP, columns.size % STRIP);
    let mut remainder = nest.clone();
    remainder.axes[inner].size = rest;
    remainder.data = offset(nest.data, &columns.strides, strips * STRIP);
    nest.axes[inner].size = STRIP;
    nest.axes.insert(
        inner - 1,
        Axis {
            size: strips,
            strides: columns.strides.map(|stride| stride * STRIP as isize),
        },
    );
    let mut nests = vec![nest];
    if rest > 0 {
        nests.push(remainder);
    }
    nests
}

/// How an operand comes to the loop.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// Where it lies.
    Direct,
    /// One value for a whole row or block, repeated in a buffer; kept for the next one if that has the same value.
    Repeated,
    /// Through a buffer.
    Copied,
}

/// One thread's part.
///
/// # Safety
///
/// As for [`map`].
pub(super) unsafe fn map_piece(table: &Loop, nest: &Nest, in_place: bool) {
    let arity = table.arity();
    let mut sizes = [table.output().size(); OPERANDS];
    for (size, dtype) in sizes.iter_mut().zip(table.inputs()) {
        *size = dtype.size();
    }
    let one = Axis::one();
    let axis = |from_last| {
        nest.axes
            .iter()
            .rev()
            .nth(from_last)
            .copied()
            .unwrap_or(one)
    };
    let (columns, mut rows) = (axis(0), axis(1));
    let several = nest.axes.len() >= 2 && columns.size < LONG_ROW;
    if !several {
        rows = one;
    }

    let mut ways = [Way::Copied; OPERANDS];
    for (slot, way) in ways.iter_mut().enumerate() {
        let size = sizes[slot] as isize;
        let strides = [rows.strides[slot], columns.strides[slot]];
        let next_row = size * columns.size as isize;
        if (strides[1] == size || columns.size == 1) && (rows.size == 1 || strides[0] == next_row) {
            *way = Way::Direct;
        } else if strides == [0, 0] {
            *way = Way::Repeated;
        }
    }
    if in_place {
        ways[OUT] = Way::Copied;
    }
    let buffered = ways[..arity]
        .iter()
        .chain(&ways[OUT..])
        .any(|&way| way != Way::Direct);
    let chunk = if buffered {
        CHUNK_BYTES / table.widest()
    } else {
        usize::MAX
    };
    let (step, axis) = if several {
        (chunk / columns.size, rows)
    } else {
        (chunk, columns)
    };

    let mut buffers = [const { Buffer::<CHUNK_BYTES>::uninit() }; OPERANDS];
    let mut repeated = [std::ptr::null_mut::<u8>(); OPERANDS];
    nest.visit(if several { 2 } else { 1 }, &mut |start| {
        let mut done = 0;
        while done < axis.size {
            let count = step.min(axis.size - done);
            let data = offset(start, &axis.strides, done);
            let counts = if several {
                [count, columns.size]
            } else {
                [1, count]
            };
            let n = counts[0] * counts[1];
            let mut inputs = [std::ptr::null(); OUT];
            for slot in 0..arity {
                let grid = Grid {
                    data: data[slot].cast_const(),
                    strides: [rows.strides[slot], columns.strides[slot]],
                };
                let buffer = buffers[slot].as_mut_ptr();
                let packed = Grid::packed(buffer, counts[1], sizes[slot]);
                let filled = ways[slot] == Way::Repeated && repeated[slot] == data[slot];
                if ways[slot] != Way::Direct && !filled {
                    // SAFETY: U2; U6, `chunk` elements at most; a buffer overlaps nothing.
                    unsafe { copy(sizes[slot], packed, grid, counts) };
                }
                repeated[slot] = data[slot];
                inputs[slot] = if ways[slot] == Way::Direct {
                    grid.data
                } else {
                    buffer
                };
            }
            let size = sizes[OUT];
            if ways[OUT] == Way::Direct {
                // SAFETY: U1; U4 from U3 and the ways.
                unsafe { table.map(&inputs, data[OUT], n) };
            } else {
                let buffer = buffers[OUT].as_mut_ptr();
                let grid = Grid {
                    data: data[OUT],
                    strides: [rows.strides[OUT], columns.strides[OUT]],
                };
                // SAFETY: U1; U4, the buffer overlaps nothing; U2; U6, `chunk` elements at most.
                unsafe {
                    table.map(&inputs, buffer, n);
                    copy(
                        size,
                        grid,
                        Grid::packed(buffer.cast_const(), counts[1], size),
                        counts,
                    );
                }
            }
            done += count;
        }
    });
}
