use kernel_runtime::prelude::*;

#[ufunc]
fn none(_x: f64) {}

#[ufunc]
fn two(x: f64) -> (f64, f64) {
    (x.trunc(), x.fract())
}

#[ufunc]
fn fallible(x: f64) -> Result<f64, String> {
    Ok(x)
}

fn main() {}
