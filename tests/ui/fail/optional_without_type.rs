use kernel_runtime::prelude::*;

type Option = std::option::Option<f64>;

#[kernel]
pub fn f(a: Option) -> f64 {
    a.unwrap_or(0.0)
}

fn main() {}
