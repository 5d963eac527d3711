use kernel_runtime::prelude::*;

#[kernel]
pub fn f() -> fn(f64) -> f64 {
    f64::sin
}

fn main() {}
