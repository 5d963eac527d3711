use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: f64) -> Option<f64> {
    Some(a)
}

fn main() {}
