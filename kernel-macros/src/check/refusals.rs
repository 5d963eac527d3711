//! The sentences about types that are refused.

use super::generics::Names;
use super::types::{Family, Named, bare, last_segment, named, text, type_args};
use syn::{PathSegment, Type};

const SCALARS: &str =
    "`bool`, `i8`, `i16`, `i32`, `i64`, `u8`, `u16`, `u32`, `u64`, `f32` or `f64`";

/// A list that is written to, or whose arrays are not views.
pub fn refuse_list(ty: &Type, elem: &Type, family: Family) -> String {
    let view = text(elem).replacen(family.prefix(), "ArrayView", 1);
    let why = match family {
        Family::Owned => "its arrays are owned, JavaScript lends: take",
        _ => "a list is read alone: return what changes, and take",
    };
    format!("`{}` is not supported, {why} `&[{view}]`", text(ty))
}

/// An array, or a list of them, as a result that borrows.
pub fn refuse_borrowed(ty: &Type, family: Family) -> String {
    let shown = text(ty);
    let mut owned = shown.replacen(family.prefix(), "Array", 1);
    if let Some((before, lifetime)) = owned.split_once("<'")
        && let Some((_, after)) = lifetime.split_once(", ")
    {
        owned = format!("{before}<{after}");
    }
    format!("`{shown}` borrows, a result is owned: return `{owned}`")
}

/// An element type that is none.
pub fn refuse_element(element: &Type) -> String {
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

/// The type of a parameter that none can have.
pub fn refuse_param(ty: &Type, generics: &Names) -> String {
    let shown = text(ty);
    match ty {
        Type::Reference(reference) => refuse_reference(
            &shown,
            bare(&reference.elem),
            reference.mutability.is_some(),
            generics,
        ),
        Type::Slice(slice) => {
            let remedy = sequence(&slice.elem, Family::View, generics);
            format!("`{shown}` is not supported: take {remedy}")
        }
        Type::Array(array) if is_array(&array.elem, generics) => {
            let remedy = sequence(&array.elem, Family::View, generics);
            format!("`{shown}` is not supported: take {remedy}")
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
        _ => refuse_other(ty, Family::View, "take", generics),
    }
}

fn refuse_reference(shown: &str, target: &Type, mutable: bool, generics: &Names) -> String {
    let family = if mutable {
        Family::ViewMut
    } else {
        Family::View
    };
    let view = family.prefix();
    if let Type::Slice(slice) = target {
        let remedy = sequence(&slice.elem, family, generics);
        return format!("`{shown}` is not supported: take {remedy}");
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
            format!("`{shown}` is not supported: take a scalar or an array")
        }
        Some((segment, _)) if segment.ident == "Vec" => {
            let remedy = sequence_of(segment, family, generics);
            format!("`{shown}` is not supported: take {remedy}")
        }
        _ => format!(
            "`{shown}` is not supported: take a scalar, a view such as `{view}1<f64>`, or a reference to a struct under \
             `#[kernel]`, which has no type arguments"
        ),
    }
}

/// The type of a result that none can have.
pub fn refuse_result(ty: &Type, generics: &Names) -> String {
    let shown = text(ty);
    match ty {
        Type::Tuple(tuple) if tuple.elems.is_empty() => {
            "`()` in a tuple is no result: remove it".to_owned()
        }
        Type::Tuple(_) => "nested tuples are not supported: return one flat tuple".to_owned(),
        Type::Reference(_) => {
            format!("`{shown}` borrows, a result is owned: return an array or a scalar")
        }
        Type::Array(syn::TypeArray { elem, .. }) | Type::Slice(syn::TypeSlice { elem, .. }) => {
            let remedy = sequence(elem, Family::Owned, generics);
            format!("`{shown}` is not supported: return {remedy}")
        }
        _ => refuse_other(ty, Family::Owned, "return", generics),
    }
}

/// `family` is what the arrays are there, `verb` how a remedy begins.
fn refuse_other(ty: &Type, family: Family, verb: &str, generics: &Names) -> String {
    let shown = text(ty);
    let Some(segment) = last_segment(ty) else {
        return match ty {
            Type::ImplTrait(_) => format!("`{shown}` is not supported: write the type out"),
            Type::FnPtr(_) => {
                format!("function pointers are not supported: {verb} a scalar or an array")
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
        "Vec" => {
            let remedy = sequence_of(segment, family, generics);
            format!("`{shown}` is not supported: {verb} {remedy}")
        }
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

/// What to write for several of a type: a list of arrays, an array of anything else; of sequences one of more dimensions.
fn sequence(elem: &Type, family: Family, generics: &Names) -> String {
    let (mut elem, mut rank) = (bare(elem), 1);
    loop {
        (elem, rank) = match elem {
            Type::Reference(reference) => (bare(&reference.elem), rank),
            Type::Slice(slice) => (bare(&slice.elem), rank + 1),
            Type::Array(array) => (bare(&array.elem), rank + 1),
            elem => match last_segment(elem).map(|segment| (segment, type_args(segment))) {
                Some((vec, args)) if vec.ident == "Vec" && args.len() == 1 => {
                    (bare(args[0]), rank + 1)
                }
                _ => break,
            },
        };
    }
    let shown = text(elem);
    let Some((_, Named::Array(own, _))) = named(elem, generics) else {
        return format!("`{}{rank}<{shown}>`", family.prefix());
    };
    match family {
        Family::Owned => format!("`Vec<{}>`", shown.replacen(own.prefix(), "Array", 1)),
        _ => format!("`&[{}]`", shown.replacen(own.prefix(), "ArrayView", 1)),
    }
}

/// The same for a `Vec`.
fn sequence_of(vec: &PathSegment, family: Family, generics: &Names) -> String {
    match type_args(vec).first() {
        Some(elem) => sequence(elem, family, generics),
        None => format!("`{}1<f64>`", family.prefix()),
    }
}

fn is_array(elem: &Type, generics: &Names) -> bool {
    matches!(named(bare(elem), generics), Some((_, Named::Array(..))))
}
