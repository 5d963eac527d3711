use kernel_runtime::prelude::*;

#[kernel]
pub fn f(a: String, b: &str, c: char) -> u32 {
    (a.len() + b.len()) as u32 + c as u32
}

fn main() {}
