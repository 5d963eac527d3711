use kernel_runtime::prelude::*;

#[ufunc((n), (n) -> (n), types(T = floats))]
fn add<T: std::ops::Add<Output = T>>(a: T, b: T) -> T {
    a + b
}

fn main() {}
