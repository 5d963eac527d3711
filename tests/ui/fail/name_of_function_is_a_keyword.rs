use kernel_runtime::prelude::*;

#[kernel]
pub fn delete(a: f64) -> f64 {
    a
}

fn main() {}
