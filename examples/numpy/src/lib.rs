//! A NumPy for the browser: NumPy's functions, under NumPy's names, with NumPy's argument order and results.
//!
//! The README has a table of them all, and of what differs.

pub mod arithmetic;
mod axes;
pub mod comparison;
pub mod complex;
mod elements;
mod error;
pub mod fft;
pub mod floats;
mod gather;
mod gemm;
pub mod joining;
mod lanes;
pub mod linalg;
pub mod logic;
pub mod manipulation;
mod number;
pub mod products;
pub mod random;
mod reduce;
pub mod reductions;
pub mod sorting;
mod stacks;
pub mod statistics;
mod threads;
pub mod transcendental;

pub use error::Error;
