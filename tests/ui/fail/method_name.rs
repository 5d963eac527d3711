use kernel_runtime::prelude::*;

#[kernel]
pub struct Model;

#[kernel]
impl Model {
    #[kernel(name = "make")]
    pub fn new() -> Self {
        Model
    }

    pub fn free(&self) {}

    #[kernel(name = "then")]
    pub fn after(&self) {}

    pub fn a_b(&self) {}

    #[kernel(name = "aB")]
    pub fn c(&self) {}

    /// One of the class, so it is another place.
    #[kernel(name = "aB")]
    pub fn d() {}

    /// No word is a keyword there.
    pub fn delete(&self) {}
}

#[kernel]
pub struct Other;

#[kernel]
impl Other {
    pub fn new() -> Model {
        Model
    }
}

fn main() {}
