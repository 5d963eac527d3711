use kernel_runtime::prelude::*;

#[kernel(types(A = numbers, B = numbers, C = numbers, D = numbers))]
fn four<A: Copy, B: Copy, C: Copy, D: Copy>(a: A, b: B, c: C, d: D) -> A {
    let _ = (b, c, d);
    a
}

fn main() {}
