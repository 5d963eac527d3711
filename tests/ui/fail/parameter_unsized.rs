use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: [f64], b: dyn Fn(f64) -> f64) {
    b(a[0]);
}

fn main() {}
