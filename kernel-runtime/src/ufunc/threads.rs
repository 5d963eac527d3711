//! How work is shared between threads.

use crate::threads::piece;

pub(super) use crate::threads::join;

/// Fewer elements than this are worked on by the calling thread alone.
///
/// Waking a thread of the pool must cost less than what it takes over. Measured in Node with two threads: an addition of `f32` breaks
/// even at 2^14 (10.1 and 11.6 us) and gains from here on (18.0 and 14.2 us).
const PARALLEL_MIN: usize = if cfg!(miri) { 1 << 7 } else { 1 << 15 };

/// How many of `total` elements make a piece: all of them where threads would not pay.
pub(super) fn piece_len(total: usize) -> usize {
    piece(total, 1, PARALLEL_MIN)
}
