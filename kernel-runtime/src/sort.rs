/// Sorts axes: few, and std's sort would be 20 kB of wasm. Insertion, stable.
pub(crate) fn sort_axes<T>(axes: &mut [T], before: impl Fn(&T, &T) -> bool) {
    for end in 1..axes.len() {
        for at in (1..=end).rev() {
            if !before(&axes[at], &axes[at - 1]) {
                break;
            }
            axes.swap(at, at - 1);
        }
    }
}
