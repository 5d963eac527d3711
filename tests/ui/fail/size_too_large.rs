use kernel_runtime::prelude::*;

#[kernel((9007199254740992), (99999999999999999999) -> ())]
pub fn f(a: ArrayView1<f64>, b: ArrayView1<f64>) -> f64 {
    a.dot(&b)
}

fn main() {}
