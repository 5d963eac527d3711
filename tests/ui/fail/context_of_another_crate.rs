use kernel_runtime::prelude::*;

pub struct Context;

#[kernel]
pub fn f(context: &Context) {
    let _ = context;
}

fn main() {}
