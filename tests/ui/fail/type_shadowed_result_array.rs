use kernel_runtime::prelude::*;

pub type Array1<T> = kernel_runtime::ndarray::Array2<T>;

#[kernel]
pub fn f() -> (f64, Array1<f64>) {
    (0.0, Array1::zeros((1, 1)))
}

fn main() {}
