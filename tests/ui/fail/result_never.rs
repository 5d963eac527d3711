use kernel_runtime::prelude::*;

#[kernel]
pub fn f() -> ! {
    panic!()
}

fn main() {}
