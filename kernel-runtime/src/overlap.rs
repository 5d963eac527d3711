use crate::fault::Fault;
use crate::sort::sort_axes;
use kernel_schema::abi::status;

/// The addresses that an array touches, from its lowest byte to one past its highest.
#[derive(Clone)]
pub struct Span {
    place: u32,
    mutable: bool,
    start: usize,
    end: usize,
    overlaps_itself: bool,
}

impl Span {
    /// Of an array that was left out.
    pub const ABSENT: Span = Span {
        place: 0,
        mutable: false,
        start: 0,
        end: 0,
        overlaps_itself: false,
    };

    pub(crate) fn new(
        place: u32,
        mutable: bool,
        data: usize,
        element: usize,
        shape: &[usize],
        strides: &[isize],
    ) -> Span {
        let (mut start, mut end) = (data, data);
        if !shape.contains(&0) {
            end += element;
            for (&size, &stride) in shape.iter().zip(strides) {
                let reach = (size - 1) * stride.unsigned_abs() * element;
                if stride < 0 {
                    start -= reach;
                } else {
                    end += reach;
                }
            }
        }
        Span {
            place,
            mutable,
            start,
            end,
            overlaps_itself: mutable && overlaps_itself(shape, strides),
        }
    }

    fn meets(&self, other: &Span) -> bool {
        let empty = self.start == self.end || other.start == other.end;
        !empty && self.start < other.end && other.start < self.end
    }
}

/// Refuses a mutable array that overlaps another one or itself.
///
/// Conservative: two arrays overlap when their address ranges do, so element-disjoint interleavings are refused.
pub fn disjoint(spans: &[Span]) -> Result<(), Fault> {
    for (index, span) in spans.iter().enumerate().filter(|(_, span)| span.mutable) {
        if span.overlaps_itself {
            return Err(Fault::new(status::ALIAS_SELF, [span.place.into()]));
        }
        for (other_index, other) in spans.iter().enumerate() {
            if other_index != index && span.meets(other) {
                return Err(Fault::new(
                    status::ALIAS,
                    [span.place.into(), other.place.into()],
                ));
            }
        }
    }
    Ok(())
}

/// Whether two indices may reach one element.
///
/// Sufficient for "no": with the axes in the order of their strides, each stride is larger than what all smaller ones
/// reach together (NumPy's `solve_may_share_memory` has the exact answer; views made by slicing and transposing pass).
fn overlaps_itself(shape: &[usize], strides: &[isize]) -> bool {
    if shape.contains(&0) {
        return false;
    }
    let mut axes: Vec<(usize, usize)> = shape
        .iter()
        .zip(strides)
        .filter(|&(&size, _)| size > 1)
        .map(|(&size, &stride)| (stride.unsigned_abs(), size))
        .collect();
    sort_axes(&mut axes, |a, b| a < b);
    let mut reach = 0;
    axes.iter().any(|&(stride, size)| {
        let overlaps = stride <= reach;
        reach += (size - 1) * stride;
        overlaps
    })
}
