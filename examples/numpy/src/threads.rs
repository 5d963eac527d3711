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
}

#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
pub fn map_indices<R>(n: usize, _least: usize, function: &dyn Fn(usize) -> R) -> Vec<R> {
    (0..n).map(function).collect()
}
