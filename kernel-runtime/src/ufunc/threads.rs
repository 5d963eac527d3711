//! How work is shared between threads.

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

#[cfg(not(any(miri, all(target_family = "wasm", not(target_feature = "atomics")))))]
pub(super) use rayon::join;

#[cfg(not(any(miri, all(target_family = "wasm", not(target_feature = "atomics")))))]
fn count() -> usize {
    rayon::current_num_threads()
}

/// rayon would be 30 kB of a package without threads.
#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
pub(super) fn join<A, B: Send>(a: impl FnOnce() -> A, b: impl FnOnce() -> B + Send) -> (A, B) {
    (a(), b())
}

#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
fn count() -> usize {
    1
}

/// rayon's queues fail under Miri's strict provenance; threads of std show the same races.
#[cfg(miri)]
pub(super) fn join<A, B: Send>(a: impl FnOnce() -> A, b: impl FnOnce() -> B + Send) -> (A, B) {
    std::thread::scope(|scope| {
        let b = scope.spawn(b);
        let a = a();
        match b.join() {
            Ok(b) => (a, b),
            Err(payload) => std::panic::resume_unwind(payload),
        }
    })
}

#[cfg(miri)]
fn count() -> usize {
    2
}
