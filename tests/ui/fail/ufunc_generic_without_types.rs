use kernel_runtime::prelude::*;

#[ufunc]
pub fn add<T: NdFloat>(a: T, b: T) -> T {
    a + b
}

fn main() {}
