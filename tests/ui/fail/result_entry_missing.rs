use kernel_runtime::prelude::*;

#[kernel((n))]
pub fn f(a: ArrayView1<f64>) -> (Array2<f64>, f64) {
    (a.to_owned().insert_axis(Axis(0)), a.sum())
}

fn main() {}
