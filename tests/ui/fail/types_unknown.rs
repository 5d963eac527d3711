use kernel_runtime::prelude::*;

#[kernel(types(T = decimals))]
fn family<T: Copy>(x: ArrayView1<T>) -> T {
    x[0]
}

#[kernel(types(T = [f32, usize, String]))]
fn types<T: Copy>(x: ArrayView1<T>) -> T {
    x[0]
}

fn main() {}
