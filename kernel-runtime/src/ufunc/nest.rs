//! Nested loops over several operands at once.

use super::threads::join;
use crate::sort::sort_axes;

/// The most operands: four inputs and the output.
pub(super) const OPERANDS: usize = 5;

/// The slot of the output.
pub(super) const OUT: usize = 4;

/// An index space, and where each operand's element of an index lies.
///
/// An operand that is not used has strides of 0.
#[derive(Clone)]
pub(super) struct Nest {
    /// Outermost first.
    pub(super) axes: Vec<Axis>,
    /// Where the elements of index 0 lie.
    pub(super) data: [*mut u8; OPERANDS],
}

// SAFETY: U5.
unsafe impl Send for Nest {}

#[derive(Clone, Copy)]
pub(super) struct Axis {
    pub(super) size: usize,
    /// In bytes.
    pub(super) strides: [isize; OPERANDS],
}

impl Axis {
    /// The axis that any array can be said to have.
    pub(super) const fn one() -> Axis {
        Axis {
            size: 1,
            strides: [0; OPERANDS],
        }
    }
}

impl Nest {
    /// No operands yet.
    pub(super) fn new(shape: &[usize]) -> Nest {
        let axis = |&size| Axis {
            size,
            strides: [0; OPERANDS],
        };
        Nest {
            axes: shape.iter().map(axis).collect(),
            data: [std::ptr::null_mut(); OPERANDS],
        }
    }

    /// Sets an operand: where its first element lies, and its strides in bytes.
    pub(super) fn set(
        &mut self,
        slot: usize,
        data: *mut u8,
        strides: impl IntoIterator<Item = isize>,
    ) {
        self.data[slot] = data;
        for (axis, stride) in self.axes.iter_mut().zip(strides) {
            // Along one element there is no next one, and the stride may be anything.
            axis.strides[slot] = if axis.size == 1 { 0 } else { stride };
        }
    }

    /// Number of indices. (It fits: the shape is that of an array, see `broadcast::count`.)
    pub(super) fn len(&self) -> usize {
        self.axes.iter().map(|axis| axis.size).product()
    }

    /// Brings the axes into an order that suits one operand, with its strides positive and falling.
    pub(super) fn follow(&mut self, slot: usize) {
        let Nest { axes, data } = self;
        axes.retain(|axis| axis.size != 1);
        for axis in axes.iter_mut().filter(|axis| axis.strides[slot] < 0) {
            for (data, stride) in data.iter_mut().zip(&mut axis.strides) {
                *data = data.wrapping_offset((axis.size as isize - 1) * *stride);
                *stride = -*stride;
            }
        }
        sort_axes(axes, |a, b| a.strides[slot] > b.strides[slot]);
    }

    /// Makes one axis of two wherever all operands allow it; the order of the indices stays.
    pub(super) fn coalesce(&mut self) {
        self.axes.retain(|axis| axis.size != 1);
        self.axes.dedup_by(|inner, outer| {
            let reach = inner
                .strides
                .map(|stride| stride.wrapping_mul(inner.size as isize));
            let joined = outer.strides == reach;
            if joined {
                outer.size *= inner.size;
                outer.strides = inner.strides;
            }
            joined
        });
    }

    /// Visits where each operand lies at every index of the axes but the last `inner` ones.
    pub(super) fn visit(&self, inner: usize, visitor: &mut dyn FnMut([*mut u8; OPERANDS])) {
        let outer = self.axes.len().saturating_sub(inner);
        visit(&self.axes[..outer], self.data, visitor);
    }

    /// Cuts the outermost axis that can be cut. The last axis is only cut at multiples of `grain`.
    fn split(mut self, grain: usize) -> Result<[Nest; 2], Nest> {
        let last = self.axes.len().wrapping_sub(1);
        let grain = |index| if index == last { grain } else { 1 };
        let cut = self
            .axes
            .iter()
            .enumerate()
            .position(|(index, axis)| axis.size >= 2 * grain(index));
        let Some(index) = cut else {
            return Err(self);
        };
        let mut rest = self.clone();
        let axis = &mut self.axes[index];
        let half = (axis.size / 2).next_multiple_of(grain(index));
        axis.size = half;
        let tail = &mut rest.axes[index];
        tail.size -= half;
        rest.data = offset(rest.data, &tail.strides, half);
        Ok([self, rest])
    }

    /// Cuts the nest until no piece has more than `most` indices and works on the pieces, on all threads.
    pub(super) fn in_pieces(self, most: usize, grain: usize, work: &(dyn Fn(Nest) + Sync)) {
        if self.len() <= most {
            return work(self);
        }
        match self.split(grain) {
            Err(whole) => work(whole),
            Ok([head, tail]) => {
                join(
                    || head.in_pieces(most, grain, work),
                    || tail.in_pieces(most, grain, work),
                );
            }
        }
    }
}

/// Moves every operand by `steps` of its stride.
pub(super) fn offset(
    data: [*mut u8; OPERANDS],
    strides: &[isize; OPERANDS],
    steps: usize,
) -> [*mut u8; OPERANDS] {
    let mut moved = data;
    for (data, stride) in moved.iter_mut().zip(strides) {
        *data = data.wrapping_offset(steps as isize * stride);
    }
    moved
}

fn visit(axes: &[Axis], data: [*mut u8; OPERANDS], visitor: &mut dyn FnMut([*mut u8; OPERANDS])) {
    let Some((axis, rest)) = axes.split_first() else {
        return visitor(data);
    };
    for i in 0..axis.size {
        visit(rest, offset(data, &axis.strides, i), visitor);
    }
}
