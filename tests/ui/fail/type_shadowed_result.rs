use kernel_runtime::prelude::*;

pub type Result<T> = Option<T>;

#[kernel]
pub fn f(a: f64) -> Result<f64> {
    Some(a)
}

fn main() {}
