use kernel_runtime::prelude::*;

#[kernel((), () -> (height, width), broadcast)]
pub fn f(width: u32, height: u32) -> Array2<f32> {
    Array2::zeros((height as usize, width as usize))
}

fn main() {}
