//! Work for all threads, where there are any: a package without threads is smaller without rayon.

#[cfg(any(not(target_family = "wasm"), target_feature = "atomics"))]
pub use threaded::*;

#[cfg(any(not(target_family = "wasm"), target_feature = "atomics"))]
mod threaded {
    use kernel_runtime::rayon::prelude::*;

    /// The results of all indices below `n`; a thread takes `least` of them at least.
    pub fn map_indices<R: Send>(
        n: usize,
        least: usize,
        function: &(dyn Fn(usize) -> R + Sync),
    ) -> Vec<R> {
        if n <= least {
            return (0..n).map(function).collect();
        }
        let indices = (0..n).into_par_iter().with_min_len(least);
        indices.map(function).collect()
    }

    /// Does all the work, a piece at a time. One piece wakes no thread.
    pub fn for_each<T: Send>(pieces: Vec<T>, work: &(dyn Fn(T) + Sync)) {
        if pieces.len() == 1 {
            pieces.into_iter().for_each(work);
        } else {
            pieces.into_par_iter().for_each(work);
        }
    }
}

#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
mod sequential {
    /// The results of all indices below `n`.
    pub fn map_indices<R>(n: usize, _: usize, function: &dyn Fn(usize) -> R) -> Vec<R> {
        (0..n).map(function).collect()
    }

    /// Does all the work, a piece at a time.
    pub fn for_each<T>(pieces: Vec<T>, work: &dyn Fn(T)) {
        pieces.into_iter().for_each(work);
    }
}

#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
pub use sequential::*;
