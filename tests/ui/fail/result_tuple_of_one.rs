use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: f64) -> (f64,) {
    (a,)
}

fn main() {}
