use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: impl Into<f64>) -> f64 {
    a.into()
}

fn main() {}
