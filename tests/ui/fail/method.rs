use kernel_runtime::prelude::*;

pub struct S;

impl S {
    #[kernel]
    pub fn f(&self, a: f64) -> f64 {
        a
    }
}

fn main() {}
