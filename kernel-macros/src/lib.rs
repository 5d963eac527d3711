//! The `#[kernel]` attribute of kernel-runtime.
use proc_macro::TokenStream;

/// Placeholder.
#[proc_macro_attribute]
pub fn kernel(_args: TokenStream, item: TokenStream) -> TokenStream {
    item
}

/// Placeholder.
#[proc_macro]
pub fn export(_input: TokenStream) -> TokenStream {
    TokenStream::new()
}
