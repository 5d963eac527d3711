//! What a ufunc must be besides a kernel: a function of scalars.

use super::names::check_fold_name;
use super::{attributes, check_kernel};
use crate::ast::{Args, FoldName, Function};
use crate::model::{Fold, Kernel, Kind, Ufunc, Value};
use crate::report::{Report, Reported};

/// How many arguments a ufunc may have: the runtime has a loop for each number.
const MAX_ARGUMENTS: usize = 4;

/// The ufunc, if all of it is right; otherwise the report has mistakes.
pub fn check_ufunc(
    args: &Args,
    function: &Function,
    report: &mut Report,
) -> Result<Kernel, Reported> {
    let kernel = check_kernel(args, function, report)?;
    for param in &kernel.params {
        refuse_other(&param.value, "take", report);
        if param.optional {
            let message = "a ufunc has a value for every element: take it without `Option`, or write `#[kernel]`";
            report.at_span(param.value.span, message);
        }
    }
    for result in &kernel.results {
        refuse_other(result, "return", report);
    }
    if let Some(context) = &kernel.context {
        let message = "a ufunc is called for each element, too short a time to report or to cancel: remove it, or write \
                       `#[kernel]`";
        return Err(report.at_span(context.span, message));
    }
    let sig = &function.sig;
    let count = kernel.params.len();
    if count == 0 {
        let message = "a ufunc has at least one argument: add one, or write `#[kernel]`";
        return Err(report.at(&sig.ident, message));
    }
    if count > MAX_ARGUMENTS {
        let message = format!(
            "a ufunc has at most {MAX_ARGUMENTS} arguments, this one {count}: write `#[kernel]`"
        );
        return Err(report.at(&sig.inputs, message));
    }
    if let Some(failure) = &kernel.failure {
        let message = "a ufunc can't fail for single elements: return the value, NaN for example, or write `#[kernel]`";
        return Err(report.at_span(failure.result, message));
    }
    let [result] = &kernel.results[..] else {
        let count = kernel.results.len();
        let message = format!("a ufunc has one result, this one {count}: write one ufunc for each");
        return Err(report.at(&sig.ident, message));
    };
    let of_one_type = kernel
        .params
        .iter()
        .all(|param| param.value.elem() == result.elem());
    let fold = check_fold(args, count == 2 && of_one_type, report)?;
    Ok(Kernel {
        ufunc: Some(Ufunc {
            has_inline: attributes(&function.attrs, "inline").next().is_some(),
            fold,
        }),
        ..kernel
    })
}

fn refuse_other(value: &Value, verb: &str, report: &mut Report) {
    let why = match &value.kind {
        Kind::Scalar(_) => return,
        Kind::Array(..) | Kind::List(..) => "the arrays are JavaScript's",
        Kind::Handle(_) => "its arrays hold no structs",
    };
    let message = format!(
        "a ufunc is a function of scalars, {why}: {verb} the element, or write `#[kernel]`"
    );
    report.at_span(value.span, message);
}

fn check_fold(args: &Args, folds: bool, report: &mut Report) -> Result<Option<Fold>, Reported> {
    if folds {
        let mut name = |fold: &Option<FoldName>| {
            let given = fold.as_ref().map(|fold| &fold.name);
            given.map(|name| check_fold_name(name, report)).transpose()
        };
        let (reduction, accumulation) = (name(&args.reduce), name(&args.accumulate));
        return Ok(Some(Fold {
            identity: args
                .identity
                .as_ref()
                .map(|identity| identity.value.clone()),
            reorderable: args.reorderable.is_some() || args.identity.is_some(),
            reduction: reduction?,
            accumulation: accumulation?,
        }));
    }
    let identity = args.identity.iter().map(|identity| &identity.option);
    let names = [&args.reduce, &args.accumulate].into_iter().flatten();
    let mut options = identity
        .chain(&args.reorderable)
        .chain(names.map(|name| &name.option));
    if let Some(option) = options.next() {
        let message = format!(
            "option `{option}` is for reductions, which take two arguments and a result of one type: remove it"
        );
        return Err(report.at(option, message));
    }
    Ok(None)
}
