use super::handles::{
    expand_borrows, expand_context, expand_handles, expand_path, expand_receiver,
};
use super::instance::{Instance, expand_dimension};
use super::sizes::{Pass, Sizes};
use super::{local, local_at, place};
use crate::model::{Array, Kernel, Kind, Param};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// Arguments, their sizes, the call, the results' sizes, the results.
pub fn expand_body(instance: &Instance) -> TokenStream {
    let kernel = instance.kernel;
    let params = kernel.params.iter().enumerate();
    let arguments = params.map(|(index, param)| expand_argument(instance, index, param));
    let handles = expand_handles(kernel);
    let sizes = Sizes::new(kernel);
    let table = sizes.expand_table();
    let bindings = sizes.expand_params(Pass::Bind);
    let scalars = sizes.expand_scalars();
    let checks = sizes.expand_params(Pass::Check);
    let views = expand_views(kernel);
    let borrows = expand_borrows(kernel);
    let call = expand_call(instance);
    let result_checks = sizes.expand_results();
    let results = expand_results(kernel);
    quote! {
        #(#arguments)*
        #handles
        #table
        #bindings
        #scalars
        #checks
        #views
        #borrows
        #call
        #result_checks
        #results
    }
}

/// `__array0`, whose dtype and rank are right, or `__value0` of a scalar.
pub fn expand_argument(instance: &Instance, index: usize, param: &Param) -> TokenStream {
    let raw = local("raw", index);
    let (ty, array) = match &param.value.kind {
        Kind::Handle(_) => return TokenStream::new(),
        Kind::Scalar(elem) => {
            let (local, given) = (local("value", index), local("given", index));
            let ty = instance.expand_elem(*elem);
            let value = quote!(<#ty as __rt::Scalar>::from_raw(#raw));
            return match param.optional {
                false => quote!(let #local = #value;),
                true => quote!(let #local = (#given != 0).then(|| #value);),
            };
        }
        Kind::Array(elem, array) | Kind::List(elem, array) => (instance.expand_elem(*elem), array),
    };
    let local = local("array", index);
    let place = place(index);
    let (least, more) = array.least_rank();
    let rank = match (least, more || instance.kernel.broadcast) {
        (0, true) => TokenStream::new(),
        (least, true) => quote!(#local.rank_at_least(#least)?;),
        (rank, false) => quote!(#local.rank(#rank)?;),
    };
    // A1, A2, A4 and A7 of kernel-runtime's `array` are kept by the package's JavaScript.
    let input = match param.value.is_list() {
        false => quote! {
            let #local = unsafe { __scope.input::<#ty>(#raw, #place) }?;
            #rank
        },
        true => {
            let ranks = (!rank.is_empty()).then(|| quote!(for #local in &#local { #rank }));
            quote! {
                let #local = unsafe { __scope.inputs::<#ty>(#raw, #place) }?;
                #ranks
            }
        }
    };
    match param.optional {
        false => input,
        true => quote! {
            let #local = if #raw.is_null() {
                ::core::option::Option::None
            } else {
                #input
                ::core::option::Option::Some(#local)
            };
        },
    }
}

/// An expression over a local, which is also the name of what is in it where it is an `Option`; without it, `absent`.
pub fn expand_given(
    optional: bool,
    local: &Ident,
    given: TokenStream,
    absent: TokenStream,
) -> TokenStream {
    match optional {
        false => given,
        true => quote!(#local.as_ref().map_or(#absent, |#local| #given)),
    }
}

/// An expression over a local; where that is an `Option`, over what is in it, and an `Option` too.
pub fn expand_mapped(optional: bool, local: &Ident, mapped: TokenStream) -> TokenStream {
    match optional {
        false => mapped,
        true => quote!(#local.as_ref().map(|#local| #mapped)),
    }
}

/// `__value0` of each array or list.
fn expand_views(kernel: &Kernel) -> TokenStream {
    let views = arrays(kernel).map(|(index, param, array)| {
        let (local, view) = (local("array", index), local("value", index));
        let (method, dim) = (view_method(param), expand_dimension(array));
        // A1 to A4 as for the argument; A5 because the spans were seen.
        if param.value.is_list() {
            let views = self::local("views", index);
            let values = quote!(unsafe { __rt::views::<_, #dim>(&#local) });
            let values = expand_mapped(param.optional, &local, values);
            let slice = match param.optional {
                false => quote!(as_slice),
                true => quote!(as_deref),
            };
            return quote!(let #views = #values; let #view = #views.#slice(););
        }
        let value = quote!(unsafe { #local.#method::<#dim>() });
        let value = expand_mapped(param.optional, &local, value);
        quote!(let #view = #value;)
    });
    let disjoint = expand_disjoint(kernel);
    quote!(#disjoint #(#views)*)
}

/// The parameters that are arrays or lists of them.
pub fn arrays(kernel: &Kernel) -> impl Iterator<Item = (usize, &Param, &Array)> {
    let params = kernel.params.iter().enumerate();
    params.filter_map(|(index, param)| Some((index, param, param.value.array()?)))
}

/// What makes the view of an array.
pub fn view_method(param: &Param) -> Ident {
    format_ident!("{}", if param.mutable { "view_mut" } else { "view" })
}

/// Sees the spans of all arrays (A5), where one is mutable.
pub fn expand_disjoint(kernel: &Kernel) -> TokenStream {
    if !arrays(kernel).any(|(_, param, _)| param.mutable) {
        return TokenStream::new();
    }
    let spans = arrays(kernel).map(|(index, param, _)| {
        let (local, mutable) = (local("array", index), param.mutable);
        let (span, absent) = match param.value.is_list() {
            false => (quote!(#local.span(#mutable)), quote!(__rt::Span::ABSENT)),
            true => (quote!(__rt::spans(&#local)), quote!(__rt::Vec::new())),
        };
        let span = expand_given(param.optional, &local, span, absent);
        (span, param.value.is_list())
    });
    let spans: Vec<_> = spans.collect();
    if !spans.iter().any(|(_, list)| *list) {
        let spans = spans.iter().map(|(span, _)| span);
        return quote!(__rt::disjoint(&[#(#spans),*])?;);
    }
    let spans = spans.iter().map(|(span, list)| match list {
        false => quote!(&[#span][..]),
        true => quote!(&#span[..]),
    });
    quote!(__rt::disjoint(&[#(#spans),*].concat())?;)
}

/// `__result0` and so on, of the types that the manifest promises.
pub fn expand_call(instance: &Instance) -> TokenStream {
    let kernel = instance.kernel;
    let (path, turbofish) = (expand_path(kernel), instance.expand_turbofish());
    let receiver = expand_receiver(kernel);
    let mut arguments: Vec<_> = kernel
        .params
        .iter()
        .enumerate()
        .map(|(index, param)| {
            let argument = local_at("value", index, param.value.span);
            quote!(#argument,)
        })
        .collect();
    let mut context = TokenStream::new();
    if let Some(found) = &kernel.context {
        context = quote!(let __context0 = &__rt::SILENT;);
        arguments.insert(found.index, expand_context(found.span));
    }
    let call = quote!(#path #turbofish (#receiver #(#arguments)*));
    let call = match &kernel.failure {
        None => call,
        Some(failure) => {
            let (result, found) = (local("result", 0), local_at("result", 0, failure.result));
            let error = local_at("error", 0, failure.error);
            quote! {{
                let #result = #call;
                let #result: ::core::result::Result<_, _> = #found;
                ::core::result::Result::map_err(#result, |#error| __rt::Fault::failure(#error))?
            }}
        }
    };
    let locals = (0..kernel.results.len()).map(|index| local("result", index));
    let call = match kernel.results.len() {
        0 => quote!(#call;),
        1 => quote!(let #(#locals)* = #call;),
        _ => quote!(let (#(#locals),*) = #call;),
    };
    let checked = kernel.results.iter().enumerate().map(|(index, value)| {
        let (local, found) = (
            local("result", index),
            local_at("result", index, value.span),
        );
        let ty = instance.expand_type(value);
        quote!(let #local: #ty = #found;)
    });
    quote!(#context #call #(#checked)*)
}

/// One result leaves by value, several through the call area.
fn expand_results(kernel: &Kernel) -> TokenStream {
    if let [value] = &kernel.results[..] {
        let local = local("result", 0);
        let into_raw = match value.kind {
            Kind::Array(..) | Kind::List(..) => quote!(__rt::IntoRaw::into_raw),
            Kind::Scalar(_) => quote!(__rt::Scalar::into_raw),
            Kind::Handle(_) => quote!(__rt::into_raw),
        };
        return quote!(::core::result::Result::Ok(#into_raw(#local)));
    }
    let results = kernel.results.iter().enumerate().map(|(index, value)| {
        let local = local("result", index);
        let leave = match value.kind {
            Kind::Array(..) | Kind::List(..) => quote!(array_result),
            Kind::Scalar(_) => quote!(scalar_result),
            Kind::Handle(_) => quote!(handle_result),
        };
        quote!(__scope.#leave(#index, #local);)
    });
    quote! {
        #(#results)*
        ::core::result::Result::Ok(())
    }
}
