use kernel_runtime::prelude::*;

#[kernel(() -> (n), types(T = unsigned))]
fn grid<T: Into<u64>>(n: T) -> Array1<f64> {
    Array1::zeros(n.into() as usize)
}

fn main() {}
