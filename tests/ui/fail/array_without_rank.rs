use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: ArrayView<f32, Ix3>, b: ArrayViewMut<f32, IxDyn>) -> f32 {
    a.sum() + b.sum()
}

fn main() {}
