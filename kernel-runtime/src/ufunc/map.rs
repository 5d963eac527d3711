//! Element by element: the loop over contiguous pieces, through buffers where memory is not contiguous.

use super::Loop;
use super::buffer::{Buffer, Grid, copy};
use super::nest::{Axis, Nest, OPERANDS, OUT, offset};
use super::threads::piece_len;

/// Bytes of a buffer. Those of all operands together fit the first-level cache. (Under Miri, small arrays take several.)
pub(super) const CHUNK_BYTES: usize = if cfg!(miri) { 256 } else { 4096 };

/// Rows up to this length are worked on several at once.
const SHORT_ROW: usize = if cfg!(miri) { 8 } else { 64 };

/// Cuts between threads fall on multiples of this, so that no two write to one cache line.
const GRAIN: usize = if cfg!(miri) { 32 } else { 1024 };

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
    for nest in arrange(nest, table.arity(), CHUNK_BYTES / table.widest()) {
        nest.in_pieces(piece_len(total), GRAIN, &|piece| {
            // SAFETY: the caller's promise; U5.
            unsafe { map_piece(table, &piece, in_place) };
        });
    }
}

/// Arranges the axes for blocks of two of them that have up to `chunk` elements.
fn arrange(mut nest: Nest, arity: usize, chunk: usize) -> Vec<Nest> {
    let Some(inner) = nest.axes.len().checked_sub(1) else {
        return vec![nest];
    };
    let columns = nest.axes[inner];
    // Blocks are not to be tiny.
    let large = |axis: usize| columns.size * nest.axes[axis].size >= SHORT_ROW;
    // The axis along which some input is denser than along the rows of the output: it lies across them.
    let across = (0..arity).find_map(|slot| {
        let stride = |axis: &Axis| axis.strides[slot].unsigned_abs();
        let densest = (0..inner)
            .filter(|&axis| stride(&nest.axes[axis]) != 0)
            .min_by_key(|&axis| stride(&nest.axes[axis]))?;
        (stride(&nest.axes[densest]) < stride(&columns)).then_some(densest)
    });
    let rows = match across.filter(|&axis| large(axis)) {
        Some(across) if columns.size > SHORT_ROW => return tiles(nest, across, chunk),
        Some(across) => across,
        None if inner == 0 || large(inner - 1) => return vec![nest],
        None => (0..inner).fold(0, |longest, axis| {
            let longer = nest.axes[axis].size > nest.axes[longest].size;
            if longer { axis } else { longest }
        }),
    };
    let rows = nest.axes.remove(rows);
    nest.axes.insert(inner - 1, rows);
    vec![nest]
}

/// Cuts the output into tiles, so small that they use all of the cache lines that they touch of an input that lies across it.
fn tiles(nest: Nest, across: usize, chunk: usize) -> Vec<Nest> {
    let columns = nest.axes.len() - 1;
    let height = (chunk / SHORT_ROW).min(nest.axes[across].size);
    let [body, below] = cut(nest, across, height);
    let [tiles, mut beside] = cut(body, columns, SHORT_ROW);
    // The rows of a tile, then its columns.
    beside.axes.swap(columns, columns + 1);
    let mut nests = vec![tiles, below, beside];
    nests.retain(|nest| nest.len() > 0);
    nests
}

/// Makes two axes of one, the inner of them the last and of the given size; and what that leaves.
fn cut(nest: Nest, axis: usize, size: usize) -> [Nest; 2] {
    let whole = nest.axes[axis];
    let (mut body, mut rest) = (nest.clone(), nest);
    body.axes[axis] = Axis {
        size: whole.size / size,
        strides: whole.strides.map(|stride| stride * size as isize),
    };
    body.axes.push(Axis { size, ..whole });
    rest.data = offset(rest.data, &body.axes[axis].strides, whole.size / size);
    rest.axes[axis].size = whole.size % size;
    [body, rest]
}

/// How an operand comes to the loop.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// Where it lies.
    Direct,
    /// Through a buffer that serves all chunks of a row or of several rows: they repeat one value, or one row.
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
    let several = nest.axes.len() >= 2 && columns.size <= SHORT_ROW;
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
        } else if strides[usize::from(!several)] == 0 {
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
