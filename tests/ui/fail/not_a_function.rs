use kernel_runtime::prelude::*;

#[kernel]
pub enum E {}

#[kernel]
pub union U {
    a: u32,
    b: f32,
}

#[kernel]
pub trait T {}

#[kernel]
pub mod m {}

#[kernel]
pub const C: f64 = 0.0;

#[ufunc]
pub struct S;

#[ufunc]
impl S {}

fn main() {}
