use kernel_runtime::prelude::*;

#[kernel((n) -> (n))]
pub fn f<T: Copy, const N: usize>(a: ArrayView1<T>) -> Array1<T> {
    a.to_owned()
}

fn main() {}
