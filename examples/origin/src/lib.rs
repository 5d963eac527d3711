//! The programs of a 2015 experiment that compiled NumPy functions for the browser, and what it could not do.

mod arrays;
mod table;

pub use arrays::{axpy, clip, cumsum, multiply, sum};
pub use table::{TableError, row_of_max};

use kernel_runtime::prelude::*;

/// The sum of two integers. It wraps around, as NumPy's `int32` does.
#[kernel]
pub fn add(x: i32, y: i32) -> i32 {
    x.wrapping_add(y)
}

#[cfg(test)]
mod tests {
    #[test]
    fn add_wraps_around() {
        assert_eq!(super::add(2, 3), 5);
        assert_eq!(super::add(i32::MAX, 1), i32::MIN);
    }
}
