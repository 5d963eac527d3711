use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: f64) -> f64
where
    f64: Copy,
{
    a
}

fn main() {}
