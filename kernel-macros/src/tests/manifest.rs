use super::{check, origin};
use crate::{lower, model};
use kernel_schema::{Dim, Dtype, Type};
use proc_macro2::{Delimiter, Group, TokenStream};
use quote::quote;

fn manifest(args: TokenStream, item: TokenStream) -> kernel_schema::Kernel {
    let model = check(args, item).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    lower::lower_kernel(&model, &origin())
}

fn dims(ty: &Type) -> Vec<Dim> {
    match ty {
        Type::Array { dims, .. } => dims.clone(),
        ty => panic!("{ty:?} has no dimensions"),
    }
}

fn name(name: &str) -> Dim {
    Dim::Name(name.to_owned())
}

fn expr(text: &str) -> Dim {
    Dim::Expr(text.to_owned())
}

#[test]
fn a_whole_kernel_reaches_the_manifest() {
    let kernel = manifest(
        quote!((n, k), (k, m) -> (n, m)),
        quote! {
            /// Matrix product.
            ///
            ///  Indented.
            pub fn mat_mul(left_hand: ArrayView2<f32>, mut b: ndarray::ArrayViewMut2<'_, f32>)
                -> Result<Array2<f32>, String> { todo!() }
        },
    );
    assert_eq!((&*kernel.js_name, &*kernel.name), ("matMul", "mat_mul"));
    assert_eq!(kernel.docs, "Matrix product.\n\n Indented.");
    assert_eq!(kernel.krate, origin().krate);
    assert!(kernel.fallible);
    let params: Vec<_> = kernel
        .params
        .iter()
        .map(|param| (&*param.name, param.mutable))
        .collect();
    assert_eq!(params, [("leftHand", false), ("b", true)]);
    assert_eq!(dims(&kernel.params[0].ty), [name("n"), name("k")]);
    assert_eq!(dims(&kernel.params[1].ty), [name("k"), name("m")]);
    assert_eq!(dims(&kernel.results[0].ty), [name("n"), name("m")]);
    assert_eq!(kernel.results[0].ty.elem(), Some(Dtype::Float32.into()));
}

#[test]
fn what_a_macro_captured_is_one_operand() {
    let result = |captured: TokenStream| {
        let captured = Group::new(Delimiter::None, captured);
        let kernel = manifest(
            quote!((n) -> (2 * #captured - 1)),
            quote!(
                fn f(x: ArrayView1<f64>) -> Array1<f64> {}
            ),
        );
        dims(&kernel.results[0].ty)
    };
    assert_eq!(result(quote!(n + 1)), [expr("2 * (n + 1) - 1")]);
    assert_eq!(result(quote!(-n)), [expr("2 * (-n) - 1")]);
    assert_eq!(result(quote!((n) / 2)), [expr("2 * ((n) / 2) - 1")]);
    assert_eq!(result(quote!((n + 1))), [expr("2 * (n + 1) - 1")]);
    assert_eq!(result(quote!(n)), [expr("2 * n - 1")]);
}

#[test]
fn without_a_signature_ranks_come_from_the_types() {
    let kernel = manifest(
        quote!(),
        quote!(
            fn f(
                a: ArrayView0<i8>,
                b: ArrayView6<u64>,
                c: ArrayViewMutD<bool>,
                d: f64,
            ) -> (ArrayD<f32>, bool) {
            }
        ),
    );
    let ranks: Vec<_> = kernel.params.iter().map(|param| param.ty.rank()).collect();
    assert_eq!(ranks, [Some(0), Some(6), None, Some(0)]);
    assert_eq!(dims(&kernel.params[1].ty), vec![Dim::Any; 6]);
    assert_eq!(dims(&kernel.results[0].ty), [Dim::Rest]);
    assert_eq!(
        kernel.results[1].ty,
        Type::Scalar {
            dtype: Dtype::Bool.into()
        }
    );
}

#[test]
fn every_scalar_is_an_element_too() {
    for dtype in Dtype::ALL.into_iter().filter(|dtype| dtype.is_scalar()) {
        let ty: TokenStream = dtype.rust_name().parse().unwrap();
        let kernel = manifest(
            quote!(),
            quote!(fn f(a: #ty, b: ArrayView1<#ty>) -> (#ty, Array1<#ty>) {}),
        );
        let params = kernel.params.iter().map(|param| &param.ty);
        let found: Vec<_> = params
            .chain(kernel.results.iter().map(|output| &output.ty))
            .collect();
        assert!(
            found.iter().all(|ty| ty.elem() == Some(dtype.into())),
            "{dtype}"
        );
    }
}

#[test]
fn results_are_none_one_or_the_fields_of_a_tuple() {
    let count = |output: TokenStream| {
        let kernel = manifest(quote!(), quote!(fn f() #output {}));
        (kernel.results.len(), kernel.fallible)
    };
    assert_eq!(count(quote!()), (0, false));
    assert_eq!(count(quote!(-> ())), (0, false));
    assert_eq!(count(quote!(-> (f32))), (1, false));
    assert_eq!(count(quote!(-> Result<(), String>)), (0, true));
    assert_eq!(count(quote!(-> anyhow::Result<Array1<f64>>)), (1, true));
    assert_eq!(
        count(quote!(-> std::result::Result<(u8, Array0<u8>), String>)),
        (2, true)
    );
    let sixteen = std::iter::repeat_n(quote!(u8), 16);
    assert_eq!(count(quote!(-> (#(#sixteen),*))), (16, false));
}

#[test]
fn expressions_are_kept_as_written_and_constants_are_sizes() {
    let kernel = manifest(
        quote!((n), (k,) -> (n-k+1, -( n+1 )*2, (n), 2*3-1, 0x10 * k / 2)),
        quote!(
            fn f(a: ArrayView1<f64>, b: ArrayView1<f64>) -> Array5<f64> {}
        ),
    );
    let expected = [
        expr("n - k + 1"),
        expr("-(n + 1) * 2"),
        name("n"),
        Dim::Size(5),
        expr("16 * k / 2"),
    ];
    assert_eq!(dims(&kernel.results[0].ty), expected);
}

#[test]
fn operators_bind_as_in_arithmetic() {
    let kernel = check(
        quote!((n) -> (n - 2 - 3 * n)),
        quote!(
            fn f(a: ArrayView1<f64>) -> Array1<f64> {}
        ),
    )
    .unwrap();
    let [model::Dim::Expr { expr, .. }] = &kernel.results[0].array().unwrap().dims[..] else {
        panic!("one expression");
    };
    let binary = |left, op, right| model::Expr::Binary(Box::new(left), op, Box::new(right));
    let (n, int) = (|| model::Expr::Name(0), model::Expr::Int);
    let difference = binary(n(), model::Op::Sub, int(2));
    let product = binary(int(3), model::Op::Mul, n());
    assert_eq!(*expr, binary(difference, model::Op::Sub, product));
}

#[test]
fn a_rest_on_a_fixed_rank_becomes_dimensions() {
    let kernel = manifest(
        quote!((.., n), (n, ..), (..) -> (n, ..)),
        quote!(
            fn f(a: ArrayView3<f64>, b: ArrayViewD<f64>, c: ArrayView1<f64>) -> Array1<f64> {}
        ),
    );
    assert_eq!(dims(&kernel.params[0].ty), [Dim::Any, Dim::Any, name("n")]);
    assert_eq!(dims(&kernel.params[1].ty), [name("n"), Dim::Rest]);
    assert_eq!(dims(&kernel.params[2].ty), [Dim::Any]);
    assert_eq!(dims(&kernel.results[0].ty), [name("n")]);
}

#[test]
fn an_unsigned_scalar_names_a_size_in_results() {
    let names = |args, item| check(args, item).unwrap().names;
    let scalar = |text: &str, scalar| model::Name {
        text: text.to_owned(),
        scalar,
    };
    assert_eq!(
        names(
            quote!((), () -> (height, 2 * width)),
            quote!(
                fn f(width: u8, height: u64) -> Array2<f32> {}
            )
        ),
        [scalar("height", Some(1)), scalar("width", Some(0))]
    );
    // No result uses `k`, and `n` can't be a size.
    assert_eq!(
        names(
            quote!((), (), (k, n), (k - 1) -> (n)),
            quote!(
                fn f(k: u32, n: i32, a: ArrayView2<f32>, b: ArrayView1<f32>) -> Array1<f32> {}
            )
        ),
        [scalar("k", None), scalar("n", None)]
    );
}

#[test]
fn axes_after_a_rest_count_from_the_end() {
    let kernel = check(
        quote!((n, .., 3, _, n + 1)),
        quote!(
            fn f(a: ArrayViewD<f64>) {}
        ),
    )
    .unwrap();
    let array = kernel.params[0].value.array().unwrap();
    let axes: Vec<_> = array.axes().map(|(axis, _)| axis).collect();
    assert_eq!(
        axes,
        [
            model::Axis::FromStart(0),
            model::Axis::FromEnd(3),
            model::Axis::FromEnd(1)
        ]
    );
    assert_eq!(array.least_rank(), (4, true));
}

#[test]
fn names_lose_their_raw_prefix_and_can_be_replaced() {
    let kernel = manifest(
        quote!((r#in), ()),
        quote!(
            fn r#match(r#type: ArrayView1<f64>, _x: u8) {}
        ),
    );
    assert_eq!((&*kernel.js_name, &*kernel.name), ("match", "match"));
    let params: Vec<_> = kernel.params.iter().map(|param| &*param.name).collect();
    assert_eq!(params, ["type", "_x"]);
    assert_eq!(dims(&kernel.params[0].ty), [name("in")]);
    let kernel = manifest(
        quote!(name = "$Größe",),
        quote!(
            fn f() {}
        ),
    );
    assert_eq!((&*kernel.js_name, &*kernel.name), ("$Größe", "f"));
}

#[test]
fn block_comments_lose_their_frame() {
    let docs = |comment: &str| {
        let kernel = manifest(quote!(), quote!(#[doc = #comment] fn f() {}));
        kernel.docs
    };
    assert_eq!(docs(" one line"), "one line");
    assert_eq!(docs("\n * first\n *\n *   second\n "), "first\n\n  second");
    assert_eq!(
        docs("\n    first\n\n      second\n    "),
        "first\n\n  second"
    );
    assert_eq!(docs(" first\n * second\n "), "first\nsecond");
}

#[test]
fn lists_are_types_of_their_own() {
    let kernel = manifest(
        quote!((n), (2) -> (n), (..)),
        quote!(
            fn f<'a>(
                arrays: &'a [ArrayView1<'a, f32>],
                more: Option<&[ndarray::ArrayView1<bool>]>,
            ) -> (Vec<Array1<f64>>, std::vec::Vec<ArrayD<u8>>) {
            }
        ),
    );
    let list = |dtype: Dtype, dims: &[Dim]| Type::List {
        dtype: dtype.into(),
        dims: dims.to_vec(),
    };
    let params: Vec<_> = kernel
        .params
        .iter()
        .map(|param| (param.ty.clone(), param.optional))
        .collect();
    let expected = [
        (list(Dtype::Float32, &[name("n")]), false),
        (list(Dtype::Bool, &[Dim::Size(2)]), true),
    ];
    assert_eq!(params, expected);
    assert_eq!(kernel.results[0].ty, list(Dtype::Float64, &[name("n")]));
    assert_eq!(kernel.results[1].ty, list(Dtype::Uint8, &[Dim::Rest]));
}
