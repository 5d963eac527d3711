//! The `#[kernel]` attribute and the `export!` macro of kernel-runtime, where they are documented.

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

use origin::Origin;
use proc_macro2::TokenStream;
use quote::quote;
use report::Report;

/// Makes a function callable from JavaScript. The function itself stays as written.
#[proc_macro_attribute]
pub fn kernel(
    args: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    kernel_tokens(args.into(), &item.into(), &Origin::of_call()).into()
}

/// Exports the kernels of the named dependencies too: `export!(filters, statistics);`.
#[proc_macro]
pub fn export(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    export_tokens(input.into(), &Origin::of_call()).into()
}

/// With a mistake in it, the function still stands, so that its callers compile and one mistake gives one message.
fn kernel_tokens(args: TokenStream, item: &TokenStream, origin: &Origin) -> TokenStream {
    let mut report = Report::default();
    let args = parse::parse_args(args, &mut report);
    let model = parse::parse_function(item.clone(), &mut report)
        .and_then(|function| check::check_kernel(&args, &function, &mut report));
    let export = match report.finish(model) {
        Ok(kernel) => expand::expand_kernel(&kernel, origin),
        Err(mistakes) => mistakes.into_compile_error(),
    };
    quote!(#item #export)
}

fn export_tokens(input: TokenStream, origin: &Origin) -> TokenStream {
    match parse::parse_dependencies(input) {
        Ok(dependencies) => expand::expand_export(&dependencies, origin),
        Err(mistake) => mistake.into_compile_error(),
    }
}
