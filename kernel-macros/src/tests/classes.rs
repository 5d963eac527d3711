//! Structs and impls: the records of their members, and what the tokens of both become.

use super::origin;
use crate::ast::Attribute;
use crate::report::Report;
use crate::{attribute_tokens, check, lower, parse};
use kernel_schema::{Role, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// The members of an impl, as the manifest has them.
fn members(item: TokenStream) -> Result<Vec<kernel_schema::Kernel>, Vec<String>> {
    let mut report = Report::default();
    let members = parse::parse_impl(item, &mut report).and_then(|mut item| {
        let methods = parse::parse_methods(&mut item, &mut report);
        check::check_members(&item, &methods, &mut report)
    });
    let members = report.finish(members);
    let members = members.map_err(|mistakes| {
        mistakes
            .into_iter()
            .map(|one| one.to_string())
            .collect::<Vec<_>>()
    });
    let lower = |member| lower::lower_kernel(&member, &origin());
    Ok(members?.into_iter().map(lower).collect())
}

fn expansion(args: TokenStream, item: TokenStream) -> String {
    let tokens = attribute_tokens(Attribute::Kernel, args, &item, &origin());
    syn::parse2::<syn::File>(tokens.clone()).expect("the expansion is Rust");
    tokens.to_string().replace(' ', "")
}

#[test]
fn members_have_roles_and_only_public_ones_are_members() {
    let members = members(quote! {
        impl Model {
            const SIZE: usize = 3;
            pub fn new(size: u32) -> Result<Self, String> {}
            pub fn like_that(other: &Model) -> Model {}
            pub fn predict(&self, x: ArrayView1<f64>) -> Array1<f64> {}
            pub fn delete(&mut self) {}
            pub(crate) fn inner(&self) {}
            fn private() -> Vec<u8> {}
        }
    })
    .unwrap();
    let found: Vec<_> = members
        .iter()
        .map(|member| (&*member.js_name, member.member.as_ref().unwrap().role))
        .collect();
    let expected = [
        ("new", Role::Constructor),
        ("likeThat", Role::Static),
        ("predict", Role::Method),
        ("delete", Role::Method),
    ];
    assert_eq!(found, expected);
    // `Self` and the path of the impl are one class, and `self` is no parameter.
    assert!(members.iter().all(|member| member.classes.len() == 1));
    assert_eq!(members[1].params[0].ty, Type::Handle { class: 0 });
    assert_eq!(members[2].params.len(), 1);
    assert!(members[0].fallible);
}

#[test]
fn classes_are_listed_once_each_the_own_one_first() {
    let members = members(quote! {
        impl Model {
            #[kernel((), (), (n) -> (), ())]
            pub fn f(&self, a: &mut rng::Generator, b: &Self, c: ArrayView1<f64>, context: &Context)
                -> (rng::Generator, Self) {}
        }
    })
    .unwrap();
    let [f] = &members[..] else {
        panic!("{members:?}");
    };
    assert_eq!(f.classes.len(), 2);
    let class = |ty: &Type| match ty {
        Type::Handle { class } => Some(*class),
        _ => None,
    };
    let params: Vec<_> = f.params.iter().map(|param| class(&param.ty)).collect();
    assert_eq!(params, [Some(1), Some(0), None]);
    let results: Vec<_> = f.results.iter().map(|output| class(&output.ty)).collect();
    assert_eq!(results, [Some(1), Some(0)]);
    assert_eq!(f.member.as_ref().unwrap().class, 0);
    assert!(f.params[0].mutable && !f.params[1].mutable);
}

#[test]
fn a_context_is_no_parameter_wherever_it_stands() {
    let function = |item: TokenStream| expansion(quote!((n)), item);
    for (item, call) in [
        (
            quote!(
                fn f(c: &Context, x: ArrayView1<f64>) {}
            ),
            "f(__context0,__value0,);",
        ),
        (
            quote!(
                fn f(x: ArrayView1<f64>, _: &kernel_runtime::Context) {}
            ),
            "f(__value0,__context0,);",
        ),
    ] {
        let found = function(item);
        assert!(found.contains(call), "{found}");
        assert!(!found.contains("__raw1"), "{found}");
    }
}

#[test]
fn handles_are_compared_where_one_is_mutable_and_not_alone() {
    let count = |item: TokenStream| expansion(quote!(), item).matches("__rt::distinct").count();
    let shared = quote!(
        fn f(a: &A, b: &A) {}
    );
    let alone = quote!(
        fn f(a: &mut A, x: ArrayView1<f64>) {}
    );
    let both = quote!(
        fn f(a: &mut A, b: &B) {}
    );
    let with_self = quote!(
        impl A {
            pub fn f(&self, a: &mut A) {}
        }
    );
    assert_eq!((count(shared), count(alone)), (0, 0));
    assert_eq!((count(both), count(with_self)), (1, 1));
}

#[test]
fn an_impl_keeps_all_but_the_attributes_that_are_ours() {
    let item = quote! {
        #[cfg(unix)]
        impl A {
            const C: u8 = 0;
            #[inline]
            #[kernel((n) -> (n))]
            pub fn f(&self, x: ArrayView1<f64>) -> Array1<f64> { x.to_owned() }
        }
    };
    let found = expansion(quote!(), item);
    assert!(!found.contains("#[kernel"), "{found}");
    assert_eq!(found.matches("#[inline]").count(), 1);
    // The export shares the condition.
    assert_eq!(found.matches("#[cfg(unix)]").count(), 2);
    assert!(found.contains("constC:u8=0;") && found.contains("<A>::f(__this,__value0,)"));
    // With a mistake in it, too.
    let broken = expansion(
        quote!(),
        quote!(
            impl A {
                #[kernel]
                pub fn f(self) {}
            }
        ),
    );
    assert!(!broken.contains("#[kernel") && broken.contains("compile_error"));
}

#[test]
fn a_struct_and_its_kernels_have_one_symbol() {
    let found = expansion(
        quote!(name = "Other"),
        quote!(
            pub struct A;
        ),
    );
    let [_, rest] = found.split_once("constSYMBOL").map(<[_; 2]>::from).unwrap();
    let symbol = rest.split_once('=').unwrap().1.split_once(';').unwrap().0;
    assert!(symbol.ends_with("\"::A\")"), "{symbol}");
    assert!(found.contains(&format!("unsafe(export_name={symbol})")));
    assert!(found.contains(r#"\"js_name\":\"Other\""#));
    let kernel = expansion(
        quote!(),
        quote!(
            fn f(a: &A) {}
        ),
    );
    assert!(
        kernel.contains(r#"\"classes\":[\"",<Aas__rt::Opaque>::SYMBOL,"\"],\"symbol\":\"","#),
        "{kernel}"
    );
}

#[test]
fn functions_of_one_name_under_conditions_are_no_clash() {
    let found = members(quote! {
        impl Model {
            pub fn new() -> Self {}
            #[kernel(name = "new")]
            pub fn like_new() -> Self {}
            #[cfg(unix)]
            pub fn f(&self) {}
            #[cfg(not(unix))]
            pub fn f(&self) {}
        }
    });
    assert_eq!(found.unwrap().len(), 4);
}

#[test]
fn all_mistakes_of_an_impl_are_reported_in_one_go() {
    let found = members(quote! {
        impl Model {
            #[kernel((n k))]
            pub fn f(&self, x: ArrayView2<f64>) {}
            pub fn g(self) {}
            pub fn new() {}
            pub fn free(&self, c: Model) {}
        }
    })
    .unwrap_err();
    let beginnings = [
        "expected one of `+ - * /` or `,`, found `k`",
        "`self` would take the struct",
        "`new` is the constructor",
        "`free` is a name that every class itself uses",
        "`Model` is no scalar's own name",
    ];
    assert_eq!(found.len(), beginnings.len(), "{found:#?}");
    for (message, beginning) in found.iter().zip(beginnings) {
        assert!(message.starts_with(beginning), "{message}");
    }
}
