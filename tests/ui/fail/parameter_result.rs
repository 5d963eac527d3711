use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: Result<f64, String>) -> f64 {
    a.unwrap_or(0.0)
}

fn main() {}
