use super::{check, origin};
use crate::ast::Attribute;
use crate::attribute_tokens;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

fn mistakes(args: TokenStream, item: TokenStream) -> Vec<String> {
    match check(args, item) {
        Ok(kernel) => panic!("`{}` has no mistake", kernel.ident),
        Err(mistakes) => mistakes,
    }
}

#[test]
fn all_mistakes_are_reported_in_one_go() {
    let found = mistakes(
        quote!((n, n k), (..), (3u8), (n) -> (), broadcasts, name = "then"),
        quote!(
            async fn new(
                a: ArrayView3<f64>,
                b: Option<usize>,
                c: f64,
                d: ArrayView2<f64>,
                e: u8,
            ) -> usize {
            }
        ),
    );
    let beginnings = [
        "expected one of `+ - * /` or `,`, found `k`",
        "unknown option `broadcasts`",
        "async kernels are not supported yet",
        "`then` is a name that the package itself uses",
        "`usize` has 32 bits in wasm",
        "`usize` has 32 bits in wasm",
        "parameter `e` has no entry in the signature: add `()`",
        "a size has no suffix: write `3`",
        "parameter `c` is a scalar: write `()`",
        "parameter `d` has rank 2, its entry rank 1",
    ];
    assert_eq!(found.len(), beginnings.len(), "{found:#?}");
    for (message, beginning) in found.iter().zip(beginnings) {
        assert!(message.starts_with(beginning), "{message}");
    }
}

#[test]
fn what_a_mistake_hides_is_not_reported() {
    let once = |args, item| assert_eq!(mistakes(args, item).len(), 1);
    // The broken entry may have bound `m`; the broken parameter may have been a size.
    once(
        quote!((n m) -> (m)),
        quote!(
            fn f(a: ArrayView2<f64>) -> Array1<f64> {}
        ),
    );
    once(
        quote!(() -> (m)),
        quote!(
            fn f(m: usize) -> Array1<f64> {}
        ),
    );
    once(
        quote!((n) -> (n)),
        quote!(
            fn f<T>(a: ArrayView1<T>) -> Array1<T> {}
        ),
    );
    once(
        quote!((n) -> (n)),
        quote!(
            fn f(a: ArrayView<f64, Ix2>) -> Array1<f64> {}
        ),
    );
}

#[test]
fn a_name_in_a_result_is_a_dimension_or_a_scalar() {
    let found = mistakes(
        quote!((m, n), (n), () -> (n), (m, 2 * n)),
        quote!(
            fn f(x: ArrayView2<f64>, y: ArrayView1<f64>, r#n: u8) -> (Array1<f64>, Array2<f64>) {}
        ),
    );
    let message =
        "`n` is a dimension of `x` and a parameter too, either could be meant: rename one";
    assert_eq!(found, [message; 2]);
    // The entry of a scalar gives no size.
    let found = mistakes(
        quote!((n) -> (n)),
        quote!(
            fn f(n: u32) -> Array1<f64> {}
        ),
    );
    assert_eq!(found, ["parameter `n` is a scalar: write `()`"]);
}

#[test]
fn instances_beyond_all_counting_are_too_many() {
    let names: Vec<_> = (0..20).map(|index| format_ident!("T{index}")).collect();
    let found = mistakes(
        quote!(types(#(#names = elements),*)),
        quote!(fn f<#(#names),*>(#(#names: #names),*) {}),
    );
    assert!(found[0].ends_with("at most 1024 are supported: shorten them"));
}

#[test]
fn the_function_survives_its_mistakes() {
    let item = quote!(
        #[inline]
        pub(crate) fn f(a: usize) -> u8 {
            a as u8
        }
    );
    let tokens = attribute_tokens(Attribute::Kernel, quote!(), &item, &origin()).to_string();
    assert!(tokens.starts_with(&item.to_string()));
    assert_eq!(tokens.matches("compile_error").count(), 1);
}
