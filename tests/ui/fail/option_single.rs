use kernel_runtime::prelude::*;

#[kernel((..), () -> (n), single)]
pub fn one(a: ArrayViewD<f64>, n: u32) -> Array1<f64> {
    Array1::from_elem(n as usize, a.sum())
}

#[kernel((.., n) -> (.., n), (), single)]
pub fn two(a: ArrayViewD<f64>) -> (ArrayD<f64>, f64) {
    (a.to_owned(), a.sum())
}

#[kernel(single, single)]
pub fn three(a: ArrayViewD<f64>) -> ArrayD<f64> {
    a.to_owned()
}

#[ufunc(single)]
pub fn four(a: f64) -> f64 {
    a
}

fn main() {}
