//! What was written, with its tokens: what the messages point at.

use crate::report::Reported;
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Ident, LitInt, LitStr, Token, Type, token};

/// Which attribute it is.
#[derive(Clone, Copy, PartialEq)]
pub enum Attribute {
    Kernel,
    Ufunc,
}

/// What stands under the attribute.
#[derive(Clone, Copy, PartialEq)]
pub enum Item {
    Struct,
    Impl,
    /// Or what is refused as no function.
    Function,
}

/// What stands in the parentheses of `#[kernel(...)]` or `#[ufunc(...)]`.
#[derive(Default)]
pub struct Args {
    pub signature: Option<Signature>,
    pub name: Option<LitStr>,
    pub types: Option<Types>,
    pub identity: Option<Identity>,
    pub reduce: Option<FoldName>,
    pub accumulate: Option<FoldName>,
    /// The option itself.
    pub broadcast: Option<Ident>,
    /// The option itself.
    pub single: Option<Ident>,
    /// The option itself.
    pub reorderable: Option<Ident>,
}

/// `identity = 0`
pub struct Identity {
    pub option: Ident,
    pub value: syn::Expr,
}

/// `reduce = "sum"`
pub struct FoldName {
    pub option: Ident,
    pub name: LitStr,
}

/// `types(T = [i32, f32], U = floats)`
pub struct Types {
    pub option: Ident,
    pub lists: Result<Vec<TypeList>, Reported>,
}

/// `T = [i32, f32]`
pub struct TypeList {
    pub param: Ident,
    pub elems: Elems,
}

/// What a type parameter stands for.
pub enum Elems {
    List(token::Bracket, Vec<Type>),
    /// `floats`
    Family(Ident),
}

/// `(n, k), (k, m) -> (n, m)`
pub struct Signature {
    pub params: Vec<Entry>,
    pub arrow: Option<Token![->]>,
    pub results: Vec<Entry>,
}

/// `(n, k)`: the dimensions of one parameter or result.
pub struct Entry {
    pub tokens: TokenStream,
    pub dims: Vec<Dim>,
}

/// One dimension of an entry.
pub enum Dim {
    Any,
    Rest(Token![..]),
    Expr(Expr),
    Broken(Reported),
}

/// A size.
pub enum Expr {
    Name(Ident),
    Int(LitInt),
    Neg(Token![-], Box<Expr>),
    Binary(Box<Expr>, Op, Box<Expr>),
    Paren(token::Paren, Box<Expr>),
}

/// A binary operator.
#[derive(Clone, Copy)]
pub enum Op {
    Add(Token![+]),
    Sub(Token![-]),
    Mul(Token![*]),
    Div(Token![/]),
}

/// The function under the attribute; its body is nobody's business here.
pub struct Function {
    pub attrs: Vec<syn::Attribute>,
    pub sig: syn::Signature,
}

/// A struct under the attribute; its fields are nobody's business here.
pub struct Struct {
    pub attrs: Vec<syn::Attribute>,
    pub ident: Ident,
    pub generics: syn::Generics,
}

/// A function of an impl under the attribute.
pub struct Method {
    /// Its own `#[kernel(...)]`.
    pub attribute: Option<syn::Attribute>,
    /// Whether it is `pub`.
    pub public: bool,
    pub function: Function,
}

impl Expr {
    /// The expression without the parentheses around it.
    pub fn inner(&self) -> &Expr {
        match self {
            Expr::Paren(_, expr) => expr.inner(),
            expr => expr,
        }
    }
}

impl Op {
    pub fn symbol(self) -> char {
        match self {
            Op::Add(_) => '+',
            Op::Sub(_) => '-',
            Op::Mul(_) => '*',
            Op::Div(_) => '/',
        }
    }

    pub fn span(self) -> Span {
        match self {
            Op::Add(token) => token.span,
            Op::Sub(token) => token.span,
            Op::Mul(token) => token.span,
            Op::Div(token) => token.span,
        }
    }
}

impl ToTokens for Entry {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

impl ToTokens for Expr {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Expr::Name(name) => name.to_tokens(tokens),
            Expr::Int(int) => int.to_tokens(tokens),
            Expr::Neg(minus, expr) => {
                minus.to_tokens(tokens);
                expr.to_tokens(tokens);
            }
            Expr::Binary(left, op, right) => {
                left.to_tokens(tokens);
                op.to_tokens(tokens);
                right.to_tokens(tokens);
            }
            Expr::Paren(paren, expr) => paren.surround(tokens, |tokens| expr.to_tokens(tokens)),
        }
    }
}

impl ToTokens for Op {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Op::Add(token) => token.to_tokens(tokens),
            Op::Sub(token) => token.to_tokens(tokens),
            Op::Mul(token) => token.to_tokens(tokens),
            Op::Div(token) => token.to_tokens(tokens),
        }
    }
}
