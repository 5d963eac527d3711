//! `#[kernel]`: numerical Rust functions over `ndarray` views, callable from JavaScript.
//!
//! ```
//! use kernel_runtime::prelude::*;
//!
//! /// Matrix product.
//! #[kernel((n, k), (k, m) -> (n, m))]
//! pub fn matmul(a: ArrayView2<f32>, b: ArrayView2<f32>) -> Array2<f32> {
//!     a.dot(&b)
//! }
//! ```
//!
//! `#[ufunc]` makes a function of scalars one of arrays of any shapes, with NumPy's broadcasting and reductions:
//!
//! ```
//! use kernel_runtime::prelude::*;
//!
//! /// The larger of two values.
//! #[ufunc(types(T = numbers), reorderable)]
//! pub fn maximum<T: PartialOrd>(a: T, b: T) -> T {
//!     if b > a { b } else { a }
//! }
//! ```
//!
//! A struct under `#[kernel]` is something that JavaScript holds and calls methods of:
//!
//! ```
//! use kernel_runtime::prelude::*;
//!
//! /// A generator of Marsaglia's.
//! #[kernel]
//! pub struct Generator {
//!     state: u64,
//! }
//!
//! #[kernel]
//! impl Generator {
//!     /// One that begins at `seed`, which is not 0.
//!     pub fn new(seed: u64) -> Self {
//!         Generator { state: seed }
//!     }
//!
//!     /// So many numbers in [0, 1).
//!     #[kernel(() -> (n))]
//!     pub fn uniform(&mut self, n: u32) -> Array1<f64> {
//!         (0..n).map(|_| self.next()).collect()
//!     }
//!
//!     fn next(&mut self) -> f64 {
//!         self.state ^= self.state << 13;
//!         self.state ^= self.state >> 7;
//!         self.state ^= self.state << 17;
//!         (self.state >> 11) as f64 / (1_u64 << 53) as f64
//!     }
//! }
//!
//! assert_eq!(Generator::new(42).uniform(3).len(), 3);
//! ```
//!
//! A long kernel takes a [`Context`]. The function stays an ordinary Rust function. `cargo kernel build` makes a typed npm package of it.
#![cfg_attr(
    all(kernel_build_std, target_family = "wasm"),
    feature(alloc_error_hook)
)]
#![cfg_attr(
    all(kernel_build_std, target_family = "wasm", target_feature = "atomics"),
    feature(stdarch_wasm_atomic_wait)
)]

// The expansion names this crate `::kernel_runtime`, in its own tests too.
extern crate self as kernel_runtime;

// A crate that nothing names is not linked, and wasm-bindgen's transforms need its exports.
#[cfg(target_family = "wasm")]
use wasm_bindgen as _;

mod area;
mod array;
mod batches;
mod call;
mod context;
#[doc(hidden)]
pub mod exports;
mod fault;
#[cfg(all(target_family = "wasm", target_feature = "atomics"))]
mod heap;
mod list;
pub mod math;
mod opaque;
mod operand;
mod overlap;
mod panic;
#[cfg(all(target_family = "wasm", target_feature = "atomics"))]
mod pool;
mod scalar;
mod shapes;
mod sizes;
mod sort;
mod threads;
mod ufunc;
#[cfg(all(target_family = "wasm", target_feature = "atomics"))]
mod wait;

pub use context::Context;
pub use kernel_macros::{export, kernel, ufunc};
pub use ndarray;
pub use num_complex;
pub use rayon;

#[cfg(all(target_family = "wasm", target_feature = "atomics"))]
pub use heap::SharedHeap;

/// What a kernel author needs: the attributes, the [`Context`], the views, the owned arrays, complex numbers, the bounds of generic kernels,
/// and rayon's iterators.
pub mod prelude {
    pub use crate::{Context, kernel, ufunc};
    pub use ndarray::parallel::prelude::*;
    pub use ndarray::prelude::*;
    pub use ndarray::{
        Array0, Array1, Array2, Array3, Array4, Array5, Array6, ArrayD, ArrayView0, ArrayView1,
        ArrayView2, ArrayView3, ArrayView4, ArrayView5, ArrayView6, ArrayViewD, ArrayViewMut0,
        ArrayViewMut1, ArrayViewMut2, ArrayViewMut3, ArrayViewMut4, ArrayViewMut5, ArrayViewMut6,
        ArrayViewMutD, LinalgScalar, NdFloat, Zip,
    };
    pub use num_complex::Complex;
    pub use rayon::prelude::*;
}

/// What the expansions of the macros call. Not public: it changes with the macro.
#[doc(hidden)]
pub mod __private {
    pub use crate::array::{Input, IntoRaw, RawArray, axis_size, result_rank};
    pub use crate::batches::{Axes, Batch, Batches, Lifted, Outputs};
    pub use crate::call::{Scope, call};
    pub use crate::context::SILENT;
    pub use crate::fault::Fault;
    pub use crate::list::{item, spans, views};
    pub use crate::opaque::{Claim, Opaque, RawHandle, distinct, drop_raw, into_raw, opaque};
    pub use crate::overlap::{Span, disjoint};
    pub use crate::scalar::{Element, Scalar, Size};
    pub use crate::sizes::{CoreSize, ExprFault, Sizes, add, div, mul, neg, sub};
    pub use kernel_schema::abi::status::RESULT;
    pub use kernel_schema::frame;
    pub use ndarray;
    pub use num_complex::Complex;
    pub use std::vec::Vec;

    /// What the expansion of `#[ufunc]` calls.
    pub mod ufunc {
        pub use crate::ufunc::{Loop, Op, fold, map};
    }
}
