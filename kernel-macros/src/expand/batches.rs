//! The body of a lifted kernel's export: what is checked once, and the function on one batch.

use super::body::{
    arrays, expand_argument, expand_call, expand_disjoint, expand_given, expand_mapped, view_method,
};
use super::instance::{Instance, expand_dimension};
use super::local;
use super::sizes::{Pass, Sizes};
use proc_macro2::TokenStream;
use quote::quote;

/// Arguments, their sizes, the batches, what the results' sizes will be; then the call for each batch.
pub fn expand_body(instance: &Instance) -> TokenStream {
    let kernel = instance.kernel;
    let params = kernel.params.iter().enumerate();
    let arguments = params.map(|(index, param)| expand_argument(instance, index, param));
    let sizes = Sizes::new(kernel);
    let table = sizes.expand_table();
    let bindings = sizes.expand_params(Pass::Bind);
    let scalars = sizes.expand_scalars();
    let checks = sizes.expand_params(Pass::Check);
    let cores = sizes.expand_cores();

    let (mut lifted, mut axes, mut views) = (vec![], vec![], vec![]);
    for (slot, (index, param, array)) in arrays(kernel).enumerate() {
        let (input, lift) = (local("array", index), local("lifted", index));
        let (view, dim) = (local("value", index), expand_dimension(array));
        let (rank, mutable) = (array.dims.len(), param.mutable);
        let method = view_method(param);
        let array = expand_mapped(param.optional, &input, quote!(#input.lift(#rank, #mutable)));
        lifted.push(quote!(let #lift = #array;));
        let own = quote!(#lift.axes());
        axes.push(expand_given(
            param.optional,
            &lift,
            own,
            quote!(__rt::Axes::ABSENT),
        ));
        // L1, `__batches` was made of all arrays in this order; A5, the spans were seen.
        let value = quote!(unsafe { #lift.#method::<#dim>(__batch, #slot) });
        let value = expand_mapped(param.optional, &lift, value);
        views.push(quote!(let #view = #value;));
    }
    let disjoint = expand_disjoint(kernel);

    let call = expand_call(instance);
    let results = (0..kernel.results.len()).map(|index| local("result", index));
    let (keep, finish) = match kernel.results.len() {
        0 => (TokenStream::new(), quote!(())),
        1 => (quote!(let __outputs =), quote!(__outputs.one())),
        _ => (quote!(let __outputs =), quote!(__outputs.several(__scope))),
    };
    quote! {
        #(#arguments)*
        #table
        #bindings
        #scalars
        #checks
        #(#lifted)*
        let __batches = __rt::Batches::new(&[#(#axes),*])?;
        #disjoint
        #keep __batches.run(&[#(#cores),*], |__batch| {
            #(#views)*
            #call
            ::core::result::Result::Ok((#(#results,)*))
        })?;
        ::core::result::Result::Ok(#finish)
    }
}
