//! What `broadcast` asks of a kernel.

use super::{Checked, Output};
use crate::ast::{self, Entry, Signature};
use crate::model::{Owner, Role, Value};
use crate::report::Report;
use proc_macro2::Ident;

const STRUCTS: &str = "`broadcast` is for arrays and scalars, a struct is not one for each batch: iterate over the leading dimensions \
                       `..` in the kernel";

const LISTS: &str = "`broadcast` is for arrays and scalars, not for lists: iterate over the leading dimensions `..` in the kernel";

/// Refuses a kernel that can't be lifted over leading dimensions: those would not be told from its own.
pub fn check_broadcast(
    option: &Ident,
    signature: Option<&Signature>,
    owner: Option<&Owner>,
    params: &[Checked],
    output: &Output,
    report: &mut Report,
) {
    let Some(signature) = signature else {
        let message = "option `broadcast` needs a signature: write it first, for example `(n, k), (k, m) -> (n, m)`";
        report.at(option, message);
        return;
    };
    let values: Vec<Option<&Value>> = params
        .iter()
        .map(|param| param.result.as_ref().ok().map(|param| &param.value))
        .collect();
    // A parameter with a mistake may have been meant as an array.
    let is_array = |value: &Option<&Value>| value.is_none_or(|value| value.array().is_some());
    if !values.iter().any(is_array) {
        let message =
            "no parameter is an array, so that there is nothing to broadcast: remove `broadcast`";
        report.at(option, message);
    }
    let results = output.values.iter().map(|value| value.as_ref().ok());
    let is_handle = |value: &&Value| value.class().is_some();
    let method = owner.is_some_and(|owner| !matches!(owner.role, Role::Static));
    let given = values.iter().copied().chain(results.clone()).flatten();
    if let Some(handle) = given.clone().find(is_handle) {
        report.at_span(handle.span, STRUCTS);
    } else if method {
        report.at(option, STRUCTS);
    }
    for list in given.filter(|value| value.is_list()) {
        report.at_span(list.span, LISTS);
    }
    check_values(
        &signature.params,
        values.iter().copied(),
        "ArrayView2",
        report,
    );
    check_values(&signature.results, results, "Array2", report);
}

fn check_values<'a>(
    entries: &[Entry],
    values: impl Iterator<Item = Option<&'a Value>>,
    example: &str,
    report: &mut Report,
) {
    let mut entries = entries.iter();
    for value in values {
        let entry = entries.next();
        let Some(array) = value.and_then(|value| Some((value.span, value.array()?))) else {
            continue;
        };
        let (span, array) = array;
        if array.rank.is_none() {
            let message = format!(
                "`broadcast` needs a fixed rank, it adds the leading dimensions itself: write a type such as `{example}`"
            );
            report.at_span(span, message);
            continue;
        }
        for dim in entry.iter().flat_map(|entry| &entry.dims) {
            if let ast::Dim::Rest(token) = dim {
                let message = "`broadcast` adds the leading dimensions itself: remove `..`, or write `_` for each dimension";
                report.at(token, message);
            }
        }
    }
}
