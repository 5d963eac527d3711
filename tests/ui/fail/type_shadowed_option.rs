use kernel_runtime::prelude::*;

#[allow(dead_code)]
pub struct Option<T>(T);

#[kernel]
pub fn f(a: Option<f64>) -> f64 {
    a.0
}

fn main() {}
