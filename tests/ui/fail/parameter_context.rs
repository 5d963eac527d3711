use kernel_runtime::prelude::*;

#[kernel]
pub fn owned(context: Context) {
    let _ = context;
}

#[kernel]
pub fn mutable(context: &mut Context) {
    let _ = context;
}

#[kernel]
pub fn two(a: &Context, b: &Context) {
    let _ = (a, b);
}

#[kernel((n), ())]
pub fn entry(x: ArrayView1<f64>, context: &Context) {
    let _ = (x, context);
}

#[kernel]
pub fn result() -> Context {
    Context::new()
}

#[ufunc]
pub fn element(x: f64, context: &Context) -> f64 {
    let _ = context;
    x
}

fn main() {}
