//! One scalar kernel and nothing else.

use kernel_runtime::prelude::*;

/// The sum of two integers.
#[kernel]
pub fn add(x: i32, y: i32) -> i32 {
    x.wrapping_add(y)
}
