//! The attributes `#[kernel]` and `#[ufunc]` and the `export!` macro of kernel-runtime.
//!
//! Tokens are read (`parse`), checked against each other (`check`) and become a `model`, from which the export
//! (`expand`) and the manifest record (`lower`) are made.

mod ast;
mod check;
mod expand;
mod lower;
mod model;
mod origin;
mod parse;
mod report;
#[cfg(test)]
mod tests;

use ast::{Attribute, Item};
use origin::Origin;
use proc_macro2::TokenStream;
use quote::quote;
use report::Report;

/// Makes a function callable from JavaScript, or a struct something that JavaScript holds and calls methods of. The item itself
/// stays as written.
///
/// ```text
/// #[kernel]
/// #[kernel((n, k), (k, m) -> (n, m))]
/// #[kernel((n), (k) -> (n - k + 1), name = "convolve")]
/// #[kernel((n), (n) -> (n), types(T = [i32, f32], U = floats))]
/// #[kernel((n, k), (k, m) -> (n, m), broadcast)]
/// ```
///
/// Parameters are scalars (`bool`, `i8` to `i64`, `u8` to `u64`, `f32`, `f64`), views `ArrayView0` to `ArrayView6` and
/// `ArrayViewD` of them, or `ArrayViewMut...` to write into the caller's array, and lists of views, `&[ArrayView1<f64>]`. An `Option` of any of these
/// may be left out in JavaScript, and its sizes are checked where it is there. Results are a scalar, `Array0` to
/// `Array6` or `ArrayD`, a `Vec` of such arrays, a tuple of up to 16 of these, or nothing; or a `Result` of any of them, whose
/// error implements `Display`.
///
/// The signature has one entry per parameter and, after `->`, one per result; `()` stands for a scalar, and the entry of a
/// list holds for each of its arrays. In an entry
/// - a name is one size wherever it appears; in a result it may instead be the name of an unsigned integer parameter,
/// - an integer is a fixed size, `_` any size, `..` any number of dimensions,
/// - an expression of names and integers with `+ - * /` and parentheses is checked, exact in `i64`.
///
/// All sizes are checked at each call, those of parameters before the function sees a view, those of results after it
/// returns. Without a signature, ranks come from the types and sizes are free.
///
/// `types` instantiates a generic function for the product of the lists: element types, or one of the families `floats`,
/// `integers`, `signed`, `unsigned`, `numbers`, `elements`. JavaScript has one function, which chooses by the dtypes of its arguments;
/// so every type parameter is the type of a parameter.
///
/// `broadcast` lifts the function over leading dimensions with the rules of NumPy's generalized ufuncs: arrays of shapes
/// `(8, 1, n, k)` and `(5, k, m)` make 8 by 5 calls, and results of shape `(8, 5, n, m)`, or `(8, 5)` for a scalar. Batches run in
/// parallel where that pays, so the function must not depend on their order; where some fail, the first of them is told of.
/// Mutable arrays have all of the leading dimensions. Every array has a fixed rank, without `..`, and there are no lists. The size of `_` in a
/// result is that of the first batch.
///
/// `single` makes a result of any shape, `(..)`, a single value where it has no dimensions, as NumPy's reductions do.
///
/// In JavaScript the kernel has the function's name in camelCase, or `name`.
///
/// A parameter `&Context` is for reporting progress and for being cancelled. It has no entry in the signature, and JavaScript does
/// not see it.
///
/// # Structs
///
/// ```text
/// #[kernel]
/// pub struct Generator { state: u64 }
///
/// #[kernel]
/// impl Generator {
///     pub fn new(seed: u64) -> Self { ... }
///
///     #[kernel(() -> (n))]
///     pub fn uniform(&mut self, n: u32) -> Array1<f64> { ... }
/// }
/// ```
///
/// makes a class: `new k.Generator(42n)`, `g.uniform(3)`, `g.free()`. JavaScript holds the struct by its address and sees nothing
/// of what is in it, so its fields may be of any types. It has no type parameters and no lifetimes, and need not be `Send`: one
/// thread makes, uses and drops it.
///
/// Under `#[kernel]` on the impl, `new` is the constructor, other functions without `self` are static methods, and those with
/// `&self` or `&mut self` are methods. Each is a kernel and may have a `#[kernel(...)]` of its own; `self` has no entry in the
/// signature. Functions that are not `pub` are not exported.
///
/// Any kernel may take `&Generator` or `&mut Generator`, and return a `Generator`. One that is written to is no other argument of
/// the same call. After a panic in a `&mut self` method the struct is as the panic left it.
#[proc_macro_attribute]
pub fn kernel(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    attribute_tokens(
        Attribute::Kernel,
        args.into(),
        &item.into(),
        &Origin::of_call(),
    )
    .into()
}

/// Makes a function of one to four scalars callable from JavaScript on arrays of any shapes, element by element, with NumPy's
/// broadcasting. The function itself stays as written, but that it is `#[inline(always)]`, so that its loop is vectorised, where it has
/// no `#[inline]` of its own. It may be called more than once for an element.
///
/// ```text
/// #[ufunc]
/// #[ufunc(types(T = numbers), identity = 0)]
/// #[ufunc(types(T = floats), reorderable, name = "maximum")]
/// ```
///
/// Arguments and result are scalars, and may be of a type parameter, as in `#[kernel]`. In JavaScript each argument is an
/// array or a single value; `{ out }` after them is an array to write into, to whose shape they are stretched.
///
/// A function of two arguments and a result of one type also has `reduce`, `accumulate` and `outer`. `reorderable` says
/// that it is associative and commutative, up to rounding: then it is reduced in a tree, on all threads and over several axes at
/// once; otherwise from left to right, over one axis. `identity` is the reduction of nothing, a number or a constant expression
/// (`T::MAX`), and implies `reorderable`. `reduce = "sum"` and `accumulate = "cumsum"` give names of their own to these two, which then go over
/// all elements by default.
#[proc_macro_attribute]
pub fn ufunc(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    attribute_tokens(
        Attribute::Ufunc,
        args.into(),
        &item.into(),
        &Origin::of_call(),
    )
    .into()
}

/// Takes the kernels of the named dependencies into the package too: `export!(filters, statistics);`.
///
/// A package has the kernels of its root crate and of the crates that are named so, and no others. A struct of another crate that these
/// kernels name is a class without members.
#[proc_macro]
pub fn export(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    export_tokens(input.into(), &Origin::of_call()).into()
}

/// With a mistake in it, the function still stands, so that its callers compile and one mistake gives one message.
fn attribute_tokens(
    attribute: Attribute,
    args: TokenStream,
    item: &TokenStream,
    origin: &Origin,
) -> TokenStream {
    match (attribute, parse::parse_item(item)) {
        (Attribute::Kernel, Item::Struct) => return struct_tokens(args, item, origin),
        (Attribute::Kernel, Item::Impl) => return impl_tokens(args, item, origin),
        _ => {}
    }
    let mut report = Report::default();
    let args = parse::parse_args(args, attribute, &mut report);
    let model = parse::parse_function(item.clone(), &mut report).and_then(|function| {
        let check = match attribute {
            Attribute::Kernel => check::check_kernel,
            Attribute::Ufunc => check::check_ufunc,
        };
        check(&args, &function, &mut report)
    });
    match report.finish(model) {
        Ok(kernel) => expand::expand_function(item, &kernel, origin),
        Err(mistakes) => {
            let mistakes = mistakes.into_compile_error();
            quote!(#item #mistakes)
        }
    }
}

fn struct_tokens(args: TokenStream, item: &TokenStream, origin: &Origin) -> TokenStream {
    let mut report = Report::default();
    let args = parse::parse_args(args, Attribute::Kernel, &mut report);
    let model = parse::parse_struct(item.clone(), &mut report)
        .and_then(|item| check::check_class(&args, &item, &mut report));
    let export = match report.finish(model) {
        Ok(class) => expand::expand_class(&class, origin),
        Err(mistakes) => mistakes.into_compile_error(),
    };
    quote!(#item #export)
}

fn impl_tokens(args: TokenStream, item: &TokenStream, origin: &Origin) -> TokenStream {
    let mut report = Report::default();
    if !args.is_empty() {
        let message = "an impl has no options, each function has: write `#[kernel(...)]` above it";
        report.at(args, message);
    }
    let mut item = match parse::parse_impl(item.clone(), &mut report) {
        Ok(item) => item,
        Err(reported) => {
            let mistakes = report.finish::<()>(Err(reported));
            let mistakes = mistakes.err().map(syn::Error::into_compile_error);
            return quote!(#item #mistakes);
        }
    };
    let methods = parse::parse_methods(&mut item, &mut report);
    let members = check::check_members(&item, &methods, &mut report);
    let exports = match report.finish(members) {
        Ok(members) => members
            .iter()
            .map(|member| expand::expand_kernel(member, origin))
            .collect(),
        Err(mistakes) => mistakes.into_compile_error(),
    };
    quote!(#item #exports)
}

fn export_tokens(input: TokenStream, origin: &Origin) -> TokenStream {
    match parse::parse_dependencies(input) {
        Ok(dependencies) => expand::expand_export(&dependencies, origin),
        Err(mistake) => mistake.into_compile_error(),
    }
}
