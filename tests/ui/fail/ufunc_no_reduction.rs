use kernel_runtime::prelude::*;

#[ufunc(identity = 0)]
fn negate(x: f64) -> f64 {
    -x
}

#[ufunc(types(T = floats), reorderable)]
fn less<T: PartialOrd>(a: T, b: T) -> bool {
    a < b
}

#[ufunc(accumulate = "negateAll")]
fn negative(x: f64) -> f64 {
    -x
}

fn main() {}
