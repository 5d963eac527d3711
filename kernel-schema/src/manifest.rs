use crate::Dtype;
use serde::{Deserialize, Serialize};

/// What one framed record of the manifest section says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "lowercase")]
pub enum Record {
    /// A function under `#[kernel]`.
    Kernel(Kernel),
    /// A `kernel_runtime::export!(dep)`.
    Export(Export),
}

/// The crate that a record was compiled in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Crate {
    /// `CARGO_PKG_NAME`
    pub package: String,
    /// `CARGO_PKG_VERSION`
    pub version: String,
    /// `CARGO_CRATE_NAME`
    pub name: String,
}

/// One kernel: all that a package needs to know to call it and to declare it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Kernel {
    /// Name in JavaScript.
    pub js_name: String,
    /// Name of the Rust function.
    pub name: String,
    /// Where it was compiled.
    pub krate: Crate,
    /// The doc comment, lines joined by `\n`, one leading space of each line removed.
    pub docs: String,
    /// Parameters that JavaScript sees, in order.
    pub params: Vec<Param>,
    /// Results, in order: none, one, or the fields of a tuple.
    pub results: Vec<Output>,
    /// Whether the function returns a `Result`.
    pub fallible: bool,
    /// Name of the wasm export, see [`crate::names::symbol_start`]. The last field: rustc completes it, see
    /// [`crate::frame::around_symbol`].
    pub symbol: String,
}

/// A parameter of a kernel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Param {
    /// Name in JavaScript.
    pub name: String,
    /// Its type.
    #[serde(flatten)]
    pub ty: Type,
    /// Whether the kernel writes into it (`ArrayViewMut`).
    pub mutable: bool,
}

/// A result of a kernel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Output {
    /// Its type.
    #[serde(flatten)]
    pub ty: Type,
}

/// The type of a parameter or result.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Type {
    /// A single value.
    Scalar {
        /// Its type.
        dtype: Dtype,
    },
    /// An array.
    Array {
        /// Element type.
        dtype: Dtype,
        /// One entry per dimension; at most one [`Dim::Rest`].
        dims: Vec<Dim>,
    },
}

/// One entry of a signature's dimension list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dim {
    /// One size wherever the name appears.
    Name(String),
    /// A fixed size.
    Size(u64),
    /// Any size: `_`.
    Any,
    /// Any number of dimensions: `..`.
    Rest,
    /// An expression over names, as written, with single spaces around binary operators.
    Expr(String),
}

/// A dependency whose kernels the package exports too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Export {
    /// The crate that says so.
    pub krate: Crate,
    /// The dependency's name as that crate's code writes it.
    pub dependency: String,
}

impl Type {
    /// Element type, or the scalar's type.
    pub fn dtype(&self) -> Dtype {
        match self {
            Type::Scalar { dtype } | Type::Array { dtype, .. } => *dtype,
        }
    }

    /// Number of dimensions: 0 for a scalar, `None` where a signature leaves it open.
    pub fn rank(&self) -> Option<usize> {
        match self {
            Type::Scalar { .. } => Some(0),
            Type::Array { dims, .. } if dims.contains(&Dim::Rest) => None,
            Type::Array { dims, .. } => Some(dims.len()),
        }
    }
}
