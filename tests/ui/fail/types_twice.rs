use kernel_runtime::prelude::*;

#[kernel(types(T = [f32]), types(U = [f64]))]
fn first<T: Copy, U: Copy>(x: ArrayView1<T>, y: ArrayView1<U>) -> T {
    x[y.len()]
}

#[kernel(types(T = [f32], T = [f64]))]
fn second<T: Copy>(x: ArrayView1<T>) -> T {
    x[0]
}

#[kernel(types(T = [f32, f64, f32]))]
fn third<T: Copy>(x: ArrayView1<T>) -> T {
    x[0]
}

fn main() {}
