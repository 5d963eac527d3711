use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: Option<&f64>) -> f64 {
    a.copied().unwrap_or(0.0)
}

fn main() {}
