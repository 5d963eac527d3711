use kernel_runtime::prelude::*;

#[kernel(types)]
fn first<T: Copy>(x: ArrayView1<T>) -> T {
    x[0]
}

#[kernel(types())]
fn second<T: Copy>(x: ArrayView1<T>) -> T {
    x[0]
}

#[kernel(types(T = []))]
fn third<T: Copy>(x: ArrayView1<T>) -> T {
    x[0]
}

#[kernel(types(T))]
fn fourth<T: Copy>(x: ArrayView1<T>) -> T {
    x[0]
}

#[kernel(types(T = ))]
fn fifth<T: Copy>(x: ArrayView1<T>) -> T {
    x[0]
}

#[kernel(types([f32, f64]))]
fn sixth<T: Copy>(x: ArrayView1<T>) -> T {
    x[0]
}

fn main() {}
