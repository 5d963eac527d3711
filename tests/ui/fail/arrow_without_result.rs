use kernel_runtime::prelude::*;

#[kernel((n) -> (n))]
pub fn f(mut a: ArrayViewMut1<f64>) {
    a.fill(0.0);
}

fn main() {}
