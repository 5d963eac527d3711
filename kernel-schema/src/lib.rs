//! The contract between the code that `#[kernel]` generates and `cargo kernel`, which packages it.
//!
//! This crate knows neither `syn` nor the file system.

pub mod abi;
mod dtype;
pub mod frame;
mod manifest;
pub mod names;

pub use dtype::Dtype;
pub use manifest::{
    Crate, Dim, Elem, Export, Instance, Kernel, Output, Param, Record, Type, TypeParam, Ufunc,
    product,
};
