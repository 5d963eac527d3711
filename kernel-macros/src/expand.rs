//! The model as Rust: the export that stands beside the user's function.
//!
//! Everything is fully qualified, names begin with `__`, and what can have a wrong type stands at the user's tokens.
//! The export is compiled on every target, so that a mistake in a type shows without a wasm toolchain.

mod batches;
mod body;
mod instance;
mod sizes;
mod ufunc;

use crate::lower::{lower_export, lower_kernel, lower_symbol};
use crate::model::Kernel;
use crate::origin::Origin;
use instance::Instance;
use kernel_schema::abi::SECTION;
use kernel_schema::frame;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

/// The exports, one for each instance, and the manifest record of a kernel.
pub fn expand_kernel(kernel: &Kernel, origin: &Origin) -> TokenStream {
    let symbol = expand_symbol(kernel, "", origin);
    let [before, after] = frame::around_symbol(lower_kernel(kernel, origin));
    let record = expand_record(&quote!(::core::concat!(#before, #symbol, #after)));
    let cfgs = &kernel.cfgs;
    let deprecated = kernel.deprecated.then(|| quote!(#[allow(deprecated)]));
    let exports = Instance::all(kernel).map(|instance| {
        let symbol = expand_symbol(kernel, &instance.suffix(), origin);
        match &kernel.ufunc {
            None => expand_instance(&instance, &symbol),
            Some(ufunc) => ufunc::expand_instance(&instance, ufunc, &symbol),
        }
    });
    quote! {
        #(#cfgs)*
        #deprecated
        const _: () = {
            use ::kernel_runtime::__private as __rt;
            #record
            #(#exports)*
        };
    }
}

fn expand_instance(instance: &Instance, symbol: &TokenStream) -> TokenStream {
    let kernel = instance.kernel;
    let (mut raws, mut types) = (Vec::new(), Vec::new());
    for (index, param) in kernel.params.iter().enumerate() {
        if param.optional && param.value.array.is_none() {
            raws.push(local("given", index));
            types.push(quote!(::core::primitive::i32));
        }
        raws.push(local("raw", index));
        types.push(instance.expand_raw(&param.value));
    }
    let result = match &kernel.results[..] {
        [_] if kernel.broadcast => quote!(-> __rt::RawArray),
        [value] => {
            let ty = instance.expand_raw(value);
            quote!(-> #ty)
        }
        _ => TokenStream::new(),
    };
    let body = match kernel.broadcast {
        true => batches::expand_body(instance),
        false => body::expand_body(instance),
    };
    // The second constant uses the export where wasm does not.
    quote! {
        const _: () = {
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
fn expand_symbol(kernel: &Kernel, suffix: &str, origin: &Origin) -> TokenStream {
    let [start, end] = lower_symbol(kernel, origin);
    let end = end + suffix;
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
