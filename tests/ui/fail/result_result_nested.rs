use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: f64) -> Result<Result<f64, String>, String> {
    Ok(Ok(a))
}

fn main() {}
