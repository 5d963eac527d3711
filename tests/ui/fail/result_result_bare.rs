use kernel_runtime::prelude::*;

#[kernel]
pub fn f() -> std::fmt::Result {
    Ok(())
}

fn main() {}
