//! Types, as far as tokens tell: rustc proves the rest where the export calls the function.

use super::class::{check_class_path, refuse_class_path};
use super::generics::Names;
use super::refusals::{refuse_borrowed, refuse_element, refuse_list, refuse_param, refuse_result};
use crate::model::{Array, ClassPath, Dim, Failure, Kind, TypeArg, Value};
use crate::report::{Report, Reported};
use kernel_schema::{Dtype, Elem};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{GenericArgument, Lifetime, PathArguments, PathSegment, Type};

/// A type without the parentheses and invisible groups around it.
pub fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Paren(ty) => bare(&ty.elem),
        Type::Group(ty) => bare(&ty.elem),
        ty => ty,
    }
}

/// The type of a parameter, its dimensions free.
pub struct ParamType {
    pub value: Value,
    /// Whether the kernel writes into it.
    pub mutable: bool,
    /// Whether it is an `Option`.
    pub optional: bool,
}

/// What a type says of a parameter.
pub fn check_param_type(
    ty: &Type,
    generics: &Names,
    report: &mut Report,
) -> Result<ParamType, Reported> {
    let ty = bare(ty);
    let Some(option) = last_segment(ty).filter(|segment| segment.ident == "Option") else {
        let (value, mutable) = check_required_type(ty, generics, report)?;
        return Ok(ParamType {
            value,
            mutable,
            optional: false,
        });
    };
    let [inner] = type_args(option)[..] else {
        let message = "`Option` needs its type here: write `Option<f64>`";
        return Err(report.at(option, message));
    };
    if last_segment(bare(inner)).is_some_and(|inner| inner.ident == "Option") {
        let message = "an `Option` in an `Option` is not supported, JavaScript has one way to leave an argument out: write one `Option`";
        return Err(report.at(inner, message));
    }
    let (value, mutable) = check_required_type(bare(inner), generics, report)?;
    Ok(ParamType {
        value: Value {
            span: option.ident.span(),
            ..value
        },
        mutable,
        optional: true,
    })
}

/// The type of a parameter that is no `Option`, and whether the kernel writes into it.
fn check_required_type(
    ty: &Type,
    generics: &Names,
    report: &mut Report,
) -> Result<(Value, bool), Reported> {
    if let Type::Reference(reference) = ty
        && let Some((segment, Named::Class(class))) = named(bare(&reference.elem), generics)
    {
        check_lifetime(reference.lifetime.as_ref(), report)?;
        let value = handle(segment, class);
        return Ok((value, reference.mutability.is_some()));
    }
    if let Type::Reference(reference) = ty
        && let Type::Slice(slice) = bare(&reference.elem)
        && let Some((segment, Named::Array(family, suffix))) = named(bare(&slice.elem), generics)
    {
        if reference.mutability.is_some() || family != Family::View {
            return Err(report.at(ty, refuse_list(ty, &slice.elem, family)));
        }
        check_lifetime(reference.lifetime.as_ref(), report)?;
        return Ok((
            array(Kind::List, segment, &suffix, generics, report)?,
            false,
        ));
    }
    let Some((segment, named)) = named(ty, generics) else {
        return Err(report.at(ty, refuse_param(ty, generics)));
    };
    match named {
        Named::Scalar(elem) => Ok((scalar(segment, elem, report)?, false)),
        Named::Array(Family::View, suffix) => Ok((
            array(Kind::Array, segment, &suffix, generics, report)?,
            false,
        )),
        Named::Array(Family::ViewMut, suffix) => Ok((
            array(Kind::Array, segment, &suffix, generics, report)?,
            true,
        )),
        Named::Array(Family::Owned, _) => {
            let view = text(ty).replacen("Array", "ArrayView", 1);
            let view_mut = text(ty).replacen("Array", "ArrayViewMut", 1);
            let message = format!(
                "`{}` is owned, JavaScript lends: take `{view}`, or `{view_mut}` to write into it",
                text(ty)
            );
            Err(report.at(ty, message))
        }
        Named::Class(_) => Err(report.at(ty, refuse_class_path(&text(ty)))),
        Named::Other => Err(report.at(ty, refuse_param(ty, generics))),
    }
}

/// The type of one result, its dimensions free.
pub fn check_result_type(
    ty: &Type,
    generics: &Names,
    report: &mut Report,
) -> Result<Value, Reported> {
    let ty = bare(ty);
    if let Some(vec) = last_segment(ty).filter(|segment| segment.ident == "Vec")
        && let [elem] = type_args(vec)[..]
        && let Some((segment, Named::Array(family, suffix))) = named(bare(elem), generics)
    {
        if family != Family::Owned {
            return Err(report.at(ty, refuse_borrowed(ty, family)));
        }
        return array(Kind::List, segment, &suffix, generics, report);
    }
    let Some((segment, named)) = named(ty, generics) else {
        return Err(report.at(ty, refuse_result(ty, generics)));
    };
    match named {
        Named::Scalar(elem) => scalar(segment, elem, report),
        Named::Array(Family::Owned, suffix) => {
            array(Kind::Array, segment, &suffix, generics, report)
        }
        Named::Array(family, _) => Err(report.at(ty, refuse_borrowed(ty, family))),
        Named::Class(class) => Ok(handle(segment, class)),
        Named::Other => Err(report.at(ty, refuse_result(ty, generics))),
    }
}

/// The value's type and the failure, if the type is a `Result`.
pub fn check_failure<'a>(
    ty: &'a Type,
    report: &mut Report,
) -> Result<Option<(&'a Type, Failure)>, Reported> {
    let Some(segment) = last_segment(bare(ty)).filter(|segment| segment.ident == "Result") else {
        return Ok(None);
    };
    let span = segment.ident.span();
    let (value, error) = match type_args(segment)[..] {
        [value] => (value, span),
        [value, error] => (value, error.span()),
        _ => {
            let message = "`Result` needs its types here: write `Result<Array1<f64>, String>`, or `Result<(), String>` \
                           for no value";
            return Err(report.at(segment, message));
        }
    };
    if last_segment(bare(value)).is_some_and(|inner| inner.ident == "Result") {
        let message = "a `Result` in a `Result` is not supported: join the two errors in one type";
        return Err(report.at(value, message));
    }
    let failure = Failure {
        result: span,
        error,
    };
    Ok(Some((value, failure)))
}

/// What an array type of ndarray's is to its elements.
#[derive(Clone, Copy, PartialEq)]
pub enum Family {
    View,
    ViewMut,
    Owned,
}

impl Family {
    /// How the names of its types begin.
    pub fn prefix(self) -> &'static str {
        match self {
            Family::View => "ArrayView",
            Family::ViewMut => "ArrayViewMut",
            Family::Owned => "Array",
        }
    }
}

/// What the name of a type says.
pub enum Named {
    Scalar(Elem),
    /// With what follows the family in the name: `2`, `D`, or nothing where the rank is a type argument.
    Array(Family, String),
    /// What may be a struct under `#[kernel]`.
    Class(ClassPath),
    Other,
}

/// What a type is by its name, with the last part of its path.
pub fn named<'a>(ty: &'a Type, generics: &Names) -> Option<(&'a PathSegment, Named)> {
    let segment = last_segment(ty)?;
    if let Some(elem) = generics.find(&segment.ident) {
        return Some((segment, Named::Scalar(elem)));
    }
    let name = segment.ident.to_string();
    if let Some(dtype) = Dtype::from_rust_name(&name) {
        return Some((segment, Named::Scalar(dtype.into())));
    }
    let family = [Family::ViewMut, Family::View, Family::Owned]
        .into_iter()
        .find_map(|family| {
            let suffix = name.strip_prefix(family.prefix())?;
            let is_rank = suffix.bytes().all(|byte| byte.is_ascii_digit());
            (is_rank || suffix == "D").then(|| Named::Array(family, suffix.to_owned()))
        });
    let class = || check_class_path(ty, segment, generics.this()).map(Named::Class);
    Some((segment, family.or_else(class).unwrap_or(Named::Other)))
}

/// The last part of a path.
pub fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(ty) if ty.qself.is_none() => ty.path.segments.last(),
        _ => None,
    }
}

/// The types in its angle brackets.
pub fn type_args(segment: &PathSegment) -> Vec<&Type> {
    let PathArguments::AngleBracketed(args) = &segment.arguments else {
        return Vec::new();
    };
    let types = args.args.iter().filter_map(|arg| match arg {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

fn scalar(segment: &PathSegment, elem: Elem, report: &mut Report) -> Result<Value, Reported> {
    if !segment.arguments.is_none() {
        let message = format!("`{}` takes no type arguments: remove them", segment.ident);
        return Err(report.at(&segment.arguments, message));
    }
    Ok(Value {
        kind: Kind::Scalar(elem),
        span: segment.ident.span(),
    })
}

fn handle(segment: &PathSegment, class: ClassPath) -> Value {
    Value {
        kind: Kind::Handle(class),
        span: segment.ident.span(),
    }
}

/// An array, or a list of arrays where `kind` makes one.
fn array(
    kind: fn(Elem, Array) -> Kind,
    segment: &PathSegment,
    suffix: &str,
    generics: &Names,
    report: &mut Report,
) -> Result<Value, Reported> {
    let rank = check_rank(segment, suffix, report)?;
    let elem = check_element(segment, generics, report)?;
    let dims = match rank {
        Some(rank) => vec![Dim::Any; rank],
        None => vec![Dim::Rest],
    };
    Ok(Value {
        kind: kind(elem, Array { rank, dims }),
        span: segment.ident.span(),
    })
}

fn check_rank(
    segment: &PathSegment,
    suffix: &str,
    report: &mut Report,
) -> Result<Option<usize>, Reported> {
    let name = &segment.ident;
    match suffix {
        "D" => Ok(None),
        "0" | "1" | "2" | "3" | "4" | "5" | "6" => {
            Ok(Some(usize::from(suffix.as_bytes()[0] - b'0')))
        }
        "" => {
            let types = type_args(segment);
            let element = types.first().map_or("f64".to_owned(), text);
            let rank = types.get(1).and_then(|ty| last_segment(bare(ty)));
            let rank = match rank.map(|rank| rank.ident.to_string()).as_deref() {
                Some("IxDyn") => "D".to_owned(),
                Some(rank) if rank.len() == 3 && rank.starts_with("Ix") => rank[2..].to_owned(),
                _ => "2".to_owned(),
            };
            let message =
                format!("`{name}` does not show its rank: write `{name}{rank}<{element}>`");
            Err(report.at(segment, message))
        }
        _ => {
            let family = name.to_string().replacen(suffix, "", 1);
            let message = format!(
                "`{name}` does not exist: ranks go from `{family}0` to `{family}6`, beyond them write `{family}D`"
            );
            Err(report.at(name, message))
        }
    }
}

fn check_element(
    segment: &PathSegment,
    generics: &Names,
    report: &mut Report,
) -> Result<Elem, Reported> {
    let name = &segment.ident;
    if let PathArguments::AngleBracketed(args) = &segment.arguments {
        for arg in &args.args {
            if let GenericArgument::Lifetime(lifetime) = arg {
                check_lifetime(Some(lifetime), report)?;
            }
        }
    }
    let [element] = type_args(segment)[..] else {
        let message = format!("`{name}` takes one type, its elements': write `{name}<f64>`");
        return Err(report.at(segment, message));
    };
    let element = bare(element);
    let param = last_segment(element).and_then(|last| generics.find(&last.ident));
    match param {
        Some(elem) => Ok(elem),
        None => check_elem(element, report).map(|arg| arg.dtype.into()),
    }
}

fn check_lifetime(lifetime: Option<&Lifetime>, report: &mut Report) -> Result<(), Reported> {
    match lifetime {
        Some(lifetime) if lifetime.ident == "static" => {
            let message = "a borrow lives no longer than the call: write `'_` or no lifetime";
            Err(report.at(lifetime, message))
        }
        _ => Ok(()),
    }
}

/// An element type that is no type parameter.
pub fn check_elem(element: &Type, report: &mut Report) -> Result<TypeArg, Reported> {
    let arg = last_segment(element).and_then(|last| {
        let dtype = match &last.arguments {
            PathArguments::None => Dtype::from_rust_name(&last.ident.to_string())?,
            _ if last.ident == "Complex" => complex(last)?,
            _ => return None,
        };
        let span = last.ident.span();
        Some(TypeArg { dtype, span })
    });
    arg.ok_or_else(|| report.at(element, refuse_element(element)))
}

/// The dtype of `Complex<f32>` or `Complex<f64>`.
fn complex(segment: &PathSegment) -> Option<Dtype> {
    let [part] = type_args(segment)[..] else {
        return None;
    };
    match last_segment(bare(part))?.ident.to_string().as_str() {
        "f32" => Some(Dtype::Complex64),
        "f64" => Some(Dtype::Complex128),
        _ => None,
    }
}

/// Tokens as rustfmt would space them.
pub fn text(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (spaced, tight) in [
        (" :: ", "::"),
        (" : ", ": "),
        (" < ", "<"),
        ("< ", "<"),
        (" <", "<"),
        (" >", ">"),
        ("& ", "&"),
        ("* const ", "*const "),
        ("* mut ", "*mut "),
        (" ,", ","),
        (" ;", ";"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}
