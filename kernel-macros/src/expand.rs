//! The model as Rust: the export that stands beside the user's function.
//!
//! Everything is fully qualified, names begin with `__`, and what can have a wrong type stands at the user's tokens.
//! The export is compiled on every target, so that a mistake in a type shows without a wasm toolchain.

mod batches;
mod body;
mod handles;
mod instance;
mod sizes;
mod ufunc;

use crate::lower::{lower_export, lower_kernel, lower_symbol};
use crate::model::{Kernel, Kind, Owner, Role};
use crate::origin::Origin;
pub use handles::expand_class;
use instance::Instance;
use kernel_schema::abi::SECTION;
use kernel_schema::{Record, frame};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

/// The function as it was written, of a ufunc with a hint; and what stands beside it.
pub fn expand_function(item: &TokenStream, kernel: &Kernel, origin: &Origin) -> TokenStream {
    let hint = kernel.ufunc.as_ref().map(ufunc::expand_hint);
    let export = expand_kernel(kernel, origin);
    quote!(#hint #item #export)
}

/// The exports, one for each instance, and the manifest record of a kernel.
pub fn expand_kernel(kernel: &Kernel, origin: &Origin) -> TokenStream {
    let symbol = expand_symbol(lower_symbol(kernel, origin), "");
    let classes = kernel.classes();
    let proofs = classes.iter().map(|class| handles::expand_proof(class));
    let proofs: TokenStream = proofs.collect();
    let classes: Vec<_> = classes
        .iter()
        .map(|class| handles::expand_class_symbol(class))
        .collect();
    let symbols: Vec<_> = classes.iter().chain([&symbol]).collect();
    let record = expand_record(&Record::Kernel(lower_kernel(kernel, origin)), &symbols);
    let cfgs = &kernel.cfgs;
    let exports = Instance::all(kernel).map(|instance| {
        let symbol = expand_symbol(lower_symbol(kernel, origin), &instance.suffix());
        match &kernel.ufunc {
            None => expand_instance(&instance, &symbol),
            Some(ufunc) => ufunc::expand_instance(&instance, ufunc, &symbol),
        }
    });
    // What the kernel uses is the user's own text, where rustc warns already.
    quote! {
        #(#cfgs)*
        #[allow(deprecated)]
        const _: () = {
            use ::kernel_runtime::__private as __rt;
            #proofs
            #record
            #(#exports)*
        };
    }
}

fn expand_instance(instance: &Instance, symbol: &TokenStream) -> TokenStream {
    let kernel = instance.kernel;
    let is_method = |owner: &Owner| matches!(owner.role, Role::Method { .. });
    let receiver = kernel.owner.as_ref().filter(|owner| is_method(owner));
    let (mut raws, mut types) = (Vec::new(), Vec::new());
    if receiver.is_some() {
        raws.push(handles::receiver_raw());
        types.push(quote!(__rt::RawHandle));
    }
    for (index, param) in kernel.params.iter().enumerate() {
        if param.optional && matches!(param.value.kind, Kind::Scalar(_)) {
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
        let record = expand_record(&record, &[]);
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

/// The name of a wasm export, in the record too. rustc completes it: tokens don't tell in which module they stand.
fn expand_symbol([start, end]: [String; 2], suffix: &str) -> TokenStream {
    let end = end + suffix;
    quote!(::core::concat!(#start, ::core::module_path!(), #end))
}

/// A record, with the symbols that it ends with. Not `#[used]`: the section needs none, and it would keep a second copy in the data segment.
fn expand_record(record: &Record, symbols: &[&TokenStream]) -> TokenStream {
    let parts = frame::around_symbols(record, symbols.len());
    let (first, rest) = parts.split_first().expect("one more than symbols");
    let frame = quote!(::kernel_runtime::__private::frame);
    quote! {
        #[cfg(target_family = "wasm")]
        const __PAYLOAD: &[&::core::primitive::str] = &[#first #(, #symbols, #rest)*];
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
