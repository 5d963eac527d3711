//! Types, as far as tokens tell: rustc proves the rest where the export calls the function.

use super::class::{check_class_path, refuse_class_path};
use super::generics::Names;
use crate::model::{Array, ClassPath, Dim, Failure, Kind, TypeArg, Value};
use crate::report::{Report, Reported};
use kernel_schema::{Dtype, Elem};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{GenericArgument, Lifetime, PathArguments, PathSegment, Type};

const SCALARS: &str =
    "`bool`, `i8`, `i16`, `i32`, `i64`, `u8`, `u16`, `u32`, `u64`, `f32` or `f64`";

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
        let message = "an `Option` in an `Option` is not supported: JavaScript has one way to leave an argument out";
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
    let Some((segment, named)) = named(ty, generics) else {
        return Err(report.at(ty, refuse_param(ty, generics)));
    };
    match named {
        Named::Scalar(elem) => Ok((scalar(segment, elem, report)?, false)),
        Named::Array(Family::View, suffix) => {
            Ok((array(segment, suffix, generics, report)?, false))
        }
        Named::Array(Family::ViewMut, suffix) => {
            Ok((array(segment, suffix, generics, report)?, true))
        }
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
    let Some((segment, named)) = named(ty, generics) else {
        return Err(report.at(ty, refuse_result(ty)));
    };
    match named {
        Named::Scalar(elem) => scalar(segment, elem, report),
        Named::Array(Family::Owned, suffix) => array(segment, suffix, generics, report),
        Named::Array(family, _) => {
            let owned = text(ty).replacen(family.prefix(), "Array", 1);
            let message = format!(
                "`{}` borrows, a result is owned: return `{owned}`",
                text(ty)
            );
            Err(report.at(ty, message))
        }
        Named::Class(class) => Ok(handle(segment, class)),
        Named::Other => Err(report.at(ty, refuse_result(ty))),
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

#[derive(Clone, Copy)]
enum Family {
    View,
    ViewMut,
    Owned,
}

impl Family {
    fn prefix(self) -> &'static str {
        match self {
            Family::View => "ArrayView",
            Family::ViewMut => "ArrayViewMut",
            Family::Owned => "Array",
        }
    }
}

enum Named {
    Scalar(Elem),
    /// With what follows the family in the name: `2`, `D`, or nothing where the rank is a type argument.
    Array(Family, String),
    /// What may be a struct under `#[kernel]`.
    Class(ClassPath),
    Other,
}

fn named<'a>(ty: &'a Type, generics: &Names) -> Option<(&'a PathSegment, Named)> {
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

fn type_args(segment: &PathSegment) -> Vec<&Type> {
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

fn array(
    segment: &PathSegment,
    suffix: String,
    generics: &Names,
    report: &mut Report,
) -> Result<Value, Reported> {
    let rank = check_rank(segment, &suffix, report)?;
    let elem = check_element(segment, generics, report)?;
    let dims = match rank {
        Some(rank) => vec![Dim::Any; rank],
        None => vec![Dim::Rest],
    };
    Ok(Value {
        kind: Kind::Array(elem, Array { rank, dims }),
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

fn refuse_element(element: &Type) -> String {
    let shown = text(element);
    match last_segment(element)
        .map(|segment| segment.ident.to_string())
        .as_deref()
    {
        Some(name) if name.starts_with("Complex") => {
            format!("`{shown}` is not an element type: write `Complex<f32>` or `Complex<f64>`")
        }
        Some("usize") => differs("usize", "`u32` or `u64`"),
        Some("isize") => differs("isize", "`i32` or `i64`"),
        _ => format!(
            "`{shown}` is not an element type: write {SCALARS} itself, the macro can't see through an alias"
        ),
    }
}

fn differs(name: &str, remedy: &str) -> String {
    format!("`{name}` has 32 bits in wasm and 64 elsewhere: write {remedy}")
}

fn refuse_param(ty: &Type, generics: &Names) -> String {
    let shown = text(ty);
    match ty {
        Type::Reference(reference) => refuse_reference(
            &shown,
            bare(&reference.elem),
            reference.mutability.is_some(),
            generics,
        ),
        Type::Slice(slice) => {
            let element = text(&slice.elem);
            format!("`{shown}` is not supported: take `ArrayView1<{element}>`")
        }
        Type::Array(array) => {
            let (element, len) = (text(&array.elem), text(&array.len));
            format!(
                "`{shown}` is not supported: take `ArrayView1<{element}>` with the signature entry `({len})`"
            )
        }
        Type::Tuple(_) => {
            "tuples are not supported as parameters: write one parameter for each value".to_owned()
        }
        _ => refuse_other(ty, "take `ArrayView1", "take"),
    }
}

fn refuse_reference(shown: &str, target: &Type, mutable: bool, generics: &Names) -> String {
    let view = if mutable { "ArrayViewMut" } else { "ArrayView" };
    if let Type::Slice(slice) = target {
        return format!(
            "`{shown}` is not supported: take `{view}1<{}>`",
            text(&slice.elem)
        );
    }
    match named(target, generics) {
        Some((segment, Named::Array(_, suffix))) => {
            let args = text(&segment.arguments);
            format!("`{shown}` is not supported: take the view by value, `{view}{suffix}{args}`")
        }
        Some((segment, Named::Scalar(_))) => format!(
            "`{shown}` is not supported: take `{}`, and return what changes",
            segment.ident
        ),
        Some((segment, _)) if segment.ident == "str" => {
            format!("`{shown}` is not supported: a parameter is a scalar or a view")
        }
        Some((segment, _)) if segment.ident == "Vec" => {
            let element = type_args(segment).first().map_or("f64".to_owned(), text);
            format!("`{shown}` is not supported: take `{view}1<{element}>`")
        }
        _ => format!(
            "`{shown}` is not supported: take a scalar, a view such as `{view}1<f64>`, or a reference to a struct under \
             `#[kernel]`, which has no type arguments"
        ),
    }
}

fn refuse_result(ty: &Type) -> String {
    let shown = text(ty);
    match ty {
        Type::Tuple(tuple) if tuple.elems.is_empty() => {
            "`()` in a tuple is no result: remove it".to_owned()
        }
        Type::Tuple(_) => "nested tuples are not supported: return one flat tuple".to_owned(),
        Type::Reference(_) => {
            format!("`{shown}` borrows, a result is owned: return an array or a scalar")
        }
        Type::Array(array) => {
            format!(
                "`{shown}` is not supported: return `Array1<{}>`",
                text(&array.elem)
            )
        }
        _ => refuse_other(ty, "return `Array1", "return"),
    }
}

/// `vector` is how the remedy for a `Vec` begins, `verb` how any other does.
fn refuse_other(ty: &Type, vector: &str, verb: &str) -> String {
    let shown = text(ty);
    let Some(segment) = last_segment(ty) else {
        return match ty {
            Type::ImplTrait(_) => format!("`{shown}` is not supported: write the type out"),
            Type::FnPtr(_) => {
                "function pointers are not supported: a parameter is a scalar or a view".to_owned()
            }
            Type::Never(_) => "`!` is no result: return nothing, or a `Result`".to_owned(),
            _ => format!("`{shown}` is not supported: {verb} a scalar or an array"),
        };
    };
    let argument = type_args(segment).first().map_or("f64".to_owned(), text);
    match segment.ident.to_string().as_str() {
        "Option" => format!("`{shown}` is no result: return `Result<{argument}, String>`"),
        "Context" if verb == "take" => "`Context` is lent: take `&Context`".to_owned(),
        "Context" => "`Context` is no result: remove it".to_owned(),
        "Vec" => format!("`{shown}` is not supported: {vector}<{argument}>`"),
        "Result" => format!("`{shown}` is not supported here: {verb} `{argument}`"),
        "usize" => differs("usize", "`u32` or `u64`"),
        "isize" => differs("isize", "`i32` or `i64`"),
        "i128" => "`i128` is not supported: write `i64`".to_owned(),
        "u128" => "`u128` is not supported: write `u64`".to_owned(),
        "char" => format!("`char` is not supported: {verb} its code, a `u32`"),
        "String" | "str" => format!("`{shown}` is not supported: {verb} a scalar or an array"),
        name if name.starts_with("Complex") => {
            format!("`{shown}` is not supported yet: {verb} real and imaginary part as two values")
        }
        _ => format!(
            "`{shown}` is not supported: {verb} a scalar ({SCALARS}), an array, or a struct under `#[kernel]`, which has no \
             type arguments"
        ),
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
        (" ,", ","),
        (" ;", ";"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}
