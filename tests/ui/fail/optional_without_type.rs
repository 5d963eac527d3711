use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: Option) -> f64 {
    a.unwrap_or(0.0)
}

fn main() {}
