use kernel_runtime::prelude::*;

pub struct Model;

type Number = f64;

#[kernel]
pub fn f() -> Model {
    Model
}

#[kernel]
pub fn g() -> (Number, u8) {
    (0.0, 0)
}

#[kernel]
pub fn h() -> Box<Model> {
    Box::new(Model)
}

#[kernel]
pub fn i(model: &Model) -> &Model {
    model
}

fn main() {}
