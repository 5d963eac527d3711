//! In which order batches run, and on which threads.

use super::{Batch, Batches};
use crate::fault::Fault;
use crate::panic;
use crate::threads;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Batches with fewer elements in all than this run on the calling thread alone.
///
/// Less than for a ufunc, since a kernel does more with an element. Measured in Node with two threads: dot products of rows of 64
/// `f32` break even here (21.8 and 20.8 us), and take 41.0 and 31.7 us at twice the size.
const PARALLEL_MIN: usize = if cfg!(miri) { 1 << 5 } else { 1 << 13 };

/// What all threads know.
struct Run<'a> {
    one: &'a (dyn Fn(&Batch) -> Result<(), Fault> + Sync),
    /// How many batches a piece has at most.
    piece: usize,
    /// The first batch that has failed so far: those behind it need not run.
    failed: AtomicUsize,
}

impl Batches {
    /// Runs the batches from `start` on. The fault is that of the first one that has any.
    pub(super) fn each(
        &self,
        start: usize,
        elements: usize,
        one: &(dyn Fn(&Batch) -> Result<(), Fault> + Sync),
    ) -> Result<(), Fault> {
        if start == self.count {
            return Ok(());
        }
        let run = Run {
            one,
            piece: threads::piece(self.count, elements.max(1), PARALLEL_MIN),
            failed: AtomicUsize::new(usize::MAX),
        };
        self.range(&run, start..self.count)
    }

    fn range(&self, run: &Run<'_>, range: Range<usize>) -> Result<(), Fault> {
        if range.len() <= run.piece {
            return self.sequence(run, range);
        }
        let middle = range.start + range.len() / 2;
        let (before, after) = threads::join(
            || self.range(run, range.start..middle),
            || self.range(run, middle..range.end),
        );
        before.and(after)
    }

    /// One thread's part.
    fn sequence(&self, run: &Run<'_>, range: Range<usize>) -> Result<(), Fault> {
        let mut batch = self.batch(range.start);
        while batch.number < range.end && batch.number < run.failed.load(Ordering::Relaxed) {
            // Caught here, so that it does not hide the failure of a batch before this one.
            let result = catch_unwind(AssertUnwindSafe(|| (run.one)(&batch)));
            if let Err(fault) = result.unwrap_or_else(|payload| Err(panic::fault(payload))) {
                run.failed.fetch_min(batch.number, Ordering::Relaxed);
                return Err(fault);
            }
            batch.advance(self);
        }
        Ok(())
    }
}
