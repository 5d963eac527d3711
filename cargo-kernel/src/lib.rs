//! Builds a typed npm package from a crate of `#[kernel]` functions.
//!
//! The road, one stage a module: [`project`] reads what Cargo knows, [`toolchain`] what the machine has, [`plan`] decides,
//! [`compile`] runs Cargo, [`wasm`] reads the manifest and runs wasm-bindgen, [`emit`] makes the texts, [`package`] writes.

mod cli;
mod commands;
pub mod compile;
pub mod emit;
pub mod manifest;
pub mod optimize;
pub mod package;
pub mod plan;
pub mod project;
mod report;
pub mod terminal;
pub mod toolchain;
pub mod wasm;

pub use cli::run;
