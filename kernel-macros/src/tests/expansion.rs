use super::{check, origin};
use crate::ast::Attribute;
use crate::origin::Origin;
use crate::{attribute_tokens, export_tokens, lower};
use proc_macro2::TokenStream;
use quote::quote;

/// The expansion without white space, so that assertions do not depend on the printer.
fn expansion(args: TokenStream, item: TokenStream) -> String {
    let tokens = attribute_tokens(Attribute::Kernel, args, &item, &origin());
    syn::parse2::<syn::File>(tokens.clone()).expect("the expansion is Rust");
    tokens.to_string().replace(' ', "")
}

#[test]
fn symbols_tell_kernels_of_one_name_apart() {
    let kernel = |args| {
        check(
            args,
            quote!(
                fn f() {}
            ),
        )
        .unwrap()
    };
    let symbol = |args, origin: &Origin| lower::lower_symbol(&kernel(args), origin);
    let first = symbol(quote!(), &origin());
    assert!(first[0].starts_with("__kernel_") && first[0].ends_with('_'));
    assert_eq!(first[1], "::f");
    assert_eq!(first, symbol(quote!(), &origin()));
    assert_ne!(first, symbol(quote!(name = "g"), &origin()));
    assert_ne!(
        first,
        symbol(
            quote!(),
            &Origin {
                line: 8,
                ..origin()
            }
        )
    );
    assert_ne!(
        first,
        symbol(
            quote!(),
            &Origin {
                column: 2,
                ..origin()
            }
        )
    );
}

#[test]
fn an_export_and_its_record_have_one_symbol() {
    let function = quote!(
        fn r#match() {}
    );
    let [start, end] = lower::lower_symbol(&check(quote!(), function.clone()).unwrap(), &origin());
    assert_eq!(end, "::match");
    let symbol = format!("::core::concat!({start:?},::core::module_path!(),{end:?})");
    let found = expansion(quote!(), function);
    assert!(
        found.contains(&format!("unsafe(export_name={symbol})")),
        "{found}"
    );
    assert!(
        found.contains(&format!(r#"\"symbol\":\"",{symbol},"\"}}"]"#)),
        "{found}"
    );
}

#[test]
fn an_export_checks_no_more_than_the_signature_says() {
    let function = quote!(
        fn f(a: ArrayView1<f64>, b: ArrayView1<f64>) -> Array1<f64> {}
    );
    let free = expansion(quote!(), function.clone());
    assert!(!free.contains("__sizes") && !free.contains("disjoint"));
    let single = expansion(quote!((n), (m) -> (_)), function.clone());
    assert!(
        !single.contains("__sizes"),
        "a name that stands once binds nothing"
    );
    let shared = expansion(quote!((n), (n) -> (_)), function.clone());
    assert_eq!(shared.matches("__sizes.bind(0usize").count(), 2);
    let fixed = expansion(quote!((3), (_) -> (_)), function);
    assert!(fixed.contains("let__sizes") && fixed.contains("__sizes.fixed(0u32,0usizeas"));
}

#[test]
fn an_export_binds_all_names_before_it_compares_sizes() {
    let found = expansion(
        quote!((n + k), (n), (k)),
        quote!(
            fn f(a: ArrayView1<f64>, b: ArrayView1<f64>, c: ArrayViewMut1<f64>) {}
        ),
    );
    let (bind, compare) = (found.rfind("__sizes.bind"), found.find("__sizes.expr"));
    let (disjoint, view) = (found.find("__rt::disjoint"), found.find(".view"));
    assert!(
        bind < compare && compare < disjoint && disjoint < view,
        "{found}"
    );
    assert!(bind.is_some() && view.is_some());
}

#[test]
fn a_lifted_export_checks_once_and_calls_for_each_batch() {
    let found = expansion(
        quote!((n, k), (), (k) -> (n), (k - 1, _), broadcast),
        quote!(
            fn f(
                a: ArrayView2<f64>,
                s: f64,
                c: ArrayViewMut1<f64>,
            ) -> Result<(Array1<f64>, Array2<f64>), String> {
            }
        ),
    );
    for part in [
        "__array0.rank_at_least(2usize)?",
        "let__axis=__array0.ndim()-1usize;__sizes.bind(1usize,0u32,",
        "__array2.lift(1usize,true)",
        "__rt::Batches::new(&[__lifted0.axes(),__lifted2.axes()])?",
        "__rt::disjoint(&[__array0.span(false),__array2.span(true)])?",
        "&[&[__sizes.core_name(0usize)],&[__sizes.core_expr(65u32,__batches.axis(0usize)",
        "__lifted2.view_mut::<__rt::ndarray::Ix1>(__batch,1usize)",
        "Ok((__result0,__result1,))",
        "__outputs.several(__scope)",
    ] {
        assert!(found.contains(part), "no {part} in {found}");
    }
    let (checks, batches) = (
        found.rfind("__sizes.bind"),
        found.find("__rt::Batches::new"),
    );
    assert!(
        checks < batches && found.matches("let__batches").count() == 1,
        "{found}"
    );
}

#[test]
fn what_may_be_left_out_is_asked_first() {
    let found = expansion(
        quote!((n), (n), () -> (n)),
        quote!(
            fn f(a: ArrayView1<f64>, b: Option<ArrayViewMut1<f64>>, c: Option<u8>) -> Array1<f64> {}
        ),
    );
    for part in [
        "__raw1:__rt::RawArray,__given2:::core::primitive::i32,__raw2:",
        "let__array1=if__raw1.is_null(){::core::option::Option::None}else{",
        "let__value2=(__given2!=0).then(||<::core::primitive::u8as__rt::Scalar>::from_raw(__raw2));",
        "if let::core::option::Option::Some(__array1)=&__array1{{__sizes.bind(0usize,1u32,",
        "__array1.as_ref().map_or(__rt::Span::ABSENT,|__array1|__array1.span(true))",
        "let__value1=__array1.as_ref().map(|__array1|unsafe{__array1.view_mut::<",
    ] {
        let part = part.replace(' ', "");
        assert!(found.contains(&part), "no {part} in {found}");
    }
}

#[test]
fn an_export_shares_the_conditions_of_its_function() {
    let found = expansion(
        quote!(),
        quote!(
            #[inline]
            #[cfg(unix)]
            fn f() {}
        ),
    );
    assert_eq!(found.matches("#[cfg(unix)]").count(), 2);
    assert_eq!(found.matches("#[inline]").count(), 1);
}

#[test]
fn dependencies_are_exported_by_name() {
    let one_each = |input: TokenStream, count: usize| {
        let tokens = export_tokens(input, &origin());
        syn::parse2::<syn::File>(tokens.clone()).expect("the expansion is Rust");
        assert_eq!(tokens.to_string().matches("__RECORD").count(), count);
    };
    one_each(quote!(filters), 1);
    one_each(quote!(filters, statistics,), 2);
    assert!(
        export_tokens(quote!(), &origin())
            .to_string()
            .contains("compile_error")
    );
}

#[test]
fn complex_elements_are_those_of_the_runtime() {
    let expanded = expansion(
        quote!(),
        quote!(
            fn f(
                x: ArrayView1<Complex<f32>>,
                y: ArrayView2<num_complex::Complex<f64>>,
            ) -> Array1<Complex<f64>> {
            }
        ),
    );
    for part in [
        "__scope.input::<__rt::Complex<::core::primitive::f32>>(__raw0,0u32)",
        "__scope.input::<__rt::Complex<::core::primitive::f64>>(__raw1,1u32)",
        "__rt::ndarray::Array<__rt::Complex<::core::primitive::f64>,__rt::ndarray::Ix1>",
    ] {
        assert!(expanded.contains(part), "no {part} in {expanded}");
    }
}

#[test]
fn an_integer_is_the_identity_of_complex_numbers_too() {
    let tokens = attribute_tokens(
        Attribute::Ufunc,
        quote!(types(T = [Complex<f32>, f64]), identity = -1),
        &quote!(
            fn f<T>(a: T, _b: T) -> T {}
        ),
        &origin(),
    );
    let text = tokens.to_string().replace(' ', "");
    assert!(
        text.contains("__rt::Complex{re:-1.0f32,im:0.0f32}"),
        "{text}"
    );
    assert!(text.contains("Option::Some(-1.0f64)"), "{text}");
}
