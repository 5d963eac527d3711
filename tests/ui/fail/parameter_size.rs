use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: usize, b: isize, c: i128, d: u128) -> f64 {
    a as f64 + b as f64 + c as f64 + d as f64
}

fn main() {}
