use kernel_runtime::prelude::*;

#[kernel((n) -> (n))]
pub struct Signature;

#[kernel(types(T = [f32]))]
pub struct Types;

#[kernel(name = "a b")]
pub struct Name;

#[kernel(broadcast, single)]
pub struct Flags;

#[kernel]
pub struct NdArray;

#[kernel(name = "then")]
pub struct Then;

#[kernel]
pub struct Context;

#[kernel]
pub struct Good;

#[kernel(name = "Better")]
impl Good {}

fn main() {}
