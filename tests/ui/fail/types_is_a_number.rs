use kernel_runtime::prelude::*;

#[kernel(types(T = 5))]
fn f<T: Copy>(x: ArrayView1<T>) -> T {
    x[0]
}

fn main() {}
