use kernel_runtime::prelude::*;

#[kernel]
pub fn f() -> &'static f64 {
    &0.0
}

fn main() {}
