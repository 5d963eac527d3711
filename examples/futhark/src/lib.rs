//! The programs of a thesis that gave the array language Futhark a WebAssembly backend.

mod integral;
mod linear;
mod mandelbrot;
mod sin;
mod tunnel;

pub use integral::integral;
pub use linear::{dotprod, increment, matmul, matmul64, prefix_sum, scale};
pub use mandelbrot::mandelbrot;
pub use tunnel::tunnel;
