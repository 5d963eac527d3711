use crate::{Dtype, names};
use serde::{Deserialize, Serialize};

/// What one framed record of the manifest section says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "lowercase")]
pub enum Record {
    /// A struct under `#[kernel]`.
    Class(Class),
    /// A function under `#[kernel]`, or a method.
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

/// A class of handles: JavaScript sees its methods and nothing of what is in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Class {
    /// Name in JavaScript.
    pub js_name: String,
    /// Name of the Rust struct.
    pub name: String,
    /// Where it was compiled.
    pub krate: Crate,
    /// The doc comment, as a kernel's.
    pub docs: String,
    /// Name of the wasm export that drops one, by which kernels name the class too. The last field: rustc completes it, as
    /// a kernel's.
    pub symbol: String,
}

/// What a kernel is to a class.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Member {
    /// Index of the class in [`Kernel::classes`].
    pub class: usize,
    /// How JavaScript calls it.
    pub role: Role,
}

/// How JavaScript calls a member of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// `new Class(...)`: its one result is a handle of the class.
    Constructor,
    /// `Class.member(...)`
    Static,
    /// `handle.member(...)`: the address of the handle comes before the parameters.
    Method,
}

/// One kernel: all that a package needs to know to call it and to declare it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Kernel {
    /// Name in JavaScript.
    pub js_name: String,
    /// Name of the Rust function.
    pub name: String,
    /// What it is to a class, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<Member>,
    /// Where it was compiled.
    pub krate: Crate,
    /// The doc comment, lines joined by `\n`, one leading space of each line removed.
    pub docs: String,
    /// Type parameters, in the function's order: none where it is not generic.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<TypeParam>,
    /// Parameters that JavaScript sees, in order.
    pub params: Vec<Param>,
    /// Results, in order: none, one, or the fields of a tuple.
    pub results: Vec<Output>,
    /// Whether the function returns a `Result`.
    pub fallible: bool,
    /// Whether it is lifted over leading dimensions: every array has the dimensions of the loop before those listed, and so has
    /// every result. A scalar result is an array of no dimensions of its own then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub broadcast: bool,
    /// Whether its results of any shape, `(..)`, are single values where they have no dimensions.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub single: bool,
    /// What there is besides where it is a ufunc: its parameters and its one result are arrays of any shape.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ufunc: Option<Ufunc>,
    /// Symbols of the classes that it has to do with. The last field but one: rustc completes it, see
    /// [`crate::frame::around_symbols`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// Name of the wasm export, see [`crate::names::symbol_start`]. The last field: rustc completes it too. A generic function has an export for each of its [`instances`](Kernel::instances).
    pub symbol: String,
}

/// A function under `#[ufunc]`; [`crate::abi::ufunc`] has what its exports take.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ufunc {
    /// Whether it has `reduce`, `accumulate` and `outer`.
    pub folds: bool,
    /// The name of its own that `reduce` has in JavaScript, as the sum of an addition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reduction: Option<String>,
    /// The name of its own that `accumulate` has in JavaScript.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accumulation: Option<String>,
}

/// A type parameter of a generic kernel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TypeParam {
    /// Name in Rust.
    pub name: String,
    /// What it can stand for, in the order that the signature has them in.
    pub dtypes: Vec<Dtype>,
}

/// What a generic kernel is for one choice of its type parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// One for each type parameter.
    pub dtypes: Vec<Dtype>,
    /// Name of the wasm export.
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
    /// Whether the kernel writes into it (`ArrayViewMut`, `&mut`).
    pub mutable: bool,
    /// Whether it may be left out (`Option`). An array that is has the address 0; a scalar's value is preceded by another one, an i32,
    /// that is 0 where it is left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
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
        dtype: Elem,
    },
    /// An array.
    Array {
        /// Element type.
        dtype: Elem,
        /// One entry per dimension; at most one [`Dim::Rest`].
        dims: Vec<Dim>,
    },
    /// A list of arrays, to each of which the same applies.
    List {
        /// Element type.
        dtype: Elem,
        /// One entry per dimension; at most one [`Dim::Rest`].
        dims: Vec<Dim>,
    },
    /// A handle.
    Handle {
        /// Index of the class in [`Kernel::classes`].
        class: usize,
    },
}

/// The type of a scalar, or of an array's elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Elem {
    /// Index of a type parameter.
    Param(usize),
    /// Always the same.
    #[serde(untagged)]
    Dtype(Dtype),
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

impl Kernel {
    /// All names that it has in JavaScript: its own, and those of its folds.
    pub fn js_names(&self) -> impl Iterator<Item = &str> {
        let folds = self
            .ufunc
            .iter()
            .flat_map(|ufunc| [&ufunc.reduction, &ufunc.accumulation]);
        let folds = folds.flatten().map(String::as_str);
        std::iter::once(self.js_name.as_str()).chain(folds)
    }

    /// Whether a result of this type is an array or a single value, as it has dimensions or none.
    pub fn may_be_single(&self, ty: &Type) -> bool {
        match ty {
            Type::Scalar { .. } => self.broadcast,
            Type::Array { dims, .. } => self.single && dims[..] == [Dim::Rest],
            Type::List { .. } | Type::Handle { .. } => false,
        }
    }

    /// The symbol of the class that it is a member of.
    pub fn owner(&self) -> Option<&str> {
        let member = self.member.as_ref()?;
        Some(&self.classes[member.class])
    }

    /// The product of the type parameters' lists, the last one varying fastest; one instance where there are none.
    pub fn instances(&self) -> Vec<Instance> {
        let product = product(self.types.iter().map(|param| &param.dtypes[..]));
        let instance = |dtypes: Vec<Dtype>| Instance {
            symbol: format!("{}{}", self.symbol, names::instance_suffix(&dtypes)),
            dtypes,
        };
        product.into_iter().map(instance).collect()
    }
}

impl Elem {
    /// The dtype, where the type parameters stand for `dtypes`.
    pub fn resolve(self, dtypes: &[Dtype]) -> Dtype {
        match self {
            Elem::Dtype(dtype) => dtype,
            Elem::Param(index) => dtypes[index],
        }
    }
}

impl From<Dtype> for Elem {
    fn from(dtype: Dtype) -> Elem {
        Elem::Dtype(dtype)
    }
}

impl Type {
    /// Element type, or the scalar's type; a handle has none.
    pub fn elem(&self) -> Option<Elem> {
        match self {
            Type::Scalar { dtype } | Type::Array { dtype, .. } | Type::List { dtype, .. } => {
                Some(*dtype)
            }
            Type::Handle { .. } => None,
        }
    }

    /// Whether it is a single value.
    pub fn is_scalar(&self) -> bool {
        matches!(self, Type::Scalar { .. })
    }

    /// Whether it is an array.
    pub fn is_array(&self) -> bool {
        matches!(self, Type::Array { .. })
    }

    /// Whether it is an array or a list of arrays.
    pub fn has_arrays(&self) -> bool {
        matches!(self, Type::Array { .. } | Type::List { .. })
    }

    /// Number of dimensions, of each array where it is a list: 0 for a scalar or a handle, `None` where a signature leaves it open.
    pub fn rank(&self) -> Option<usize> {
        match self {
            Type::Scalar { .. } | Type::Handle { .. } => Some(0),
            Type::Array { dims, .. } | Type::List { dims, .. } => {
                (!dims.contains(&Dim::Rest)).then_some(dims.len())
            }
        }
    }
}

/// Every choice of one item from each list, the last one varying fastest; one empty choice where there are no lists.
pub fn product<'a, T: Copy + 'a>(lists: impl IntoIterator<Item = &'a [T]>) -> Vec<Vec<T>> {
    let mut product = vec![Vec::new()];
    for list in lists {
        let longer = |choice: &Vec<T>| {
            let choice = choice.clone();
            list.iter()
                .map(move |&item| [&choice[..], &[item]].concat())
        };
        product = product.iter().flat_map(longer).collect();
    }
    product
}
