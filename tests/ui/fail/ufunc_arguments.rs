use kernel_runtime::prelude::*;

#[ufunc]
fn none() -> f64 {
    1.0
}

#[ufunc]
fn five(a: f64, b: f64, c: f64, d: f64, e: f64) -> f64 {
    a + b + c + d + e
}

fn main() {}
