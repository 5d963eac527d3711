use kernel_runtime::prelude::*;

#[ufunc(reorderable, reorderable)]
pub fn larger(a: f64, b: f64) -> f64 {
    a.max(b)
}

fn main() {}
