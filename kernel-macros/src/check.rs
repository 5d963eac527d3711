//! [`ast`](crate::ast) to [`model`](crate::model): every mistake of a kernel in one report, each at its own tokens.

mod broadcast;
mod class;
mod docs;
mod expr;
mod generics;
mod names;
mod refusals;
mod signature;
mod types;
mod ufunc;

use crate::ast::{Args, Function};
use crate::model::{ClassPath, Dim, Failure, Kernel, Param, Value};
use crate::report::{Report, Reported};
pub use class::{check_class, check_members};
use kernel_schema::abi::area::MAX_RESULTS;
use proc_macro2::{Ident, Span};
use signature::check_signature;
use syn::spanned::Spanned;
use syn::{FnArg, Pat, PatType, ReturnType, Safety, Type};
pub use ufunc::check_ufunc;

/// The kernel, if all of it is right; otherwise the report has mistakes.
pub fn check_kernel(
    args: &Args,
    function: &Function,
    report: &mut Report,
) -> Result<Kernel, Reported> {
    check_function(args, function, None, report)
}

/// The same of a function that may stand in the impl of a class.
fn check_function(
    args: &Args,
    function: &Function,
    class: Option<&ClassPath>,
    report: &mut Report,
) -> Result<Kernel, Reported> {
    let sig = &function.sig;
    check_qualifiers(sig, report);
    let owner = match class {
        Some(class) => Some(class::check_role(class, function, report)?),
        None => None,
    };
    let types = generics::check_generics(&sig.generics, args, report);
    let generics = generics::Names::new(&sig.generics, class);
    let js_name = match &owner {
        None => names::check_kernel_name(args.name.as_ref(), &sig.ident, report),
        Some(owner) => names::check_member_name(args, &sig.ident, owner.role, report),
    };
    let (mut params, mut context) = (Vec::new(), None);
    let is_receiver = |input: &&FnArg| owner.is_some() && matches!(input, FnArg::Receiver(_));
    for input in sig.inputs.iter().skip_while(is_receiver) {
        match class::check_context(input, params.len(), context.as_ref(), report) {
            Some(found) => context = found.ok().or(context),
            None => params.push(check_param(input, &generics, report)),
        }
    }
    names::check_distinct(&params, report);
    let mut output = check_output(&sig.output, &generics, report);
    let names = match &args.signature {
        Some(signature) => check_signature(signature, &mut params, &mut output, report),
        None => Vec::new(),
    };
    if let Some(option) = &args.broadcast {
        let signature = args.signature.as_ref();
        broadcast::check_broadcast(option, signature, owner.as_ref(), &params, &output, report);
    }
    if let Some(option) = &args.single {
        check_single(option, &output, report);
    }
    let params: Result<Vec<Param>, _> = params.into_iter().map(|param| param.result).collect();
    if let Ok(params) = &params {
        generics::check_shown(
            &sig.generics,
            params.iter().map(|param| &param.value),
            report,
        );
    }
    let kernel = Kernel {
        ident: sig.ident.clone(),
        owner,
        js_name: js_name?,
        docs: docs::check_docs(&function.attrs),
        cfgs: attributes(&function.attrs, "cfg").cloned().collect(),
        types: types?,
        names,
        params: params?,
        context,
        results: output.values.into_iter().collect::<Result<_, _>>()?,
        failure: output.failure,
        broadcast: args.broadcast.is_some(),
        single: args.single.is_some(),
        ufunc: None,
    };
    class::check_constructor(&kernel, report);
    Ok(kernel)
}

fn attributes<'a>(
    attrs: &'a [syn::Attribute],
    name: &'static str,
) -> impl Iterator<Item = &'a syn::Attribute> {
    attrs.iter().filter(move |attr| attr.path().is_ident(name))
}

/// A parameter of the function, right or not.
struct Checked<'a> {
    input: &'a FnArg,
    /// The name in Rust, where it has one.
    ident: Option<&'a Ident>,
    result: Result<Param, Reported>,
}

/// What the function returns, right or not.
struct Output<'a> {
    tokens: &'a ReturnType,
    values: Vec<Result<Value, Reported>>,
    failure: Option<Failure>,
}

/// Refuses `single` where no result can be one.
fn check_single(option: &Ident, output: &Output, report: &mut Report) {
    let is_any_shape = |value: &Value| {
        let array = value.array().filter(|_| !value.is_list());
        array.is_some_and(|array| matches!(array.dims[..], [Dim::Rest]))
    };
    let mut right = output.values.iter().flatten();
    // A result that is wrong may be meant.
    if output.values.iter().all(Result::is_ok) && !right.any(is_any_shape) {
        let message = "option `single` is for results of any shape, `(..)` of `ArrayD`, which this kernel has none of: remove it";
        report.at(option, message);
    }
}

fn check_qualifiers(sig: &syn::Signature, report: &mut Report) {
    if let Some(token) = &sig.asyncness {
        report.at(
            token,
            "async kernels are not supported yet: remove `async`, a kernel runs to its end",
        );
    }
    if let Safety::Unsafe(token) = &sig.safety {
        report.at(
            token,
            "unsafe kernels are not supported: remove `unsafe`, JavaScript can't keep what the function asks of its \
             callers",
        );
    }
    if let Some(abi) = &sig.abi {
        report.at(
            abi,
            "`extern` kernels are not supported: remove `extern`, `#[kernel]` makes the export itself",
        );
    }
    if let Some(variadic) = &sig.variadic {
        report.at(
            variadic,
            "variadic kernels are not supported: write out each parameter",
        );
    }
}

fn check_param<'a>(
    input: &'a FnArg,
    generics: &generics::Names,
    report: &mut Report,
) -> Checked<'a> {
    match input {
        FnArg::Receiver(receiver) => Checked {
            input,
            ident: None,
            result: Err(report.at(
                receiver,
                "a method of whose struct the macro sees nothing: put `#[kernel]` on the struct and on the whole `impl`",
            )),
        },
        FnArg::Typed(typed) => {
            let ident = check_pattern(typed, report);
            let ty = types::check_param_type(&typed.ty, generics, report);
            Checked {
                input,
                ident: ident.as_ref().ok().copied(),
                result: ident.and_then(|ident| {
                    let js_name = names::check_param_name(ident, report)?;
                    let ty = ty?;
                    Ok(Param {
                        js_name,
                        value: ty.value,
                        mutable: ty.mutable,
                        optional: ty.optional,
                    })
                }),
            }
        }
    }
}

fn check_pattern<'a>(typed: &'a PatType, report: &mut Report) -> Result<&'a Ident, Reported> {
    check_unconditional(&typed.attrs, report)?;
    match &*typed.pat {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.subpat.is_none() => Ok(&pat.ident),
        pat => Err(report.at(
            pat,
            "a parameter needs a name for JavaScript: write one such as `value` and take it apart in the body",
        )),
    }
}

fn check_unconditional(attrs: &[syn::Attribute], report: &mut Report) -> Result<(), Reported> {
    let conditional =
        |attr: &&syn::Attribute| attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr");
    match attrs.iter().find(conditional) {
        None => Ok(()),
        Some(attr) => Err(report.at(
            attr,
            "conditional parameters are not supported: put `#[cfg(...)]` on the whole function",
        )),
    }
}

fn check_output<'a>(
    tokens: &'a ReturnType,
    generics: &generics::Names,
    report: &mut Report,
) -> Output<'a> {
    let mut output = Output {
        tokens,
        values: Vec::new(),
        failure: None,
    };
    if let ReturnType::Type(_, ty) = tokens {
        match types::check_failure(ty, report) {
            Ok(None) => output.values = check_values(ty, generics, report),
            Ok(Some((value, failure))) => {
                output.values = check_values(value, generics, report);
                output.failure = Some(failure);
            }
            Err(reported) => output.values.push(Err(reported)),
        }
    }
    output
}

fn check_values(
    ty: &Type,
    generics: &generics::Names,
    report: &mut Report,
) -> Vec<Result<Value, Reported>> {
    let Type::Tuple(tuple) = types::bare(ty) else {
        return vec![types::check_result_type(ty, generics, report)];
    };
    if tuple.elems.len() == 1 {
        return vec![Err(report.at(
            tuple,
            "a tuple of one is not supported: return the value itself",
        ))];
    }
    let mut values = Vec::new();
    for (index, elem) in tuple.elems.iter().enumerate() {
        if index == MAX_RESULTS {
            let message = format!("a kernel has at most {MAX_RESULTS} results: return an array");
            values.push(Err(report.at(elem, message)));
            break;
        }
        values.push(types::check_result_type(elem, generics, report));
    }
    values
}

impl Checked<'_> {
    /// How a message calls it.
    fn title(&self) -> String {
        match self.ident {
            Some(ident) => format!("parameter `{}`", names::plain(ident)),
            None => "the parameter".to_owned(),
        }
    }

    fn span(&self) -> Span {
        match self.ident {
            Some(ident) => ident.span(),
            None => self.input.span(),
        }
    }
}
