use kernel_runtime::prelude::*;

#[kernel]
pub struct Model;

#[kernel((), (n) -> (), broadcast)]
pub fn apply(model: &Model, x: ArrayView1<f64>) -> f64 {
    let _ = model;
    x.sum()
}

#[kernel]
impl Model {
    #[kernel((n) -> (), broadcast)]
    pub fn run(&self, x: ArrayView1<f64>) -> f64 {
        x.sum()
    }
}

fn main() {}
