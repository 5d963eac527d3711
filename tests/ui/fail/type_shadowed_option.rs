use kernel_runtime::prelude::*;

#[allow(dead_code)]
pub struct Wrapper<T>(T);
use Wrapper as Option;

#[kernel]
pub fn f(a: Option<f64>) -> f64 {
    a.0
}

fn main() {}
