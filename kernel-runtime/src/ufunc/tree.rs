//! Reductions of lanes as the tree of [`pairwise`](super::pairwise): of one lane alone, or of several at once, which is faster
//! where they are denser than what is reduced.

use super::Loop;
use super::buffer::{Buffer, Cell, Grid, WIDEST, copy};
use super::nest::Axis;
use super::pairwise::{block, split, width};
use super::threads::join;

/// What a block takes at most.
const BLOCK_BYTES: usize = block(WIDEST) * WIDEST;

/// Accumulators of a block at most.
const WIDEST_BLOCK: usize = width(1);

/// Bytes of a row of lanes: a block's accumulators of as many lanes fit the first-level cache. (Under Miri, small arrays take
/// several.)
pub(super) const ROW_BYTES: usize = if cfg!(miri) { 256 } else { 1024 };

/// Bytes of an array across which a lane lies that are brought into order at once. They fit the second-level cache.
const SLAB_BYTES: usize = 1 << 18;

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
    /// Whether a lane lies across its array, so that its elements share no cache lines with the next ones, but with others.
    pub(super) across: bool,
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
                unsafe {
                    let row = to.as_mut_ptr();
                    let first = self.side_by_side(lanes, 0, 1, row);
                    if first != row.cast_const() {
                        row.copy_from_nonoverlapping(first, lanes.count * size);
                    }
                }
                1
            }
        };
        if lanes.count == 1 {
            let (mut line, mut prefixes) = (Row::uninit(), Row::uninit());
            let chunk = ROW_BYTES / size;
            for start in (from..self.len).step_by(chunk) {
                let n = chunk.min(self.len - start);
                // SAFETY: U2; U4, U6: `n` elements fit a row.
                unsafe {
                    let input = self.side_by_side(lanes, start, n, line.as_mut_ptr());
                    let fold = self.table.folding();
                    fold.scan(to.as_mut_ptr(), input, prefixes.as_mut_ptr(), n);
                }
            }
            return;
        }
        let (mut row, mut next) = (Row::uninit(), Row::uninit());
        for index in from..self.len {
            // SAFETY: U2; U4, U6: the lanes fit a row, and rows do not overlap.
            unsafe {
                let input = self.side_by_side(lanes, index, 1, row.as_mut_ptr());
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
        if self.across && n * self.size() <= SLAB_BYTES {
            let mut slab: Vec<Row> = Vec::new();
            let rows = (n * self.size()).div_ceil(ROW_BYTES);
            // Faster, if there is memory for it.
            if slab.try_reserve_exact(rows).is_ok() {
                // SAFETY: the caller's promise.
                return unsafe { self.slab(lanes.data, start, n, slab.as_mut_ptr().cast(), to) };
            }
        }
        let most = self.most / lanes.count;
        if lanes.count == 1 && n <= most && self.lie_side_by_side(lanes) {
            let first = lanes.data.wrapping_offset(self.offset(start));
            // SAFETY: the caller's promise; U4.
            return unsafe { self.table.folding().reduce(first, to.as_mut_ptr(), n) };
        }
        if n <= block(self.size()) {
            // SAFETY: the caller's promise.
            return unsafe { self.block(lanes, start, n, to) };
        }
        let first = split(n, self.size());
        let mut right = Row::uninit();
        // SAFETY: the caller's promise; U5.
        let left_half = |to: &mut Row| unsafe { self.node(lanes, start, first, to) };
        // SAFETY: the caller's promise; U5.
        let right_half = |to: &mut Row| unsafe { self.node(lanes, start + first, n - first, to) };
        if n > most {
            join(|| left_half(to), || right_half(&mut right));
        } else {
            left_half(to);
            right_half(&mut right);
        }
        let fold = self.table.folding();
        // SAFETY: U4, U6: rows do not overlap.
        unsafe { fold.onto(to.as_mut_ptr(), right.as_ptr(), lanes.count) };
    }

    /// Reduces a copy of `n` elements of one lane.
    unsafe fn slab(&self, lane: *const u8, start: usize, n: usize, slab: *mut u8, to: &mut Row) {
        // SAFETY: the caller's promise; U6, the slab has room for them.
        unsafe { self.copy_line(lane, start, n, slab) };
        let mut axis = Axis::one();
        axis.size = n;
        axis.strides[0] = self.size() as isize;
        let tree = Tree {
            axes: vec![axis],
            across: false,
            most: usize::MAX,
            ..*self
        };
        let lane = Lanes {
            data: slab,
            count: 1,
        };
        // SAFETY: the caller's promise; the tree depends on `n` alone.
        unsafe { tree.node(lane, 0, n, to) };
    }

    unsafe fn block(&self, lanes: Lanes, start: usize, n: usize, to: &mut Row) {
        let size = self.size();
        let fold = self.table.folding();
        if lanes.count == 1 {
            let mut line = Buffer::<BLOCK_BYTES>::uninit();
            // SAFETY: the caller's promise; U4, U6: a block fits the buffer.
            unsafe {
                let input = self.side_by_side(lanes, start, n, line.as_mut_ptr());
                fold.reduce(input, to.as_mut_ptr(), n);
            }
            return;
        }
        let bytes = lanes.count * size;
        let width = width(size);
        let mut rows = [const { Row::uninit() }; WIDEST_BLOCK];
        let mut row = Row::uninit();
        let acc: *mut u8 = rows.as_mut_ptr().cast();
        // How many indices follow each other in memory.
        let together = if self.lie_side_by_side(lanes) {
            width
        } else {
            1
        };
        let mut index = 0;
        while index < n {
            let at = index % width;
            let count = together.min(n - index);
            // SAFETY: the caller's promise; U4, U6: the accumulators fit their rows, which overlap nothing else.
            unsafe {
                let input = self.side_by_side(lanes, start + index, 1, row.as_mut_ptr());
                let acc = acc.add(at * bytes);
                if index < width {
                    acc.copy_from_nonoverlapping(input, count * bytes);
                } else {
                    fold.onto(acc, input, count * lanes.count);
                }
            }
            index += count;
        }
        let mut left = n.min(width);
        while left > 1 {
            let half = left.div_ceil(2);
            // SAFETY: U4, U6, the halves do not overlap.
            unsafe { fold.onto(acc, acc.add(half * bytes), (left - half) * lanes.count) };
            left = half;
        }
        // SAFETY: U6, one accumulator fits a row.
        unsafe { to.as_mut_ptr().copy_from_nonoverlapping(acc, bytes) };
    }

    /// Whether all lanes of one index are followed by all those of the next.
    fn lie_side_by_side(&self, lanes: Lanes) -> bool {
        let size = self.size() as isize;
        let row = lanes.count as isize * size;
        (lanes.count == 1 || self.step == size)
            && match self.axes[..] {
                [] => true,
                [axis] => axis.strides[0] == row,
                _ => false,
            }
    }

    /// Where `n` elements of each lane lie side by side: in the array, or else in `row`. More than one element only of one lane or of lanes
    /// that lie side by side.
    unsafe fn side_by_side(&self, lanes: Lanes, start: usize, n: usize, row: *mut u8) -> *const u8 {
        let size = self.size();
        let first = lanes.data.wrapping_offset(self.offset(start));
        let direct = self.lie_side_by_side(lanes)
            || n == 1 && (lanes.count == 1 || self.step == size as isize);
        if direct {
            return first;
        }
        if lanes.count == 1 {
            // SAFETY: the caller's promise.
            unsafe { self.copy_line(lanes.data, start, n, row) };
        } else {
            let from = Grid {
                data: first,
                strides: [0, self.step],
            };
            let packed = Grid::packed(row, lanes.count, size);
            // SAFETY: U2; U6, the lanes fit a row.
            unsafe { copy(size, packed, from, [1, lanes.count]) };
        }
        row
    }

    /// Copies `n` elements of one lane.
    unsafe fn copy_line(&self, lane: *const u8, start: usize, n: usize, to: *mut u8) {
        let size = self.size();
        let Some((inner, outer)) = self.axes.split_last() else {
            return;
        };
        let mut done = 0;
        while done < n {
            let index = start + done;
            let columns = (inner.size - index % inner.size).min(n - done);
            let mut rows = 1;
            let mut strides = [0, inner.strides[0]];
            if let Some(outer) = outer.last()
                && columns == inner.size
            {
                let row = index / inner.size % outer.size;
                rows = ((n - done) / columns).min(outer.size - row);
                strides[0] = outer.strides[0];
            }
            let from = Grid {
                data: lane.wrapping_offset(self.offset(index)),
                strides,
            };
            let packed = Grid::packed(to.wrapping_add(done * size), columns, size);
            // SAFETY: U2; U6, the caller's `n` elements.
            unsafe { copy(size, packed, from, [rows, columns]) };
            done += rows * columns;
        }
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
