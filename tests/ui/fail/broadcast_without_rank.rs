use kernel_runtime::prelude::*;

#[kernel((n) -> (n), (n), broadcast)]
pub fn f(a: ArrayViewD<f64>) -> (ArrayD<f64>, Array1<f64>) {
    (a.to_owned(), Array1::zeros(a.len()))
}

fn main() {}
