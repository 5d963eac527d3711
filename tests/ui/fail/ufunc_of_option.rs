use kernel_runtime::prelude::*;

#[ufunc]
pub fn f(a: f64, b: Option<f64>) -> f64 {
    a + b.unwrap_or(0.0)
}

fn main() {}
