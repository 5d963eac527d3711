use kernel_runtime::prelude::*;

// -2^63 has no negative and no quotient by -1.
#[kernel((n) -> (n + -(-4503599627370496 * 2048)), ((-4503599627370496 * 2048) / -1))]
pub fn f(a: ArrayView1<f64>) -> (Array1<f64>, Array1<f64>) {
    (a.to_owned(), a.to_owned())
}

fn main() {}
