#![allow(unused_variables)]
use kernel_runtime::prelude::*;

#[kernel]
pub fn f(
    a: &[Array2<f64>],
    b: &mut [ArrayView1<f64>],
    c: &[ArrayViewMut1<f64>],
    d: Vec<ArrayView1<f64>>,
    e: &Vec<ArrayViewD<f64>>,
    f: [ArrayView1<f64>; 3],
    g: &'static [ArrayView1<f64>],
    h: &[&ArrayView1<f64>],
    i: &[Vec<f64>],
    j: Vec<&[[f64; 3]]>,
) {
}

#[kernel]
pub fn results() -> (Vec<ArrayView1<'static, f64>>, [Array1<f64>; 2], Vec<f64>) {
    todo!()
}

#[kernel((n) -> (2 * n))]
pub fn open(x: &[ArrayView1<f64>]) -> Array1<f64> {
    todo!()
}

#[kernel((n) -> (n), broadcast)]
pub fn lifted(x: &[ArrayView1<f64>]) -> Array1<f64> {
    todo!()
}

#[kernel(single)]
pub fn single() -> Vec<ArrayD<f64>> {
    todo!()
}

#[ufunc]
pub fn scalars(x: &[ArrayView1<f64>]) -> f64 {
    todo!()
}

fn main() {}
