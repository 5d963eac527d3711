use kernel_runtime::prelude::*;

type Complex64 = Complex<f64>;

#[kernel]
pub fn f(a: Complex<f64>, b: ArrayView1<Complex<i32>>, c: ArrayView1<Complex64>) -> f64 {
    a.re + b.len() as f64 + c.len() as f64
}

#[kernel]
pub fn g(x: ArrayView1<f64>) -> Complex<f64> {
    Complex::new(x.sum(), 0.0)
}

fn main() {}
