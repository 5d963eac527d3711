use kernel_runtime::prelude::*;

pub struct Result<T>(T);

#[kernel]
pub fn f() -> Result<f64> {
    Result(0.0)
}

fn main() {}
