use kernel_runtime::prelude::*;

#[kernel((n) -> (m, n + k))]
pub fn f(a: ArrayView1<f64>) -> Array2<f64> {
    a.to_owned().insert_axis(Axis(0))
}

fn main() {}
