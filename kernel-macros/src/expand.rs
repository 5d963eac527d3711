//! The model as Rust: the export that stands beside the user's function.
//!
//! Everything is fully qualified, names begin with `__`, and what can have a wrong type stands at the user's tokens.
//! The export is compiled on every target, so that a mistake in a type shows without a wasm toolchain.

mod body;
mod sizes;

use crate::lower::{lower_export, lower_kernel, lower_symbol};
use crate::model::{Kernel, Value};
use crate::origin::Origin;
use kernel_schema::abi::SECTION;
use kernel_schema::{Dtype, frame};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

/// The export and the manifest record of a kernel.
pub fn expand_kernel(kernel: &Kernel, origin: &Origin) -> TokenStream {
    let symbol = expand_symbol(kernel, origin);
    let [before, after] = frame::around_symbol(lower_kernel(kernel, origin));
    let record = expand_record(&quote!(::core::concat!(#before, #symbol, #after)));
    let cfgs = &kernel.cfgs;
    let deprecated = kernel.deprecated.then(|| quote!(#[allow(deprecated)]));
    let raws = (0..kernel.params.len()).map(|index| local("raw", index));
    let types: Vec<_> = kernel
        .params
        .iter()
        .map(|param| expand_raw_type(&param.value))
        .collect();
    let result = match &kernel.results[..] {
        [value] => {
            let ty = expand_raw_type(value);
            quote!(-> #ty)
        }
        _ => TokenStream::new(),
    };
    let body = body::expand_body(kernel);
    // The second constant uses the export where wasm does not.
    quote! {
        #(#cfgs)*
        #deprecated
        const _: () = {
            use ::kernel_runtime::__private as __rt;
            #record
            #[cfg_attr(target_family = "wasm", unsafe(export_name = #symbol))]
            extern "C" fn __export(#(#raws: #types),*) #result {
                __rt::call(|__scope| { #body })
            }
            const _: extern "C" fn(#(#types),*) #result = __export;
        };
    }
}

/// What links the dependencies and tells `cargo kernel` to take their kernels too.
pub fn expand_export(dependencies: &[Ident], origin: &Origin) -> TokenStream {
    let exports = dependencies.iter().map(|dependency| {
        let record = lower_export(dependency.to_string(), origin);
        let record = expand_record(&frame::payload(&record).to_token_stream());
        let link = quote_spanned!(dependency.span()=> use ::#dependency as _;);
        quote! {
            const _: () = {
                #link
                #record
            };
        }
    });
    exports.collect()
}

/// The name of the wasm export, in the record too. rustc completes it: tokens don't tell in which module they stand.
fn expand_symbol(kernel: &Kernel, origin: &Origin) -> TokenStream {
    let [start, end] = lower_symbol(kernel, origin);
    quote!(::core::concat!(#start, ::core::module_path!(), #end))
}

/// Not `#[used]`: the section needs none, and it would keep a second copy in the data segment.
fn expand_record(payload: &TokenStream) -> TokenStream {
    let frame = quote!(::kernel_runtime::__private::frame);
    quote! {
        #[cfg(target_family = "wasm")]
        const __PAYLOAD: &::core::primitive::str = #payload;
        #[cfg(target_family = "wasm")]
        #[unsafe(link_section = #SECTION)]
        static __RECORD: [::core::primitive::u8; #frame::size(__PAYLOAD)] = #frame::frame(__PAYLOAD);
    }
}

fn expand_raw_type(value: &Value) -> TokenStream {
    match value.array {
        Some(_) => quote!(__rt::RawArray),
        None => {
            let ty = expand_primitive(value.dtype);
            quote!(<#ty as __rt::Scalar>::Raw)
        }
    }
}

/// The primitive or complex type, whatever the user's module calls by its name.
fn expand_primitive(dtype: Dtype) -> TokenStream {
    let name = match dtype {
        Dtype::Complex64 => return quote!(__rt::Complex<::core::primitive::f32>),
        Dtype::Complex128 => return quote!(__rt::Complex<::core::primitive::f64>),
        _ => format_ident!("{}", dtype.rust_name()),
    };
    quote!(::core::primitive::#name)
}

/// A local of the export, for a parameter or result.
fn local(kind: &str, index: usize) -> Ident {
    format_ident!("__{kind}{index}")
}

/// The same local, standing where the user wrote the type that it must have.
fn local_at(kind: &str, index: usize, place: Span) -> Ident {
    let mut ident = local(kind, index);
    ident.set_span(Span::call_site().located_at(place));
    ident
}

/// A place as the ABI counts it.
fn place(index: usize) -> u32 {
    u32::try_from(index).expect("a function has fewer than 2^32 parameters")
}
