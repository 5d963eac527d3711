//! Structs, and what makes a function the member of one.

use super::names::{check_class_name, plain};
use super::types::{bare, last_segment, text};
use super::{attributes, check_function, docs};
use crate::ast::{Args, Function, Method, Struct};
use crate::model::{Class, ClassPath, Context, Kernel, Owner, Role};
use crate::parse;
use crate::report::{Report, Reported};
use quote::ToTokens;
use std::mem::discriminant;
use syn::{FnArg, ItemImpl, PathArguments, PathSegment, Receiver, ReceiverKind, Type};

/// The class, if all of it is right; otherwise the report has mistakes.
pub fn check_class(args: &Args, item: &Struct, report: &mut Report) -> Result<Class, Reported> {
    check_no_kernel(args, report);
    if !item.generics.params.is_empty() {
        let message = "a struct that JavaScript holds has no parameters: write its types out, and own what it would borrow";
        report.at(&item.generics.params, message);
    }
    if item.ident == "Context" {
        let message =
            "`Context` is kernel_runtime's, which kernels take as `&Context`: rename the struct";
        report.at(&item.ident, message);
    }
    Ok(Class {
        ident: item.ident.clone(),
        js_name: check_class_name(args.name.as_ref(), &item.ident, report)?,
        docs: docs::check_docs(&item.attrs),
        cfgs: attributes(&item.attrs, "cfg").cloned().collect(),
    })
}

/// Refuses what only functions have.
fn check_no_kernel(args: &Args, report: &mut Report) {
    if let Some(signature) = &args.signature {
        let message = "a struct has no signature, its methods have: remove it";
        match signature.params.first() {
            Some(entry) => report.at(entry, message),
            None => report.at(signature.arrow, message),
        };
    }
    if let Some(types) = &args.types {
        let message = "option `types` is for functions: remove it";
        report.at(&types.option, message);
    }
    for option in [&args.broadcast, &args.single].into_iter().flatten() {
        let message = format!("option `{option}` is for functions: remove it");
        report.at(option, message);
    }
}

/// The members that an impl gives its class.
pub fn check_members(
    item: &ItemImpl,
    methods: &[Method],
    report: &mut Report,
) -> Result<Vec<Kernel>, Reported> {
    let class = check_impl(item, report)?;
    let cfgs: Vec<_> = attributes(&item.attrs, "cfg").cloned().collect();
    let mut members: Vec<Kernel> = Vec::new();
    let mut result = Ok(());
    for method in methods {
        let member = match (&method.attribute, method.public) {
            (None, false) => continue,
            (Some(attribute), false) => {
                let message = "this function is not `pub`, so JavaScript has none of it: add `pub`, or remove the attribute";
                Err(report.at(attribute, message))
            }
            (attribute, true) => {
                let args = parse::parse_attribute(attribute.as_ref(), report);
                check_function(&args, &method.function, Some(&class), report)
            }
        };
        match member {
            Ok(mut member) => {
                check_distinct(&members, &member, report);
                member.cfgs.extend(cfgs.iter().cloned());
                members.push(member);
            }
            Err(reported) => result = Err(reported),
        }
    }
    result.map(|()| members)
}

/// The class of an impl.
fn check_impl(item: &ItemImpl, report: &mut Report) -> Result<ClassPath, Reported> {
    if let Some((path, _)) = &item.trait_ {
        let message = "`#[kernel]` is for an impl of the struct's own: take the functions of the trait out, or call them there";
        return Err(report.at(path, message));
    }
    if let Some(token) = &item.unsafety {
        return Err(report.at(
            token,
            "an impl of a struct's own is not `unsafe`: remove it",
        ));
    }
    let ty = bare(&item.self_ty);
    if !item.generics.params.is_empty() {
        let message = "a struct that JavaScript holds has no parameters: write the types out";
        return Err(report.at(&item.generics.params, message));
    }
    match last_segment(ty) {
        Some(segment) if segment.arguments.is_none() => Ok(class_path(ty)),
        _ => {
            let message = format!("`{}` is no struct under `#[kernel]`: name one", text(ty));
            Err(report.at(ty, message))
        }
    }
}

/// Refuses a member that JavaScript would call as another one.
fn check_distinct(members: &[Kernel], member: &Kernel, report: &mut Report) {
    let role = |kernel: &Kernel| kernel.owner.as_ref().map(|owner| discriminant(&owner.role));
    let same = |other: &&Kernel| other.js_name == member.js_name && role(other) == role(member);
    // Two functions with one name in Rust too are rustc's business, or have conditions.
    if let Some(first) = members.iter().find(same)
        && first.ident != member.ident
    {
        let (first, second) = (plain(&first.ident), plain(&member.ident));
        let message = format!(
            "`{first}` and `{second}` are both `{}` in JavaScript: rename one",
            member.js_name
        );
        report.at(&member.ident, message);
    }
}

/// What a function is to the class whose impl it stands in.
pub fn check_role(
    class: &ClassPath,
    function: &Function,
    report: &mut Report,
) -> Result<Owner, Reported> {
    let role = match function.sig.receiver() {
        Some(receiver) => Role::Method {
            mutable: check_receiver(receiver, report)?,
        },
        None if function.sig.ident == "new" => Role::Constructor,
        None => Role::Static,
    };
    let class = class.clone();
    Ok(Owner { class, role })
}

/// Whether it is `&mut self`.
fn check_receiver(receiver: &Receiver, report: &mut Report) -> Result<bool, Reported> {
    match &receiver.kind {
        ReceiverKind::Reference(_, _, mutability) => Ok(mutability.is_some()),
        ReceiverKind::Value => {
            let message = "`self` would take the struct from JavaScript, which still holds it: write `&self` or `&mut self`";
            Err(report.at(receiver, message))
        }
        _ => {
            let message = format!(
                "`{}` is not supported: write `&self` or `&mut self`",
                text(receiver)
            );
            Err(report.at(receiver, message))
        }
    }
}

/// Refuses a constructor of anything but its class.
pub fn check_constructor(kernel: &Kernel, report: &mut Report) {
    let Some(Owner {
        class,
        role: Role::Constructor,
    }) = &kernel.owner
    else {
        return;
    };
    let makes_it = matches!(&kernel.results[..], [value] if value.class().is_some_and(|made| made.text == class.text));
    if !makes_it {
        let message = format!(
            "`new` is the constructor in JavaScript: return `Self` or `Result<Self, E>`, or rename the function, for example \
             `make` of `{}`",
            class.text
        );
        report.at(&kernel.ident, message);
    }
}

/// Where a parameter is the context, that.
pub fn check_context(
    input: &FnArg,
    index: usize,
    first: Option<&Context>,
    report: &mut Report,
) -> Option<Result<Context, Reported>> {
    let FnArg::Typed(typed) = input else {
        return None;
    };
    let Type::Reference(reference) = bare(&typed.ty) else {
        return None;
    };
    let segment = last_segment(bare(&reference.elem))
        .filter(|segment| segment.ident == "Context" && segment.arguments.is_none())?;
    if reference.mutability.is_some() {
        let message = "a context is shared with those who wait for the kernel: take `&Context`";
        return Some(Err(report.at(&typed.ty, message)));
    }
    if first.is_some() {
        let message = "a second context: remove it, a call has one";
        return Some(Err(report.at(&typed.ty, message)));
    }
    if let Err(reported) = super::check_unconditional(&typed.attrs, report) {
        return Some(Err(reported));
    }
    let span = segment.ident.span();
    Some(Ok(Context { index, span }))
}

/// What the tokens name, where that may be a struct under `#[kernel]`: rustc knows whether it is one.
pub fn check_class_path(
    ty: &Type,
    segment: &PathSegment,
    this: Option<&ClassPath>,
) -> Option<ClassPath> {
    const OTHERS: &[&str] = &[
        "Box", "Context", "Option", "Result", "Self", "String", "Vec", "char", "i128", "isize",
        "str", "u128", "usize",
    ];
    let name = segment.ident.to_string();
    if name == "Self" {
        return this.cloned();
    }
    let other = OTHERS.contains(&&*name) || name.starts_with("Complex");
    let plain = matches!(segment.arguments, PathArguments::None);
    (plain && !other).then(|| class_path(ty))
}

/// Why a struct is no parameter: by value it would leave JavaScript, which still has its address.
pub fn refuse_class_path(shown: &str) -> String {
    format!(
        "`{shown}` is no scalar's own name: take `&{shown}` or `&mut {shown}` if it is a struct under `#[kernel]`"
    )
}

fn class_path(ty: &Type) -> ClassPath {
    ClassPath {
        tokens: ty.to_token_stream(),
        text: text(ty),
    }
}
