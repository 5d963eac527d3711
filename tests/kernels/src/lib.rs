//! Fixture kernels of the tests under `tests/js`: each does one thing that a test asks about.

pub mod arithmetic;
pub mod broadcast;
pub mod faults;
pub mod generic;
pub mod handles;
pub mod identity;
pub mod inplace;
pub mod lists;
pub mod math;
pub mod memory;
pub mod numpy;
pub mod optional;
pub mod parallel;
pub mod results;
pub mod scalars;
pub mod shapes;
pub mod stale;
pub mod traps;
pub mod ufuncs;
