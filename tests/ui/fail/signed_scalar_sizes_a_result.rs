use kernel_runtime::prelude::*;

#[kernel(() -> (n))]
pub fn f(n: i32) -> Array1<f64> {
    Array1::zeros(n as usize)
}

fn main() {}
