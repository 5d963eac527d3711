//! Tokens to [`ast`](crate::ast). A mistake costs the smallest part that holds it; the rest is still read.

mod class;
mod expr;
mod options;

use crate::ast::{Args, Attribute, Dim, Entry, Function, Signature};
use crate::report::{Report, Reported};
pub use class::{parse_attribute, parse_impl, parse_item, parse_methods, parse_struct};
use expr::{After, parse_sum};
use options::parse_option;
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, Token, Visibility, token};

/// Reads what stands in the parentheses of the attribute.
pub fn parse_args(tokens: TokenStream, attribute: Attribute, report: &mut Report) -> Args {
    let mut args = Args::default();
    let parser = |input: ParseStream| {
        if input.peek(token::Paren) || input.peek(Token![->]) {
            let begin = input.span();
            let signature = parse_signature(input, report)?;
            match attribute {
                Attribute::Kernel => args.signature = Some(signature),
                Attribute::Ufunc => {
                    let message = "a ufunc has no signature, it takes arrays of any shape: remove it, or write `#[kernel]`";
                    report.at_span(begin, message);
                }
            }
            if !input.is_empty() {
                parse_comma(input, report)?;
            }
        }
        while !input.is_empty() {
            if parse_option(input, attribute, &mut args, report)?.is_err() {
                skip_to_comma(input)?;
            }
            if !input.is_empty() {
                parse_comma(input, report)?;
            }
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(tokens) {
        report.add(error);
    }
    args
}

fn parse_signature(input: ParseStream, report: &mut Report) -> syn::Result<Signature> {
    let params = parse_entries(input, report)?;
    let arrow: Option<Token![->]> = input.parse()?;
    let results = if arrow.is_some() {
        parse_entries(input, report)?
    } else {
        Vec::new()
    };
    if let Some(arrow) = arrow
        && results.is_empty()
    {
        report.at(
            arrow,
            "no result after `->`: add one such as `-> (n)`, or remove the arrow",
        );
    }
    Ok(Signature {
        params,
        arrow,
        results,
    })
}

fn parse_entries(input: ParseStream, report: &mut Report) -> syn::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    while input.peek(token::Paren) {
        entries.push(parse_entry(input.parse()?, report));
        let more = input.peek2(token::Paren) || input.peek2(Token![->]);
        if input.peek(token::Paren) || input.peek(Token![,]) && more {
            parse_comma(input, report)?;
        }
    }
    Ok(entries)
}

fn parse_entry(tree: TokenTree, report: &mut Report) -> Entry {
    let mut dims = Vec::new();
    if let TokenTree::Group(group) = &tree {
        let mut dim = TokenStream::new();
        for token in group.stream() {
            match &token {
                TokenTree::Punct(comma) if comma.as_char() == ',' => {
                    if dim.is_empty() {
                        report.at(comma, "expected a dimension before `,`");
                    } else {
                        dims.push(parse_dim(std::mem::take(&mut dim), report));
                    }
                }
                _ => dim.extend([token]),
            }
        }
        if !dim.is_empty() {
            dims.push(parse_dim(dim, report));
        }
    }
    Entry {
        tokens: tree.into(),
        dims,
    }
}

fn parse_dim(tokens: TokenStream, report: &mut Report) -> Dim {
    let parser = |input: ParseStream| {
        let dim = if input.peek(Token![_]) {
            input.parse::<Token![_]>()?;
            Dim::Any
        } else if input.peek(Token![...]) {
            let message = "`...` is no dimension: write `..` for any number of them";
            return Err(syn::Error::new_spanned(
                input.parse::<Token![...]>()?,
                message,
            ));
        } else if input.peek(Token![..=]) {
            let message = "`..=` is no dimension: write `..` for any number of them";
            return Err(syn::Error::new_spanned(
                input.parse::<Token![..=]>()?,
                message,
            ));
        } else if input.peek(Token![..]) {
            Dim::Rest(input.parse()?)
        } else {
            Dim::Expr(parse_sum(input, After(Span::call_site(), '('))?)
        };
        if input.is_empty() {
            return Ok(dim);
        }
        let found = input.parse::<TokenTree>()?;
        let message = match dim {
            Dim::Expr(_) => "expected one of `+ - * /` or `,`",
            _ => "expected `,`: `_` and `..` stand alone",
        };
        Err(unexpected(message, &found))
    };
    match parser.parse2(tokens) {
        Ok(dim) => dim,
        Err(error) => Dim::Broken(report.add(error)),
    }
}

fn parse_comma(input: ParseStream, report: &mut Report) -> syn::Result<()> {
    if input.peek(Token![,]) {
        input.parse::<Token![,]>()?;
    } else {
        let found = input.fork().parse()?;
        report.add(unexpected("expected `,`", &found));
    }
    Ok(())
}

fn skip_to_comma(input: ParseStream) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// Reads the item up to its body.
pub fn parse_function(item: TokenStream, report: &mut Report) -> Result<Function, Reported> {
    let parser = |input: ParseStream| {
        let attrs = input.call(syn::Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        if let Some(message) = refuse_item(&input.fork()) {
            return Err(input.error(message));
        }
        let sig = input.parse()?;
        input.parse::<TokenStream>()?;
        Ok(Function { attrs, sig })
    };
    parser.parse2(item).map_err(|error| report.add(error))
}

fn refuse_item(input: ParseStream) -> Option<&'static str> {
    let qualifier = input.peek(Token![unsafe]) && !input.peek2(Token![impl])
        || input.peek(Token![const]) && !input.peek2(Ident) && !input.peek2(Token![_]);
    if qualifier
        || input.peek(Token![fn])
        || input.peek(Token![async])
        || input.peek(Token![extern])
    {
        None
    } else if input.peek(Token![enum]) || input.peek(Token![union]) {
        Some("`#[kernel]` is for structs: wrap this type in one")
    } else if input.peek(Token![struct]) || input.peek(Token![impl]) {
        Some("`#[ufunc]` is for functions of scalars: write `#[kernel]`")
    } else {
        Some(
            "`#[kernel]` is for functions, structs and their `impl`: put it on each that JavaScript uses",
        )
    }
}

fn unexpected(message: &str, found: &TokenTree) -> syn::Error {
    let text = match found {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Parenthesis => "(".to_owned(),
            Delimiter::Brace => "{".to_owned(),
            Delimiter::Bracket => "[".to_owned(),
            Delimiter::None => group.to_string(),
        },
        token => token.to_string(),
    };
    syn::Error::new_spanned(found, format!("{message}, found `{text}`"))
}

/// Reads what stands in the parentheses of `export!(...)`.
pub fn parse_dependencies(input: TokenStream) -> syn::Result<Vec<Ident>> {
    let parser = Punctuated::<TokenTree, Token![,]>::parse_terminated;
    let message = "expected the names of dependencies, for example `export!(filters, statistics)`";
    let names = parser
        .parse2(input)
        .map_err(|error| syn::Error::new(error.span(), message))?;
    if names.is_empty() {
        return Err(syn::Error::new(Span::call_site(), message));
    }
    let parse_name = |name: TokenTree| match syn::parse2(name.to_token_stream()) {
        Ok(name) => Ok(name),
        Err(_) => Err(unexpected("expected the name of a dependency", &name)),
    };
    names.into_iter().map(parse_name).collect()
}
