use kernel_runtime::prelude::*;

#[kernel((n) -> (n))]
pub fn f(a: ArrayView2<f64>) -> Array2<f64> {
    a.to_owned()
}

fn main() {}
