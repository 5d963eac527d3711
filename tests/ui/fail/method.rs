use kernel_runtime::prelude::*;

pub struct S;

impl S {
    #[kernel]
    pub fn f(&self, a: f64) -> f64 {
        a
    }
}

#[kernel]
pub struct Model;

#[kernel]
impl Model {
    pub fn by_value(self) {}

    pub fn boxed(self: Box<Self>) {}

    #[kernel]
    fn private(&self) {}

    #[kernel]
    #[kernel]
    pub fn twice(&self) {}

    #[ufunc]
    pub fn element(x: f64) -> f64 {
        x
    }

    #[kernel(())]
    pub fn entry_of_self(&self) {}

    pub fn text(&self) -> String {
        String::new()
    }

    pub async fn later(&self) {}
}

fn main() {}
