use kernel_runtime::prelude::*;

#[ufunc(identity)]
fn first(a: f64, b: f64) -> f64 {
    a + b
}

#[ufunc(identity = 0, identity = 1)]
fn second(a: f64, b: f64) -> f64 {
    a + b
}

#[ufunc(broadcast)]
fn third(a: f64, b: f64) -> f64 {
    a + b
}

#[ufunc(commutative)]
fn fourth(a: f64, b: f64) -> f64 {
    a + b
}

#[ufunc(reduce, accumulate = "then")]
fn named(a: f64, b: f64) -> f64 {
    a + b
}

#[ufunc(reduce = "sum", reduce = "total")]
fn named_twice(a: f64, b: f64) -> f64 {
    a + b
}

#[kernel(identity = 0)]
fn fifth(a: f64, b: f64) -> f64 {
    a + b
}

fn main() {}
