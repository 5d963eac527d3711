//! How work is shared between threads.

use crate::threads::count;

pub(super) use crate::threads::join;

/// Fewer elements than this are worked on by the calling thread alone.
///
/// Waking a thread of the pool must cost less than what it takes over. A guess, to be measured in wasm.
const PARALLEL_MIN: usize = if cfg!(miri) { 1 << 7 } else { 1 << 15 };

/// Pieces per thread, so that threads that are done sooner take over from others.
const PIECES: usize = 4;

/// How many of `total` elements make a piece: all of them where threads would not pay.
pub(super) fn piece_len(total: usize) -> usize {
    if total < PARALLEL_MIN {
        return usize::MAX;
    }
    match count() {
        1 => usize::MAX,
        threads => (total / (threads * PIECES)).max(PARALLEL_MIN / 2),
    }
}
