//! `kernel_runtime::math`: errors against references of higher precision, special values, and sums.

mod double;
mod reference;
mod single;
mod special;
mod sums;
