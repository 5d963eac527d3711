use kernel_runtime::prelude::*;

#[kernel((n) -> (n), types(T = floats, U = floats))]
fn cast<T: Copy + Into<f64>, U: Copy + From<f32>>(x: ArrayView1<T>) -> Array1<U> {
    x.mapv(|_| U::from(1.0))
}

fn main() {}
