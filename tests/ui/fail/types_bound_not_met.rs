use kernel_runtime::prelude::*;

#[kernel(types(T = [f32, bool]))]
fn negate<T: Copy + std::ops::Neg<Output = T>>(x: ArrayView1<T>) -> Array1<T> {
    x.mapv(|x| -x)
}

#[kernel(types(T = floats))]
fn halve<T: Copy + From<f64>>(x: ArrayView1<T>) -> T {
    x[0]
}

fn main() {}
