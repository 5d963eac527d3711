//! The engine of `#[ufunc]`, driven as JavaScript drives it. Runs under Miri.
//!
//! Random shapes and layouts are compared with what is computed index by index; a failure prints its seed.

mod accumulate;
mod map;
mod reduce;
mod support;
