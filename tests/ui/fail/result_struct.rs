use kernel_runtime::prelude::*;

pub struct Model;

#[kernel]
pub fn f() -> Model {
    Model
}

fn main() {}
