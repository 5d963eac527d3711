use kernel_runtime::prelude::*;

#[kernel]
pub fn f(function: f64) -> f64 {
    function
}

fn main() {}
