use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: f64) -> (f64, Result<f64, String>) {
    (a, Ok(a))
}

fn main() {}
