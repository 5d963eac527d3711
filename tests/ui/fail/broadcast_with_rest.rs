use kernel_runtime::prelude::*;

#[kernel((.., n), (_) -> (..), broadcast)]
pub fn f(a: ArrayView2<f64>, b: ArrayViewMut1<f64>) -> Array1<f64> {
    a.dot(&b)
}

fn main() {}
