use kernel_runtime::prelude::*;

#[kernel((n), (k) -> ((n k) * 2))]
pub fn f(a: ArrayView1<f64>, _b: ArrayView1<f64>) -> Array1<f64> {
    a.to_owned()
}

fn main() {}
