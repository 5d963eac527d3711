//! The signature against the types: entries, ranks, and what each name stands for.

use super::expr::{check_expr, render};
use super::names::plain;
use super::{Checked, Output};
use crate::ast::{self, Entry, Signature};
use crate::model::{Dim, Expr, Kind, Name, Param, Value};
use crate::report::{Report, Reported};
use kernel_schema::Elem;
use proc_macro2::Ident;

/// Gives each parameter and result the dimensions of its entry; returns the names.
pub fn check_signature(
    signature: &Signature,
    params: &mut [Checked],
    output: &mut Output,
    report: &mut Report,
) -> Vec<Name> {
    check_param_count(signature, params, report);
    check_result_count(signature, output, report);
    let mut scope = Scope::new(signature, params);
    for (entry, param) in signature.params.iter().zip(params) {
        let dims = scope.check_dims(entry, Side::Params, report);
        let title = param.title();
        if let Ok(param) = &mut param.result {
            check_entry(entry, dims, &mut param.value, &title, report);
        }
    }
    let single = output.values.len() == 1;
    for (index, (entry, value)) in signature.results.iter().zip(&mut output.values).enumerate() {
        let dims = scope.check_dims(entry, Side::Results, report);
        let title = match single {
            true => "the result".to_owned(),
            false => format!("result {}", index + 1),
        };
        if let Ok(value) = value {
            check_entry(entry, dims, value, &title, report);
        }
    }
    scope.names
}

fn check_param_count(signature: &Signature, params: &[Checked], report: &mut Report) {
    for param in params.iter().skip(signature.params.len()) {
        let example = param
            .result
            .as_ref()
            .map_or("()".to_owned(), |param| example(&param.value));
        let message = format!(
            "{} has no entry in the signature: add `{example}`",
            param.title()
        );
        report.at_span(param.span(), message);
    }
    for entry in signature.params.iter().skip(params.len()) {
        let count = params.len();
        let message = format!("this entry has no parameter, the function has {count}: remove it");
        report.at(entry, message);
    }
}

fn check_result_count(signature: &Signature, output: &Output, report: &mut Report) {
    let (results, entries) = (&output.values, &signature.results);
    let Some(arrow) = &signature.arrow else {
        if !results.is_empty() {
            let examples: Vec<String> = results
                .iter()
                .map(|value| value.as_ref().map_or("()".to_owned(), example))
                .collect();
            let examples = examples.join(", ");
            let message = format!("the result has no entry in the signature: add `-> {examples}`");
            report.at(output.tokens, message);
        }
        return;
    };
    if results.is_empty() {
        let message =
            "the function returns nothing: remove `->` and what follows, or return a value";
        report.at(arrow, message);
        return;
    }
    if entries.len() < results.len() && !entries.is_empty() {
        let (found, all) = (entries.len(), results.len());
        let message =
            format!("the signature has entries for {found} of {all} results: add the others");
        report.at(output.tokens, message);
    }
    for entry in entries.iter().skip(results.len()) {
        let count = results.len();
        let message = format!("this entry has no result, the function has {count}: remove it");
        report.at(entry, message);
    }
}

/// Takes the entry's dimensions over into the type, if they fit it.
fn check_entry(
    entry: &Entry,
    dims: Result<Vec<Dim>, Reported>,
    value: &mut Value,
    title: &str,
    report: &mut Report,
) {
    let example = example(value);
    let what = match &value.kind {
        Kind::Handle(_) => "a handle",
        _ => "a scalar",
    };
    let (Kind::Array(_, array) | Kind::List(_, array)) = &mut value.kind else {
        if !entry.dims.is_empty() {
            report.at(entry, format!("{title} is {what}: write `()`"));
        }
        return;
    };
    if entry
        .dims
        .iter()
        .any(|dim| matches!(dim, ast::Dim::Broken(_)))
    {
        return;
    }
    let rests = entry
        .dims
        .iter()
        .filter(|dim| matches!(dim, ast::Dim::Rest(_)))
        .count();
    let named = entry.dims.len() - rests;
    if let Some(rank) = array.rank
        && (named > rank || rests == 0 && named < rank)
    {
        let message = format!(
            "{title} has rank {rank}, its entry rank {named}{}: write one such as `{example}`",
            if rests == 0 { "" } else { " or more" }
        );
        report.at(entry, message);
        return;
    }
    if let Ok(dims) = dims {
        let fill = |dim| match (dim, array.rank) {
            (Dim::Rest, Some(rank)) => vec![Dim::Any; rank - named],
            (dim, _) => vec![dim],
        };
        array.dims = dims.into_iter().flat_map(fill).collect();
    }
}

/// An entry that fits the type.
fn example(value: &Value) -> String {
    match value.array() {
        None => "()".to_owned(),
        Some(array) => match array.rank {
            Some(rank) => format!("({})", vec!["_"; rank].join(", ")),
            None => "(..)".to_owned(),
        },
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Params,
    Results,
}

/// A parameter as a result's dimension sees it.
struct ScopeParam {
    ident: Option<String>,
    /// The type.
    kind: Result<Kind, Reported>,
    /// Whether JavaScript may leave it out.
    optional: bool,
    /// The names that are dimensions in its entry.
    dims: Vec<String>,
}

/// What the names of a signature stand for.
struct Scope {
    names: Vec<Name>,
    params: Vec<ScopeParam>,
    /// A dimension of a parameter that could not be read: it may have bound any name.
    broken: Option<Reported>,
}

impl ScopeParam {
    fn new(param: &Checked, entry: Option<&Entry>) -> ScopeParam {
        let kind = |param: &Param| param.value.kind.clone();
        ScopeParam {
            ident: param.ident.map(plain),
            kind: param.result.as_ref().map(kind).map_err(Clone::clone),
            optional: param.result.as_ref().is_ok_and(|param| param.optional),
            dims: entry.into_iter().flat_map(bound_names).collect(),
        }
    }

    /// Whether there may be no array that has its dimensions.
    fn may_lack(&self) -> bool {
        self.optional || matches!(self.kind, Ok(Kind::List(..)))
    }

    /// Whether it is an array with a dimension of this name.
    fn binds(&self, name: &String) -> bool {
        matches!(self.kind, Ok(Kind::Array(..) | Kind::List(..))) && self.dims.contains(name)
    }

    /// Whether it is a scalar of this name that results can use as a size.
    fn is_size(&self, name: &String) -> bool {
        matches!(self.kind, Ok(Kind::Scalar(elem)) if is_unsigned(elem))
            && !self.optional
            && self.ident.as_ref() == Some(name)
    }
}

/// Whether a scalar of this type can be a size.
fn is_unsigned(elem: Elem) -> bool {
    matches!(elem, Elem::Dtype(dtype) if dtype.is_unsigned())
}

/// The names that are dimensions by themselves; those within an expression are only used.
fn bound_names(entry: &Entry) -> impl Iterator<Item = String> {
    entry.dims.iter().filter_map(|dim| match dim {
        ast::Dim::Expr(expr) => match expr.inner() {
            ast::Expr::Name(name) => Some(plain(name)),
            _ => None,
        },
        ast::Dim::Any | ast::Dim::Rest(_) | ast::Dim::Broken(_) => None,
    })
}

impl Scope {
    fn new(signature: &Signature, params: &[Checked]) -> Scope {
        let entry = |index| signature.params.get(index);
        let params = params.iter().enumerate();
        let mut scope = Scope {
            names: Vec::new(),
            params: params
                .map(|(index, param)| ScopeParam::new(param, entry(index)))
                .collect(),
            broken: None,
        };
        for text in signature.params.iter().flat_map(bound_names) {
            if scope.find(&text).is_none() {
                scope.names.push(Name { text, scalar: None });
            }
        }
        for dim in signature.params.iter().flat_map(|entry| &entry.dims) {
            if let ast::Dim::Broken(reported) = dim {
                scope.broken = Some(reported.clone());
            }
        }
        scope
    }

    fn find(&self, text: &str) -> Option<usize> {
        self.names.iter().position(|name| name.text == text)
    }

    fn check_dims(
        &mut self,
        entry: &Entry,
        side: Side,
        report: &mut Report,
    ) -> Result<Vec<Dim>, Reported> {
        let mut rest = false;
        let dims: Vec<_> = entry
            .dims
            .iter()
            .map(|dim| match dim {
                ast::Dim::Any => Ok(Dim::Any),
                ast::Dim::Rest(token) if std::mem::replace(&mut rest, true) => Err(report.at(
                    token,
                    "a second `..` in one entry: write `_` for each dimension here",
                )),
                ast::Dim::Rest(_) => Ok(Dim::Rest),
                ast::Dim::Expr(expr) => self.check_size(expr, side, report),
                ast::Dim::Broken(reported) => Err(reported.clone()),
            })
            .collect();
        dims.into_iter().collect()
    }

    fn check_size(
        &mut self,
        expr: &ast::Expr,
        side: Side,
        report: &mut Report,
    ) -> Result<Dim, Reported> {
        let mut resolve = |name: &Ident, report: &mut Report| self.resolve(name, side, report);
        let sized = check_expr(expr, &mut resolve, report)?;
        match sized.value {
            Some(value) => u64::try_from(value).map(Dim::Size).map_err(|_| {
                let message = format!("`{}` is negative: write `_` for any size", render(expr));
                report.at(expr, message)
            }),
            None => match sized.expr {
                Expr::Name(name) => Ok(Dim::Name(name)),
                expression => {
                    self.check_known(&expression, expr, report)?;
                    Ok(Dim::Expr {
                        expr: expression,
                        text: render(expr),
                    })
                }
            },
        }
    }

    /// Refuses an expression over a size that a call may leave open.
    fn check_known(
        &self,
        expr: &Expr,
        tokens: &ast::Expr,
        report: &mut Report,
    ) -> Result<(), Reported> {
        let mut result = Ok(());
        expr.each_name(&mut |name| {
            let text = &self.names[name].text;
            let binders = || self.params.iter().filter(|param| param.dims.contains(text));
            if result.is_ok() && binders().count() > 0 && binders().all(ScopeParam::may_lack) {
                let message = format!(
                    "`{text}` is a dimension of optional parameters or lists alone, of which there may be no array: write `_`"
                );
                result = Err(report.at(tokens, message));
            }
        });
        result
    }

    /// Refuses a name that an array and a scalar both have a size for: no reader could tell which is meant.
    fn check_one_source(&self, name: &Ident, report: &mut Report) -> Result<(), Reported> {
        let text = plain(name);
        let array = self.params.iter().find(|param| param.binds(&text));
        let scalar = self.params.iter().any(|param| param.is_size(&text));
        match array.and_then(|array| array.ident.as_ref()) {
            Some(array) if scalar => {
                let message = format!(
                    "`{text}` is a dimension of `{array}` and a parameter too, either could be meant: rename one"
                );
                Err(report.at(name, message))
            }
            _ => Ok(()),
        }
    }

    /// The index of a name; in results an unsigned integer parameter is one too.
    fn resolve(
        &mut self,
        name: &Ident,
        side: Side,
        report: &mut Report,
    ) -> Result<usize, Reported> {
        let text = plain(name);
        if side == Side::Results {
            self.check_one_source(name, report)?;
        }
        if let Some(index) = self.find(&text) {
            return Ok(index);
        }
        if let Some(reported) = &self.broken {
            return Err(reported.clone());
        }
        let param = self
            .params
            .iter()
            .position(|param| param.ident.as_ref() == Some(&text))
            .map(|index| (index, self.params[index].kind.clone()));
        let message = match (side, param) {
            (_, Some((_, Err(reported)))) => return Err(reported),
            (Side::Results, Some((index, Ok(Kind::Scalar(_))))) if self.params[index].optional => {
                format!(
                    "`{text}` may be left out, a size may not: take it without `Option`, or write `_`"
                )
            }
            (Side::Results, Some((index, Ok(Kind::Scalar(elem))))) if is_unsigned(elem) => {
                self.names.push(Name {
                    text,
                    scalar: Some(index),
                });
                return Ok(self.names.len() - 1);
            }
            (Side::Results, Some((_, Ok(Kind::Scalar(Elem::Dtype(dtype)))))) => format!(
                "`{text}` is of type `{}`, a size is an unsigned integer: change the type to `u32`, or write `_`",
                dtype.rust_name()
            ),
            (Side::Results, Some((_, Ok(Kind::Scalar(Elem::Param(_)))))) => format!(
                "`{text}` is of a type parameter, a size is an unsigned integer: change the type to `u32`, or write `_`"
            ),
            (Side::Results, _) => format!(
                "`{text}` is no dimension of a parameter and no parameter of an unsigned integer type: write `_`"
            ),
            (Side::Params, Some((_, Ok(Kind::Scalar(_))))) => format!(
                "`{text}` is a scalar, which only results can use as a size: write `_` and check it in the kernel"
            ),
            (Side::Params, _) => format!(
                "`{text}` is not bound: give it a dimension of its own, for example `({text})`, or write `_`"
            ),
        };
        Err(report.at(name, message))
    }
}
