use kernel_runtime::prelude::*;

#[ufunc(types(T = floats))]
fn half<T: Into<f64>>(x: T) -> f32 {
    x.into() / 2.0
}

type Number = f64;

#[ufunc]
fn alias(x: Number) -> f64 {
    x
}

fn main() {}
