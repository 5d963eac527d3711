use kernel_runtime::prelude::*;

#[kernel]
pub struct S;

#[kernel]
impl S {}

#[kernel]
pub enum E {}

#[kernel]
pub mod m {}

#[kernel]
pub const C: f64 = 0.0;

fn main() {}
