//! An instance of a ufunc: its loop, and the export that applies it.

use super::instance::Instance;
use super::{local, local_at};
use crate::model::{Fold, Ufunc};
use kernel_schema::Dtype;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, ExprUnary, Lit, LitBool, LitFloat, LitInt, UnOp};

/// What stands above the function: LLVM inlines no large function at several places, and in a loop that calls it nothing is vectorised.
pub fn expand_hint(ufunc: &Ufunc) -> TokenStream {
    match ufunc.has_inline {
        true => TokenStream::new(),
        false => quote!(#[allow(clippy::inline_always)] #[inline(always)]),
    }
}

pub fn expand_instance(instance: &Instance, ufunc: &Ufunc, symbol: &TokenStream) -> TokenStream {
    let kernel = instance.kernel;
    let params = kernel.params.iter().enumerate();
    let elems = kernel
        .params
        .iter()
        .map(|param| instance.expand_type(&param.value));
    let locals: Vec<_> = (0..kernel.params.len())
        .map(|index| local("value", index))
        .collect();
    let arguments = params.map(|(index, param)| local_at("value", index, param.value.span));
    let value = &kernel.results[0];
    let output = instance.expand_type(value);
    let (result, found) = (local("result", 0), local_at("result", 0, value.span));
    let (ident, turbofish) = (&kernel.ident, instance.expand_turbofish());
    let table = match &ufunc.fold {
        None => quote!(__rt::ufunc::Loop::of::<__Op>()),
        Some(fold) => expand_fold(instance, fold),
    };
    let (names, types, call) = expand_export(kernel.params.len(), ufunc);
    quote! {
        const _: () = {
            struct __Op;
            impl __rt::ufunc::Op for __Op {
                type Args = (#(#elems,)*);
                type Output = #output;
                #[inline(always)]
                fn apply((#(#locals,)*): Self::Args) -> Self::Output {
                    let #result = #ident #turbofish (#(#arguments),*);
                    let #result: Self::Output = #found;
                    #result
                }
            }
            static __LOOP: __rt::ufunc::Loop = #table;
            #[cfg_attr(target_family = "wasm", unsafe(export_name = #symbol))]
            extern "C" fn __export(#(#names: #types),*) -> __rt::RawArray {
                unsafe { #call }
            }
            const _: extern "C" fn(#(#types),*) -> __rt::RawArray = __export;
        };
    }
}

/// Names and types of the export's parameters, and its body. A1, A2 and A4 of kernel-runtime's `array` are kept by the package's
/// JavaScript.
fn expand_export(arity: usize, ufunc: &Ufunc) -> (Vec<Ident>, Vec<TokenStream>, TokenStream) {
    let raws: Vec<_> = (0..arity).map(|index| local("raw", index)).collect();
    let names = |before: &[&str], after: &[&str]| {
        let ident = |name: &&str| format_ident!("{name}");
        let (before, after) = (before.iter().map(ident), after.iter().map(ident));
        before.chain(raws.iter().cloned()).chain(after).collect()
    };
    let (array, word) = (quote!(__rt::RawArray), quote!(::core::primitive::u32));
    match ufunc.fold {
        None => (
            names(&[], &["__out"]),
            vec![array; arity + 1],
            quote!(__rt::ufunc::map(&__LOOP, &[#(#raws),*], __out)),
        ),
        Some(_) => (
            names(&["__form"], &["__axes", "__keepdims", "__out"]),
            [&word, &array, &array, &word, &word, &array]
                .map(Clone::clone)
                .to_vec(),
            quote!(__rt::ufunc::fold(&__LOOP, __form, [#(#raws),*], __axes, __keepdims, __out)),
        ),
    }
}

fn expand_fold(instance: &Instance, fold: &Fold) -> TokenStream {
    let reorderable = fold.reorderable;
    let identity = match &fold.identity {
        None => quote!(::core::option::Option::None),
        Some(identity) => {
            let value = expand_identity(instance, identity);
            quote!(::core::option::Option::Some(#value))
        }
    };
    quote!(__rt::ufunc::Loop::fold::<__Op>(#identity, #reorderable))
}

/// The identity in the instance's type: integers are of any type, in other expressions type parameters are names of types.
fn expand_identity(instance: &Instance, identity: &Expr) -> TokenStream {
    let elem = instance.kernel.results[0].elem();
    if let Some(elem) = elem
        && let Some(literal) = literal_of(identity, instance.dtype(elem))
    {
        return literal;
    }
    let aliases = instance.types().filter_map(|(param, ty)| {
        let name = format_ident!("{param}");
        mentions(identity.to_token_stream(), param).then(|| quote!(type #name = #ty;))
    });
    quote!({ #(#aliases)* #identity })
}

/// An integer as a value of the dtype, if it is one; `-1` of an unsigned type has all bits set, as in NumPy.
fn literal_of(expr: &Expr, dtype: Dtype) -> Option<TokenStream> {
    match dtype {
        Dtype::Complex64 => return complex_of(expr, Dtype::Float32),
        Dtype::Complex128 => return complex_of(expr, Dtype::Float64),
        _ => {}
    }
    let (negative, expr) = match expr {
        Expr::Unary(ExprUnary {
            op: UnOp::Neg(_),
            expr,
            ..
        }) => (true, &**expr),
        expr => (false, expr),
    };
    let Expr::Lit(ExprLit {
        lit: Lit::Int(int), ..
    }) = expr
    else {
        return None;
    };
    if !int.suffix().is_empty() {
        return None;
    }
    let (digits, suffix, span) = (int.base10_digits(), dtype.rust_name(), int.span());
    let sign = negative.then(|| quote!(-));
    match dtype {
        Dtype::Bool if !negative => match digits {
            "0" => Some(LitBool::new(false, span).into_token_stream()),
            "1" => Some(LitBool::new(true, span).into_token_stream()),
            _ => None,
        },
        Dtype::Bool => None,
        Dtype::Float32 | Dtype::Float64 => {
            let float = LitFloat::new(&format!("{digits}.0{suffix}"), span);
            Some(quote!(#sign #float))
        }
        _ if negative && digits == "1" && dtype.is_unsigned() => {
            let zero = LitInt::new(&format!("0{suffix}"), span);
            Some(quote!(!#zero))
        }
        _ => {
            let int = LitInt::new(&format!("{digits}{suffix}"), span);
            Some(quote!(#sign #int))
        }
    }
}

/// An integer as a complex number whose parts are of the dtype.
fn complex_of(expr: &Expr, part: Dtype) -> Option<TokenStream> {
    let re = literal_of(expr, part)?;
    let im = LitFloat::new(&format!("0.0{}", part.rust_name()), expr.span());
    Some(quote!(__rt::Complex { re: #re, im: #im }))
}

/// Whether a name stands anywhere in the tokens.
fn mentions(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(group.stream(), name),
        _ => false,
    })
}
