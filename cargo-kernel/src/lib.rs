//! Builds a typed npm package from a crate of `#[kernel]` functions.
