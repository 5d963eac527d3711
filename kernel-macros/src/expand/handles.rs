//! Structs by their addresses: the class, and the arguments of kernels that are handles.

use super::body::{expand_given, expand_mapped};
use super::{expand_record, expand_symbol, local, local_at, place};
use crate::lower::{lower_class, lower_class_symbol};
use crate::model::{Class, ClassPath, Kernel, Role};
use crate::origin::Origin;
use kernel_schema::Record;
use kernel_schema::abi::status;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

/// What says that the struct is a class, the export that drops one, and the manifest record.
pub fn expand_class(class: &Class, origin: &Origin) -> TokenStream {
    let (ident, cfgs) = (&class.ident, &class.cfgs);
    let symbol = expand_symbol(lower_class_symbol(class, origin), "");
    let record = Record::Class(lower_class(class, origin));
    let record = expand_record(&record, &[&symbol]);
    quote! {
        #(#cfgs)*
        #[allow(deprecated)]
        const _: () = {
            use ::kernel_runtime::__private as __rt;
            unsafe impl __rt::Opaque for #ident {
                const SYMBOL: &'static ::core::primitive::str = #symbol;
            }
            #record
            // O1 of kernel-runtime's `opaque` is kept by the package's JavaScript.
            #[cfg_attr(target_family = "wasm", unsafe(export_name = #symbol))]
            extern "C" fn __drop(__raw: __rt::RawHandle) {
                unsafe { __rt::drop_raw::<#ident>(__raw) }
            }
            const _: extern "C" fn(__rt::RawHandle) = __drop;
        };
    }
}

/// The symbol of a class that a kernel names.
pub fn expand_class_symbol(class: &ClassPath) -> TokenStream {
    let class = &class.tokens;
    quote!(<#class as __rt::Opaque>::SYMBOL)
}

/// What compiles for structs under `#[kernel]` alone.
pub fn expand_proof(class: &ClassPath) -> TokenStream {
    let class = &class.tokens;
    quote!(const _: () = __rt::opaque::<#class>();)
}

/// A handle among the arguments of a kernel.
struct Argument<'a> {
    class: &'a ClassPath,
    place: u32,
    mutable: bool,
    optional: bool,
    raw: Ident,
    handle: Ident,
    value: Ident,
}

/// The local with the address of `self`.
pub fn receiver_raw() -> Ident {
    format_ident!("__raw")
}

/// `self`, as the first argument of a method.
pub fn expand_receiver(kernel: &Kernel) -> TokenStream {
    match kernel.owner.as_ref().map(|owner| owner.role) {
        Some(Role::Method { .. }) => quote!(__this,),
        _ => TokenStream::new(),
    }
}

fn arguments(kernel: &Kernel) -> impl Iterator<Item = Argument<'_>> {
    let receiver = kernel.owner.iter().filter_map(|owner| match owner.role {
        Role::Method { mutable } => Some(Argument {
            class: &owner.class,
            place: status::RECEIVER,
            mutable,
            optional: false,
            raw: receiver_raw(),
            handle: format_ident!("__handle"),
            value: format_ident!("__this"),
        }),
        Role::Constructor | Role::Static => None,
    });
    let params = kernel.params.iter().enumerate();
    receiver.chain(params.filter_map(|(index, param)| {
        Some(Argument {
            class: param.value.class()?,
            place: place(index),
            mutable: param.mutable,
            optional: param.optional,
            raw: local("raw", index),
            handle: local("handle", index),
            value: local("value", index),
        })
    }))
}

/// `__handle0` of each. O1 and O3 of kernel-runtime's `opaque` are kept by the package's JavaScript.
pub fn expand_handles(kernel: &Kernel) -> TokenStream {
    let handles = arguments(kernel).map(|argument| {
        let Argument {
            class,
            place,
            raw,
            handle,
            ..
        } = argument;
        let class = &class.tokens;
        let lent = quote!(unsafe { __scope.handle::<#class>(#raw, #place) });
        match argument.optional {
            false => quote!(let #handle = #lent;),
            true => quote!(let #handle = (!#raw.is_null()).then(|| #lent);),
        }
    });
    handles.collect()
}

/// `__value0` of each, once O2 is sure: where one is mutable and not alone, all are compared.
pub fn expand_borrows(kernel: &Kernel) -> TokenStream {
    let arguments: Vec<_> = arguments(kernel).collect();
    let claims = arguments.iter().map(|argument| {
        let Argument {
            handle, mutable, ..
        } = argument;
        let claim = quote!(#handle.claim(#mutable));
        let absent = quote!(__rt::Claim::ABSENT);
        expand_given(argument.optional, handle, claim, absent)
    });
    let mutable = arguments.iter().any(|argument| argument.mutable);
    let distinct = match mutable && arguments.len() > 1 {
        true => quote!(__rt::distinct(&[#(#claims),*])?;),
        false => TokenStream::new(),
    };
    let borrows = arguments.iter().map(|argument| {
        let Argument { handle, value, .. } = argument;
        let method = match argument.mutable {
            true => quote!(get_mut),
            false => quote!(get),
        };
        let borrow = quote!(unsafe { #handle.#method() });
        let borrow = expand_mapped(argument.optional, handle, borrow);
        quote!(let #value = #borrow;)
    });
    quote!(#distinct #(#borrows)*)
}

/// The path by which the function is called.
pub fn expand_path(kernel: &Kernel) -> TokenStream {
    let ident = &kernel.ident;
    match &kernel.owner {
        None => ident.to_token_stream(),
        Some(owner) => {
            let class = &owner.class.tokens;
            quote!(<#class>::#ident)
        }
    }
}

/// The context, as an argument that stands where the user wrote its type.
pub fn expand_context(span: Span) -> TokenStream {
    let context = local_at("context", 0, span);
    quote!(#context,)
}
