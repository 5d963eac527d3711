use kernel_runtime::prelude::*;

#[kernel]
pub struct Model;

#[kernel]
unsafe impl Model {
    pub fn size(&self) -> u32 {
        0
    }
}

fn main() {}
