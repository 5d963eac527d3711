use kernel_runtime::prelude::*;

pub struct Wrong;

#[kernel]
pub fn f(a: f64) -> Result<f64, Wrong> {
    if a > 0.0 { Ok(a) } else { Err(Wrong) }
}

fn main() {}
