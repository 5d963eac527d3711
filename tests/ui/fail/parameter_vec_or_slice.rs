use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: Vec<f64>, b: &[f64], c: &mut [f64], d: [f64; 3], e: &Vec<f64>) -> f64 {
    c[0] = b[0];
    a[0] + d[0] + e[0]
}

fn main() {}
