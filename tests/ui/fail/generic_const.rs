use kernel_runtime::prelude::*;

#[kernel]
fn nth<const N: usize>(x: ArrayView1<f64>) -> f64 {
    x[N]
}

fn main() {}
