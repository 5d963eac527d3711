use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: Option<Option<f64>>) -> f64 {
    a.flatten().unwrap_or(0.0)
}

fn main() {}
