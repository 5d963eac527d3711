use kernel_runtime::prelude::*;

#[kernel]
fn sum<T: Copy>(x: ArrayView1<T>) -> f64 {
    x.len() as f64
}

fn main() {}
