use kernel_runtime::prelude::*;

#[kernel]
pub fn f() -> String {
    String::new()
}

fn main() {}
