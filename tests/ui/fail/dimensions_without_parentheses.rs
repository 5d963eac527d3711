use kernel_runtime::prelude::*;

#[kernel(n -> n)]
pub fn f(a: ArrayView1<f64>) -> Array1<f64> {
    a.to_owned()
}

fn main() {}
