//! The signature grammar.
#![deny(warnings)]
#![forbid(unsafe_code)]

use kernel_runtime::ndarray;
use kernel_runtime::prelude::*;
use std::fmt;

pub struct Failed;

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("failed")
    }
}

#[kernel((n, k), (k, m) -> (n, m))]
pub fn names(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Array2<f32> {
    a.dot(&b)
}

#[kernel((3), (2 * 3, 0x10, _), (1_000) -> (0))]
pub fn sizes(_a: ArrayView1<f32>, _b: ArrayView3<u8>, _c: ArrayView1<f32>) -> Array1<f32> {
    Array1::zeros(0)
}

#[kernel((n), (k), (-(k - n) * 2 / 1) -> (n - k + 1, --n))]
pub fn expressions(
    a: ArrayView1<f64>,
    k: ArrayView1<f64>,
    _c: ArrayView1<f64>,
) -> Result<Array2<f64>, Failed> {
    let shape = (a.len() - k.len() + 1, a.len());
    if k.is_empty() { Err(Failed) } else { Ok(Array2::zeros(shape)) }
}

#[kernel((.., n, 3), (n, ..), (..) -> (.., n), (n, ..), (n + 1, _))]
pub fn rests(
    a: ArrayViewD<f64>,
    b: ndarray::ArrayView2<f64>,
    c: ::kernel_runtime::ndarray::ArrayViewMutD<'_, f64>,
) -> (ArrayD<f64>, Array2<f64>, ndarray::ArrayD<f64>) {
    (a.to_owned(), b.to_owned(), c.to_owned())
}

#[kernel((), (), () -> (height, width, 2 * depth))]
pub fn scalar_sizes(width: u8, height: u64, depth: u16) -> Array3<f32> {
    Array3::zeros((height as usize, width.into(), 2 * usize::from(depth)))
}

// Only arrays have sizes for parameters, and a size is never signed.
#[kernel((), (), (k, n), (k - 1) -> (_, n + 1))]
pub fn scalars_beside_dimensions(k: u32, n: i32, a: ArrayView2<f32>, _b: ArrayView1<f32>) -> Array2<f32> {
    a.mapv(|a| a * k as f32 + n as f32)
}

#[kernel((n))]
pub fn nothing_returned(mut a: ArrayViewMut1<f64>) -> () {
    a.fill(0.0);
}

#[kernel(-> (3), ())]
pub fn nothing_taken() -> std::io::Result<(Array1<u8>, bool)> {
    Ok((Array1::zeros(3), true))
}

#[kernel]
#[cfg(any())]
pub fn absent() {}

#[kernel((r#type,), (), -> (r#type), name = "$renamed",)]
#[must_use]
#[inline(never)]
pub fn r#match(r#type: ArrayView1<f64>, _unused: bool) -> Array1<f64> {
    r#type.to_owned()
}

#[kernel(name = "constant")]
pub const fn constant_function(a: i64) -> i64 {
    a
}

#[kernel]
pub fn lifetimes<'a, 'b>(a: ArrayView1<'a, f64>, b: ArrayView1<'b, f64>) -> f64 {
    a.dot(&b)
}

#[kernel]
pub fn sixteen_results() -> (u8, u8, u8, u8, u8, u8, u8, u8, i64, i64, i64, i64, f64, f64, f64, f64) {
    (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0)
}

#[kernel((n, k), (k, m) -> (n, m), broadcast)]
fn lifted(a: ArrayView2<f64>, b: ArrayView2<f64>) -> Array2<f64> {
    a.dot(&b)
}

#[kernel((n), () -> (), (n + 1), broadcast, name = "liftedTwo", types(T = [f32, u8]))]
fn lifted_two<T: Copy>(x: ArrayViewMut1<T>, by: T) -> Result<(T, Array1<T>), String> {
    Ok((by, x.to_owned()))
}

#[kernel((n, k), (n), (k), () -> (n, _))]
pub fn optional(
    a: Option<ArrayView2<f64>>,
    b: std::option::Option<ArrayViewMut1<f64>>,
    c: Option<ArrayView1<Complex<f32>>>,
    d: Option<bool>,
) -> Array2<f64> {
    let _ = (b, c, d);
    a.map(|a| a.to_owned()).unwrap_or_default()
}

fn main() {
    assert_eq!(names(array![[1.0], [2.0]].view(), array![[3.0]].view()), array![[3.0], [6.0]]);
    assert_eq!(constant_function(7), 7);
    assert!(expressions(array![1.0].view(), array![].view(), array![].view()).is_err());
}
