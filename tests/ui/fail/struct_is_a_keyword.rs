use kernel_runtime::prelude::*;

#[kernel(name = "class")]
pub struct Model;

#[kernel]
#[allow(non_camel_case_types)]
pub struct function;

fn main() {}
