use kernel_runtime::prelude::*;

pub struct Model;

#[kernel]
pub fn f(a: &Model, b: &mut Model, c: Model) -> f64 {
    let _ = (a, b, c);
    0.0
}

fn main() {}
