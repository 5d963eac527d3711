use kernel_runtime::prelude::*;

#[kernel((n) -> (n % 2), (n.min(3)))]
pub fn f(a: ArrayView1<f64>) -> (Array1<f64>, Array1<f64>) {
    (a.to_owned(), a.to_owned())
}

fn main() {}
