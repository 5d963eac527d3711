//! The order in which a reduction combines its elements: a tree that depends on their number alone.
//!
//! So the result has the same bits for any number of threads and any layout of the array. In a tree rounding errors grow with
//! the logarithm of the number of elements (N. Higham, "The accuracy of floating point summation", SIAM J. Sci. Comput. 14, 1993:
//! pairwise summation).
//!
//! - Up to [`BLOCK`] elements: the second half onto the first, until one is left; where their number is odd, the middle one stays.
//! - More: those before the first multiple of `BLOCK` that is no less than half, and the rest.
//!
//! Nodes are calls of the typed loop: of one lane alone, with many elements of each half at once; of several lanes at once, which is
//! faster where they are denser than what is reduced, with as many elements as lie side by side.

use super::Loop;
use super::buffer::{Buffer, Cell, Grid, copy};
use super::nest::Axis;
use super::threads::join;

/// Elements that are folded by halves.
const BLOCK: usize = 2048;

/// What folding a block needs at most: a row for each left half that waits, and three to work with.
const ROWS: usize = BLOCK.ilog2() as usize + 2;

/// Bytes of a row of lanes. Those of the lowest levels, which are used all the time, fit the first-level cache. (Under Miri, small
/// arrays take several.)
pub(super) const ROW_BYTES: usize = if cfg!(miri) { 256 } else { 2048 };

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
        if n <= BLOCK {
            // SAFETY: the caller's promise.
            return unsafe { self.block(lanes, start, n, to) };
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
        let bytes = lanes.count * self.size();
        let together = if self.lie_side_by_side(lanes) || lanes.count == 1 {
            ROW_BYTES / bytes
        } else {
            1
        };
        let mut level = 0;
        while halved(n, level) > together {
            level += 1;
        }
        let mut rows = [const { Row::uninit() }; ROWS];
        let mut block = Block {
            tree: self,
            lanes,
            start,
            n,
            rows: rows.as_mut_ptr(),
            free: std::array::from_fn(|row| row),
            taken: 0,
        };
        // SAFETY: the caller's promise.
        unsafe {
            let mut value = block.node(level, 0, halved(n, level));
            // What is left lies side by side: its halves too.
            let mut left = halved(n, level);
            while left > 1 {
                let half = left.div_ceil(2);
                let other = Value {
                    data: value.data.add(half * bytes),
                    row: None,
                };
                value = block.combine(value, other, half, left - half);
                left = half;
            }
            to.as_mut_ptr().copy_from_nonoverlapping(value.data, bytes);
        }
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

/// What `level` halvings leave of `n`.
fn halved(n: usize, level: usize) -> usize {
    n.div_ceil(1 << level)
}

/// A block that is being folded.
struct Block<'a> {
    tree: &'a Tree<'a>,
    lanes: Lanes,
    start: usize,
    n: usize,
    /// Of [`ROWS`] rows.
    rows: *mut Row,
    /// Those from `taken` on are free.
    free: [usize; ROWS],
    taken: usize,
}

/// Elements of all lanes, side by side.
struct Value {
    data: *const u8,
    /// Where they are, unless in the array or in someone else's row.
    row: Option<usize>,
}

impl Block<'_> {
    /// Elements `from` to `from + count` of what `level` halvings leave.
    unsafe fn node(&mut self, level: usize, from: usize, count: usize) -> Value {
        if level == 0 {
            let row = self.take();
            let start = self.start + from;
            // SAFETY: the caller's promise; U6, nobody else has the row.
            let data = unsafe {
                let memory = (*self.rows.add(row)).as_mut_ptr();
                self.tree.side_by_side(self.lanes, start, count, memory)
            };
            return Value {
                data,
                row: Some(row),
            };
        }
        let half = halved(self.n, level);
        // All, or all but the middle one.
        let pairs = count.min(halved(self.n, level - 1) - half - from);
        // SAFETY: the caller's promise.
        unsafe {
            let left = self.node(level - 1, from, count);
            if pairs == 0 {
                return left;
            }
            let right = self.node(level - 1, from + half, pairs);
            self.combine(left, right, count, pairs)
        }
    }

    /// Combines `pairs` elements; the rest of the left `count`, one at most, stays.
    unsafe fn combine(&mut self, left: Value, right: Value, count: usize, pairs: usize) -> Value {
        let bytes = self.lanes.count * self.tree.size();
        let row = self.take();
        // SAFETY: U4, U6: nobody else has the row, and both values are elements side by side.
        let data = unsafe {
            let to = (*self.rows.add(row)).as_mut_ptr();
            let inputs = [left.data, right.data];
            self.tree.table.map(&inputs, to, pairs * self.lanes.count);
            if pairs < count {
                let done = pairs * bytes;
                to.add(done)
                    .copy_from_nonoverlapping(left.data.add(done), bytes);
            }
            to.cast_const()
        };
        for row in [left.row, right.row].into_iter().flatten() {
            self.taken -= 1;
            self.free[self.taken] = row;
        }
        Value {
            data,
            row: Some(row),
        }
    }

    fn take(&mut self) -> usize {
        let row = self.free[self.taken];
        self.taken += 1;
        row
    }
}
