use kernel_runtime::prelude::*;

#[kernel(types(T = [f32, f64], U = floats))]
fn scale<T: Copy>(x: ArrayView1<T>) -> f64 {
    x.len() as f64
}

fn main() {}
