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
    Class, Crate, Dim, Elem, Export, Instance, Kernel, Member, Output, Param, Record, Role, Type,
    TypeParam, Ufunc, product,
};
