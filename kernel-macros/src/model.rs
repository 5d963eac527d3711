//! A kernel without mistakes: all that the generators see.

use kernel_schema::{Dtype, Elem};
use proc_macro2::{Ident, Span, TokenStream};
use syn::Attribute;

/// A struct under `#[kernel]`.
pub struct Class {
    /// Name of the Rust struct.
    pub ident: Ident,
    /// Name in JavaScript.
    pub js_name: String,
    /// Lines joined by `\n`.
    pub docs: String,
    /// The struct's `#[cfg(...)]`.
    pub cfgs: Vec<Attribute>,
}

/// A struct under `#[kernel]` as a kernel names it.
#[derive(Clone)]
pub struct ClassPath {
    /// What the user wrote; rustc knows which struct it is.
    pub tokens: TokenStream,
    /// The same as text: two paths of one text are one class.
    pub text: String,
}

/// The class that a function is a member of.
pub struct Owner {
    pub class: ClassPath,
    pub role: Role,
}

/// What a function is to its class.
#[derive(Clone, Copy, PartialEq)]
pub enum Role {
    Constructor,
    Static,
    /// Whether it takes `&mut self`.
    Method {
        mutable: bool,
    },
}

/// A function under `#[kernel]` or `#[ufunc]`.
pub struct Kernel {
    /// Name of the Rust function.
    pub ident: Ident,
    /// What it is a member of, if anything.
    pub owner: Option<Owner>,
    /// Name in JavaScript; `new` of a constructor.
    pub js_name: String,
    /// Lines joined by `\n`.
    pub docs: String,
    /// The function's `#[cfg(...)]`, which its export shares.
    pub cfgs: Vec<Attribute>,
    /// In the order of the function.
    pub types: Vec<TypeParam>,
    /// The signature's names; [`Dim::Name`] and [`Expr::Name`] are indices into it.
    pub names: Vec<Name>,
    /// Those that JavaScript sees, a method's `self` and the context left out.
    pub params: Vec<Param>,
    pub context: Option<Context>,
    pub results: Vec<Value>,
    pub failure: Option<Failure>,
    /// Whether it is lifted over leading dimensions; then every array has a rank and no [`Dim::Rest`].
    pub broadcast: bool,
    /// Whether a result of any shape is a single value in JavaScript where it has no dimensions.
    pub single: bool,
    /// What there is besides where it is a ufunc; then its parameters and its one result are scalars.
    pub ufunc: Option<Ufunc>,
}

/// A function of scalars that is applied to arrays.
pub struct Ufunc {
    /// Whether the function says itself how it is inlined.
    pub has_inline: bool,
    /// What it takes to reduce: two arguments and a result, all of one type.
    pub fold: Option<Fold>,
}

/// A ufunc that can be repeated.
pub struct Fold {
    /// The reduction of nothing.
    pub identity: Option<syn::Expr>,
    /// Whether the order of its operands does not matter, up to rounding.
    pub reorderable: bool,
    /// The name that `reduce` has in JavaScript besides.
    pub reduction: Option<String>,
    /// The name that `accumulate` has in JavaScript besides.
    pub accumulation: Option<String>,
}

/// A type parameter.
pub struct TypeParam {
    pub name: String,
    pub elems: Vec<TypeArg>,
}

/// What a type parameter can stand for.
#[derive(Clone, Copy)]
pub struct TypeArg {
    pub dtype: Dtype,
    /// Where the list, or the name of the family, has it.
    pub span: Span,
}

/// A name that stands for a size.
#[derive(Debug, PartialEq)]
pub struct Name {
    pub text: String,
    /// Index of the scalar parameter whose value it is; otherwise a dimension of a parameter binds it.
    pub scalar: Option<usize>,
}

pub struct Param {
    /// Name in JavaScript.
    pub js_name: String,
    pub value: Value,
    /// Whether the kernel writes into it.
    pub mutable: bool,
    /// Whether it is an `Option`, which JavaScript may leave out.
    pub optional: bool,
}

/// A `&Context` among the parameters.
pub struct Context {
    /// How many parameters that JavaScript sees come before it.
    pub index: usize,
    /// The type's name in the user's code.
    pub span: Span,
}

/// The type of a parameter or result.
#[derive(Clone)]
pub struct Value {
    pub kind: Kind,
    /// The type's name in the user's code.
    pub span: Span,
}

#[derive(Clone)]
pub enum Kind {
    Scalar(Elem),
    Array(Elem, Array),
    /// Arrays to each of which the same applies: a slice where it is a parameter, else a `Vec`.
    List(Elem, Array),
    /// A reference where it is a parameter.
    Handle(ClassPath),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// Rank of the Rust type; `None` for a dynamic one.
    pub rank: Option<usize>,
    /// At most one [`Dim::Rest`], and none if the type has a rank.
    pub dims: Vec<Dim>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Dim {
    Any,
    Rest,
    Size(u64),
    Name(usize),
    Expr {
        expr: Expr,
        /// As written, with single spaces around binary operators.
        text: String,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    Int(i64),
    Name(usize),
    Neg(Box<Expr>),
    Binary(Box<Expr>, Op, Box<Expr>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Op {
    Add,
    Sub,
    Mul,
    Div,
}

/// A function that returns a `Result`.
pub struct Failure {
    /// The type's name in the user's code.
    pub result: Span,
    /// Its error type there.
    pub error: Span,
}

/// Where a dimension is, seen from the axes of the array.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Axis {
    FromStart(usize),
    /// The number of axes minus this.
    FromEnd(usize),
}

impl Kernel {
    /// The classes that it names, in the order of the record.
    pub fn classes(&self) -> Vec<&ClassPath> {
        let owner = self.owner.iter().map(|owner| &owner.class);
        let params = self.params.iter().map(|param| &param.value);
        let named = params.chain(&self.results).filter_map(Value::class);
        let mut classes: Vec<&ClassPath> = Vec::new();
        for class in owner.chain(named) {
            if !classes.iter().any(|other| other.text == class.text) {
                classes.push(class);
            }
        }
        classes
    }
}

impl Value {
    /// The type of a scalar, or of an array's elements.
    pub fn elem(&self) -> Option<Elem> {
        match self.kind {
            Kind::Scalar(elem) | Kind::Array(elem, _) | Kind::List(elem, _) => Some(elem),
            Kind::Handle(_) => None,
        }
    }

    /// What it is as an array, or each of it as a list, if it is one.
    pub fn array(&self) -> Option<&Array> {
        match &self.kind {
            Kind::Array(_, array) | Kind::List(_, array) => Some(array),
            Kind::Scalar(_) | Kind::Handle(_) => None,
        }
    }

    /// The class, if it is a handle.
    pub fn class(&self) -> Option<&ClassPath> {
        match &self.kind {
            Kind::Handle(class) => Some(class),
            Kind::Scalar(_) | Kind::Array(..) | Kind::List(..) => None,
        }
    }

    /// Whether it is a list of arrays.
    pub fn is_list(&self) -> bool {
        matches!(self.kind, Kind::List(..))
    }
}

impl Array {
    /// The least number of axes, and whether more are allowed.
    pub fn least_rank(&self) -> (usize, bool) {
        let rest = self.dims.contains(&Dim::Rest);
        (self.dims.len() - usize::from(rest), rest)
    }

    /// The dimensions that say something about one axis.
    pub fn axes(&self) -> impl Iterator<Item = (Axis, &Dim)> {
        let rest = self.dims.iter().position(|dim| *dim == Dim::Rest);
        self.dims
            .iter()
            .enumerate()
            .filter_map(move |(index, dim)| {
                let axis = match rest {
                    Some(rest) if index > rest => Axis::FromEnd(self.dims.len() - index),
                    _ => Axis::FromStart(index),
                };
                match dim {
                    Dim::Any | Dim::Rest => None,
                    dim => Some((axis, dim)),
                }
            })
    }
}

impl Expr {
    /// Calls `visit` with every name in it.
    pub fn each_name(&self, visit: &mut impl FnMut(usize)) {
        match self {
            Expr::Int(_) => {}
            Expr::Name(name) => visit(*name),
            Expr::Neg(operand) => operand.each_name(visit),
            Expr::Binary(left, _, right) => {
                left.each_name(visit);
                right.each_name(visit);
            }
        }
    }
}
