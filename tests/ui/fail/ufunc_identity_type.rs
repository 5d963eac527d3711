use kernel_runtime::prelude::*;

#[ufunc(identity = 1.5)]
fn multiply(a: i32, b: i32) -> i32 {
    a * b
}

#[ufunc(identity = 2)]
fn or(a: bool, b: bool) -> bool {
    a || b
}

#[ufunc(types(T = [i32, f32]), identity = T::INFINITY)]
fn minimum<T: PartialOrd>(a: T, b: T) -> T {
    if b < a { b } else { a }
}

fn main() {}
