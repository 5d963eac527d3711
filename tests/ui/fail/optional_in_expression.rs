use kernel_runtime::prelude::*;

#[kernel((n), (m) -> (n + m))]
pub fn f(a: ArrayView1<f64>, b: Option<ArrayView1<f64>>) -> Array1<f64> {
    Array1::zeros(a.len() + b.map_or(0, |b| b.len()))
}

fn main() {}
