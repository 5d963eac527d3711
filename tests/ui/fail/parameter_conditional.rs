use kernel_runtime::prelude::*;

#[kernel]
pub fn f(#[cfg(windows)] a: f64, b: f64) -> f64 {
    b
}

fn main() {}
