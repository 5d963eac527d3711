//! rayon, or what stands in for it: where there is one thread, and under Miri.

#[cfg(not(any(miri, all(target_family = "wasm", not(target_feature = "atomics")))))]
pub(crate) use rayon::join;

/// How many threads there are.
#[cfg(not(any(miri, all(target_family = "wasm", not(target_feature = "atomics")))))]
fn count() -> usize {
    rayon::current_num_threads()
}

/// rayon would be 30 kB of a package without threads.
#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
pub(crate) fn join<A, B: Send>(a: impl FnOnce() -> A, b: impl FnOnce() -> B + Send) -> (A, B) {
    (a(), b())
}

#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
fn count() -> usize {
    1
}

/// rayon's queues fail under Miri's strict provenance; threads of std show the same races.
#[cfg(miri)]
pub(crate) fn join<A, B: Send>(a: impl FnOnce() -> A, b: impl FnOnce() -> B + Send) -> (A, B) {
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

/// Pieces per thread, so that threads that are done sooner take over from others: half a piece is what the last one is waited for.
const PIECES: usize = 16;

/// How many of `total` tasks of `weight` elements make a piece: all of them where there are fewer than `least` elements, or one thread.
pub(crate) fn piece(total: usize, weight: usize, least: usize) -> usize {
    if total.saturating_mul(weight) < least {
        return usize::MAX;
    }
    match count() {
        1 => usize::MAX,
        threads => (total / (threads * PIECES)).max(least / 2 / weight).max(1),
    }
}
