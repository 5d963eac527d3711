use kernel_runtime::prelude::*;

#[kernel]
pub struct Model;

#[kernel]
impl Model {
    #[kernel = "count"]
    pub fn size(&self) -> u32 {
        0
    }
}

fn main() {}
