use kernel_runtime::prelude::*;

#[kernel(reorderable)]
pub fn first(a: f64, b: f64) -> f64 {
    a + b
}

#[kernel(reduce = "sum", accumulate = "cumsum")]
pub fn second(a: f64, b: f64) -> f64 {
    a + b
}

fn main() {}
