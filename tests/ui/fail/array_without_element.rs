use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: ArrayView2) -> f64 {
    a.sum()
}

fn main() {}
