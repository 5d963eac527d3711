//! What may follow the signature, by name.

use super::unexpected;
use crate::ast::{Args, Attribute, Elems, FoldName, Identity, TypeList, Types};
use crate::report::{Report, Reported};
use proc_macro2::{Group, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Token, Type, token};

pub fn parse_option(
    input: ParseStream,
    attribute: Attribute,
    args: &mut Args,
    report: &mut Report,
) -> syn::Result<Result<(), Reported>> {
    if input.peek(token::Paren) || input.peek(Token![->]) {
        let found: TokenTree = input.parse()?;
        let message =
            "the signature stands in parts or after an option: write it first, `,` between entries";
        return Ok(Err(report.at(found, message)));
    }
    if !input.peek(Ident::peek_any) {
        let found = input.parse()?;
        let message = "expected an entry such as `(n, k)` or the option `name = \"...\"`";
        return Ok(Err(report.add(unexpected(message, &found))));
    }
    let option = input.call(Ident::parse_any)?;
    let message = match option.to_string().as_str() {
        "name" => return Ok(parse_name(input, option, args, report)),
        "types" => return Ok(parse_types(input, option, args, report)),
        "identity" if attribute == Attribute::Ufunc => {
            return Ok(parse_identity(input, option, args, report));
        }
        "reorderable" if attribute == Attribute::Ufunc => {
            return Ok(parse_flag(option, &mut args.reorderable, report));
        }
        "reduce" | "accumulate" if attribute == Attribute::Ufunc => {
            return Ok(parse_fold_name(input, option, args, report));
        }
        "identity" | "reorderable" | "reduce" | "accumulate" => {
            format!("option `{option}` is for functions of scalars: write `#[ufunc]`, or remove it")
        }
        "broadcast" if attribute == Attribute::Ufunc => {
            "option `broadcast` is for `#[kernel]`: remove it, a ufunc always broadcasts".to_owned()
        }
        "single" if attribute == Attribute::Ufunc => {
            "option `single` is for `#[kernel]`: remove it, a ufunc of single values always gives one".to_owned()
        }
        "broadcast" => return Ok(parse_flag(option, &mut args.broadcast, report)),
        "single" => return Ok(parse_flag(option, &mut args.single, report)),
        unknown => match attribute {
            Attribute::Kernel => format!(
                "unknown option `{unknown}`: the options are `name = \"...\"`, `types(T = [...])`, `broadcast` and `single`, \
                 and dimensions stand in parentheses, for example `(n, k)`"
            ),
            Attribute::Ufunc => format!(
                "unknown option `{unknown}`: the options are `name = \"...\"`, `types(T = [...])`, `identity = ...`, \
                 `reorderable`, `reduce = \"...\"` and `accumulate = \"...\"`"
            ),
        },
    };
    Ok(Err(report.at(option, message)))
}

fn parse_name(
    input: ParseStream,
    option: Ident,
    args: &mut Args,
    report: &mut Report,
) -> Result<(), Reported> {
    let value = parse_string(input, &option, report)?;
    if args.name.is_some() {
        return Err(report.at(option, "option `name` is given twice: remove one"));
    }
    args.name = Some(value);
    Ok(())
}

/// `reduce = "sum"`, `accumulate = "cumsum"`
fn parse_fold_name(
    input: ParseStream,
    option: Ident,
    args: &mut Args,
    report: &mut Report,
) -> Result<(), Reported> {
    let name = parse_string(input, &option, report)?;
    let place = match option == "reduce" {
        true => &mut args.reduce,
        false => &mut args.accumulate,
    };
    if place.is_some() {
        let message = format!("option `{option}` is given twice: remove one");
        return Err(report.at(option, message));
    }
    *place = Some(FoldName { option, name });
    Ok(())
}

fn parse_string(
    input: ParseStream,
    option: &Ident,
    report: &mut Report,
) -> Result<LitStr, Reported> {
    let value = input
        .parse::<Token![=]>()
        .and_then(|_| input.parse::<LitStr>());
    value.map_err(|_| {
        let message = format!("option `{option}` needs a string: write `{option} = \"...\"`");
        report.at(option, message)
    })
}

/// An option that is its own value.
fn parse_flag(
    option: Ident,
    flag: &mut Option<Ident>,
    report: &mut Report,
) -> Result<(), Reported> {
    if flag.is_some() {
        let message = format!("option `{option}` is given twice: remove one");
        return Err(report.at(option, message));
    }
    *flag = Some(option);
    Ok(())
}

fn parse_identity(
    input: ParseStream,
    option: Ident,
    args: &mut Args,
    report: &mut Report,
) -> Result<(), Reported> {
    let value = input
        .parse::<Token![=]>()
        .and_then(|_| input.parse::<syn::Expr>());
    let Ok(value) = value else {
        let message = "option `identity` needs a value: write `identity = 0`";
        return Err(report.at(option, message));
    };
    if args.identity.is_some() {
        let message = "option `identity` is given twice: remove one";
        return Err(report.at(option, message));
    }
    args.identity = Some(Identity { option, value });
    Ok(())
}

fn parse_types(
    input: ParseStream,
    option: Ident,
    args: &mut Args,
    report: &mut Report,
) -> Result<(), Reported> {
    if !input.peek(token::Paren) {
        let message = "option `types` needs its lists: write `types(T = [f32, f64])`";
        let lists = Err(report.at(&option, message));
        args.types = Some(Types { option, lists });
        return Ok(());
    }
    if args.types.is_some() {
        return Err(report.at(option, "option `types` is given twice: join the two"));
    }
    let group: Group = input.parse().map_err(|error| report.add(error))?;
    let lists = Punctuated::<TypeList, Token![,]>::parse_terminated.parse2(group.stream());
    let lists = match lists {
        Ok(lists) if lists.is_empty() => {
            let message = "option `types` is empty: write `types(T = [f32, f64])`, or remove it";
            Err(report.at(&option, message))
        }
        Ok(lists) => Ok(lists.into_iter().collect()),
        Err(error) => Err(report.add(error)),
    };
    args.types = Some(Types { option, lists });
    Ok(())
}

impl Parse for TypeList {
    fn parse(input: ParseStream) -> syn::Result<TypeList> {
        parse_type_list(input)
    }
}

/// `T = [f32, f64]` or `T = floats`
fn parse_type_list(input: ParseStream) -> syn::Result<TypeList> {
    let needs_types = |param: &Ident| {
        let message =
            format!("type parameter `{param}` needs its types: write `{param} = [f32, f64]`");
        syn::Error::new_spanned(param, message)
    };
    let found = |message: &str| {
        let token: TokenTree = input.fork().parse()?;
        Err(unexpected(message, &token))
    };
    if !input.peek(Ident) {
        return found("expected the name of a type parameter, for example `T = [f32, f64]`");
    }
    let param: Ident = input.parse()?;
    if !input.peek(Token![=]) {
        return Err(needs_types(&param));
    }
    input.parse::<Token![=]>()?;
    let elems = if input.peek(token::Bracket) {
        let content;
        let bracket = syn::bracketed!(content in input);
        let types = content.parse_terminated(Type::parse, Token![,])?;
        Elems::List(bracket, types.into_iter().collect())
    } else if input.peek(Ident) {
        Elems::Family(input.parse()?)
    } else if input.is_empty() {
        return Err(needs_types(&param));
    } else {
        return found("expected a list such as `[f32, f64]` or a family such as `floats`");
    };
    Ok(TypeList { param, elems })
}
