use kernel_runtime::prelude::*;

#[kernel(() -> (n))]
pub fn f(n: Option<u32>) -> Array1<f64> {
    Array1::zeros(n.unwrap_or(0) as usize)
}

fn main() {}
