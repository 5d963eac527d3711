//! How work is shared between threads.

use crate::threads::piece;

pub(super) use crate::threads::join;

/// Fewer elements than this are worked on by the calling thread alone.
///
/// Waking a thread of the pool must cost less than what it takes over. A guess, to be measured in wasm.
const PARALLEL_MIN: usize = if cfg!(miri) { 1 << 7 } else { 1 << 15 };

/// How many of `total` elements make a piece: all of them where threads would not pay.
pub(super) fn piece_len(total: usize) -> usize {
    piece(total, 1, PARALLEL_MIN)
}
