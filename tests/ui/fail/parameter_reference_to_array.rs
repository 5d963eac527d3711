use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: &ArrayView2<f64>, b: &mut Array1<f64>, c: &f64) -> f64 {
    b.fill(*c);
    a.sum()
}

fn main() {}
