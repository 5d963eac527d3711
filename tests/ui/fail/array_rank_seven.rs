use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: ArrayView7<f32>) -> f32 {
    a.sum()
}

fn main() {}
