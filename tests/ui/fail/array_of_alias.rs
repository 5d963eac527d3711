use kernel_runtime::prelude::*;

pub type Real = f64;

#[kernel]
pub fn f(a: ArrayView1<Real>) -> Array1<usize> {
    Array1::zeros(a.len())
}

fn main() {}
