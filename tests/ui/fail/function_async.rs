use kernel_runtime::prelude::*;

#[kernel]
pub async fn f(a: f64) -> f64 {
    a
}

fn main() {}
