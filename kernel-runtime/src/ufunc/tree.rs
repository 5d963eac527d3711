//! The order in which a reduction combines its elements: a tree that depends on their number alone.
//!
//! So the result has the same bits for any number of threads and any layout of the array. In a tree rounding errors grow with
//! the logarithm of the number of elements (N. Higham, "The accuracy of floating point summation", SIAM J. Sci. Comput. 14, 1993:
//! pairwise summation).
//!
//! - Up to [`BLOCK`] elements: the second half onto the first, until one is left; where their number is odd, the middle one stays.
//! - More: those before the first multiple of `BLOCK` that is no less than half, and the rest.
//!
//! Nodes are calls of the typed loop. One lane alone is folded within its block, by vectors of the block. Several lanes at once,
//! which is faster where they are denser than what is reduced, are folded row by row.

use super::Loop;
use super::buffer::{Buffer, Cell, Grid, WIDEST, copy};
use super::nest::Axis;
use super::threads::join;

/// Elements that are folded within a block. The block, and its halves, fit the first-level cache.
const BLOCK: usize = 512;

/// Halvings that leave one of [`BLOCK`].
const LEVELS: usize = BLOCK.ilog2() as usize;

/// Bytes of a row of lanes. Two per level fit the first-level cache.
pub(super) const ROW_BYTES: usize = 1024;

/// One element of each of several lanes.
pub(super) type Row = Buffer<ROW_BYTES>;

/// Lanes that are reduced at once: as many elements as fit a [`Row`].
#[derive(Clone, Copy)]
pub(super) struct Lanes {
    pub(super) data: *const u8,
    pub(super) count: usize,
}

// SAFETY: U5, lanes are only read.
unsafe impl Send for Lanes {}
// SAFETY: U5, lanes are only read.
unsafe impl Sync for Lanes {}

/// What is reduced, seen from one lane.
pub(super) struct Tree<'a> {
    pub(super) table: &'a Loop,
    /// Coalesced, in logical order; slot 0 is the array.
    pub(super) axes: Vec<Axis>,
    /// Number of elements: the product of the sizes.
    pub(super) len: usize,
    /// From lane to lane, in bytes.
    pub(super) step: isize,
    /// Halves with more elements than this go to two threads.
    pub(super) most: usize,
}

impl Tree<'_> {
    /// Reduces each lane.
    ///
    /// # Safety
    ///
    /// U1; U2 for the array; the loop is one that folds, and there is an element.
    pub(super) unsafe fn reduce(&self, lanes: Lanes, to: &mut Row) {
        // SAFETY: the caller's promise.
        unsafe { self.node(lanes, 0, self.len, to) };
    }

    /// Folds each lane from the left, from `initial` if there is one.
    ///
    /// # Safety
    ///
    /// As for [`Tree::reduce`]; there is an element or an initial one.
    pub(super) unsafe fn fold(&self, lanes: Lanes, initial: Option<&Cell>, to: &mut Row) {
        let size = self.size();
        let from = match initial {
            Some(initial) => {
                // SAFETY: U6, the lanes fit a row.
                unsafe { self.repeat(initial, lanes.count, to) };
                0
            }
            None => {
                // SAFETY: U2, U6.
                unsafe { self.copy_row(lanes, 0, to) };
                1
            }
        };
        if lanes.count == 1 {
            let mut block = Buffer::<{ BLOCK * WIDEST }>::uninit();
            let mut prefixes = Buffer::<{ BLOCK * WIDEST }>::uninit();
            for start in (from..self.len).step_by(BLOCK) {
                let n = BLOCK.min(self.len - start);
                // SAFETY: U2; U4, U6: `n` is at most `BLOCK`.
                unsafe {
                    let input = self.line(lanes.data, start, n, &mut block);
                    let scan = self.table.folding();
                    scan.scan(to.as_mut_ptr(), input, prefixes.as_mut_ptr(), n);
                }
            }
            return;
        }
        let (mut row, mut next) = (Row::uninit(), Row::uninit());
        for index in from..self.len {
            // SAFETY: U2; U4, U6: the lanes fit a row, and rows do not overlap.
            unsafe {
                let input = self.row(lanes, index, &mut row);
                let inputs = [to.as_ptr(), input];
                self.table.map(&inputs, next.as_mut_ptr(), lanes.count);
                let n = lanes.count * size;
                to.as_mut_ptr().copy_from_nonoverlapping(next.as_ptr(), n);
            }
        }
    }

    /// Writes one value for each of several lanes.
    ///
    /// # Safety
    ///
    /// U6; the value is an element.
    pub(super) unsafe fn repeat(&self, value: &Cell, count: usize, to: &mut Row) {
        let size = self.size();
        let packed = Grid::packed(to.as_mut_ptr(), count, size);
        let value = Grid {
            data: value.as_ptr(),
            strides: [0, 0],
        };
        // SAFETY: the caller's promise.
        unsafe { copy(size, packed, value, [1, count]) };
    }

    fn size(&self) -> usize {
        self.table.output().size()
    }

    unsafe fn node(&self, lanes: Lanes, start: usize, n: usize, to: &mut Row) {
        if n <= BLOCK {
            // SAFETY: the caller's promise.
            return unsafe {
                match lanes.count {
                    1 => self.fold_line(lanes.data, start, n, to),
                    _ => self.fold_rows(lanes, start, n, to),
                }
            };
        }
        let first = n.div_ceil(2).next_multiple_of(BLOCK);
        let (mut left, mut right) = (Row::uninit(), Row::uninit());
        // SAFETY: the caller's promise; U5.
        let left_half = |to: &mut Row| unsafe { self.node(lanes, start, first, to) };
        // SAFETY: the caller's promise; U5.
        let right_half = |to: &mut Row| unsafe { self.node(lanes, start + first, n - first, to) };
        if n > self.most / lanes.count {
            join(|| left_half(&mut left), || right_half(&mut right));
        } else {
            left_half(&mut left);
            right_half(&mut right);
        }
        let inputs = [left.as_ptr(), right.as_ptr()];
        // SAFETY: U4, U6: rows do not overlap.
        unsafe { self.table.map(&inputs, to.as_mut_ptr(), lanes.count) };
    }

    /// A block of one lane, by halves of the block.
    unsafe fn fold_line(&self, lane: *const u8, start: usize, n: usize, to: &mut Row) {
        let size = self.size();
        let mut block = Buffer::<{ BLOCK * WIDEST }>::uninit();
        let mut halves = Buffer::<{ BLOCK / 2 * WIDEST }>::uninit();
        // SAFETY: U2, U6.
        let mut from = unsafe { self.line(lane, start, n, &mut block) };
        // The block is free again as soon as its halves are folded.
        let (mut next, mut after) = (halves.as_mut_ptr(), block.as_mut_ptr());
        let mut n = n;
        while n > 1 {
            let half = n.div_ceil(2);
            // SAFETY: U4, U6: `from` has `n` elements, `next` room for a half and is another buffer.
            unsafe {
                self.table
                    .map(&[from, from.add(half * size)], next, n - half);
                if n % 2 == 1 {
                    let middle = (half - 1) * size;
                    next.add(middle)
                        .copy_from_nonoverlapping(from.add(middle), size);
                }
            }
            from = next;
            (next, after) = (after, next);
            n = half;
        }
        // SAFETY: U6; an element of the array, or of a buffer.
        unsafe { to.as_mut_ptr().copy_from_nonoverlapping(from, size) };
    }

    /// A block of several lanes, row by row: the same tree, its left branches first.
    unsafe fn fold_rows(&self, lanes: Lanes, start: usize, n: usize, to: &mut Row) {
        let mut rows = [const { [Row::uninit(), Row::uninit()] }; LEVELS];
        let levels = n.next_power_of_two().ilog2() as usize;
        let block = RowBlock {
            tree: self,
            lanes,
            start,
            n,
        };
        // SAFETY: the caller's promise.
        unsafe {
            let row = block.node(0, &mut rows[..levels], to);
            if row != to.as_ptr() {
                let bytes = lanes.count * self.size();
                to.as_mut_ptr().copy_from_nonoverlapping(row, bytes);
            }
        }
    }

    /// Where `n` elements of a lane lie side by side: in the array, or else in `block`.
    unsafe fn line<const N: usize>(
        &self,
        lane: *const u8,
        start: usize,
        n: usize,
        block: &mut Buffer<N>,
    ) -> *const u8 {
        let size = self.size();
        let Some((&inner, outer)) = self.axes.split_last() else {
            return lane;
        };
        let stride = inner.strides[0];
        if outer.is_empty() && stride == size as isize {
            return lane.wrapping_add(start * size);
        }
        let mut done = 0;
        while done < n {
            let index = start + done;
            let position = index % inner.size;
            let (mut rows, mut columns) = (1, (inner.size - position).min(n - done));
            let mut row_stride = 0;
            if let Some(outer) = outer.last()
                && columns == inner.size
            {
                let row = index / inner.size % outer.size;
                rows = ((n - done) / columns).min(outer.size - row);
                row_stride = outer.strides[0];
            }
            let from = Grid {
                data: lane.wrapping_offset(self.offset(index)),
                strides: [row_stride, stride],
            };
            let to = block.as_mut_ptr().wrapping_add(done * size);
            // SAFETY: U2, U6.
            unsafe { copy(size, Grid::packed(to, columns, size), from, [rows, columns]) };
            columns *= rows;
            done += columns;
        }
        block.as_ptr()
    }

    /// Where the elements of an index lie side by side for all lanes: in the array, or else in `row`.
    unsafe fn row(&self, lanes: Lanes, index: usize, row: &mut Row) -> *const u8 {
        if self.step == self.size() as isize {
            return lanes.data.wrapping_offset(self.offset(index));
        }
        // SAFETY: the caller's promise.
        unsafe { self.copy_row(lanes, index, row) };
        row.as_ptr()
    }

    unsafe fn copy_row(&self, lanes: Lanes, index: usize, row: &mut Row) {
        let size = self.size();
        let from = Grid {
            data: lanes.data.wrapping_offset(self.offset(index)),
            strides: [0, self.step],
        };
        let packed = Grid::packed(row.as_mut_ptr(), lanes.count, size);
        // SAFETY: U2; U6, the lanes fit a row.
        unsafe { copy(size, packed, from, [1, lanes.count]) };
    }

    /// Bytes from the lane's first element to that of an index.
    fn offset(&self, index: usize) -> isize {
        let Some((outermost, axes)) = self.axes.split_first() else {
            return 0;
        };
        let (mut index, mut offset) = (index, 0);
        for axis in axes.iter().rev() {
            offset += (index % axis.size) as isize * axis.strides[0];
            index /= axis.size;
        }
        offset + index as isize * outermost.strides[0]
    }
}

/// A block of several lanes.
struct RowBlock<'a> {
    tree: &'a Tree<'a>,
    lanes: Lanes,
    start: usize,
    n: usize,
}

impl RowBlock<'_> {
    /// Where element `index` of what `rows.len()` halvings leave lies: in the array, or else in `to`.
    unsafe fn node(&self, index: usize, rows: &mut [[Row; 2]], to: &mut Row) -> *const u8 {
        let level = rows.len();
        let Some(([left, right], rows)) = rows.split_last_mut() else {
            // SAFETY: the caller's promise.
            return unsafe { self.tree.row(self.lanes, self.start + index, to) };
        };
        let half = self.n.div_ceil(1 << level);
        if index + half >= self.n.div_ceil(1 << (level - 1)) {
            // SAFETY: the caller's promise.
            return unsafe { self.node(index, rows, to) };
        }
        // SAFETY: the caller's promise; U4, U6: each level has rows of its own.
        unsafe {
            let inputs = [
                self.node(index, rows, left),
                self.node(index + half, rows, right),
            ];
            self.tree
                .table
                .map(&inputs, to.as_mut_ptr(), self.lanes.count);
        }
        to.as_ptr()
    }
}
