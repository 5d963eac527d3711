use kernel_runtime::prelude::*;

pub struct Plain;

#[kernel]
pub struct Model;

pub struct Pair<T>(T, T);

#[kernel]
pub fn without_attribute(a: &Plain, b: &mut Plain) {
    let _ = (a, b);
}

#[kernel]
pub fn by_value(a: Model) {
    let _ = a;
}

#[kernel]
pub fn with_arguments(a: &Pair<f64>) {
    let _ = a;
}

#[kernel]
pub fn for_ever(a: &'static Model) {
    let _ = a;
}

#[kernel((n))]
pub fn entry(a: &Model) {
    let _ = a;
}

#[ufunc]
pub fn element(a: &Model, x: f64) -> f64 {
    let _ = a;
    x
}

fn main() {}
