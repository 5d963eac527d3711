use kernel_runtime::prelude::*;

pub struct Plain;

#[kernel]
impl Plain {
    pub fn new() -> Self {
        Plain
    }

    pub fn size(&self) -> u32 {
        0
    }
}

#[kernel]
pub struct Model;

#[kernel]
impl Clone for Model {
    fn clone(&self) -> Self {
        Model
    }
}

#[kernel]
impl [Model] {}

fn main() {}
