//! Structs under `#[kernel]`, and the impls with their methods.

use crate::ast::{Args, Attribute, Function, Item, Method, Struct};
use crate::report::{Report, Reported};
use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, ImplItem, ItemImpl, Meta, Token, Visibility};

/// What the attribute stands on.
pub fn parse_item(item: &TokenStream) -> Item {
    let parser = |input: ParseStream| {
        input.call(syn::Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        let unsafe_impl = input.peek(Token![unsafe]) && input.peek2(Token![impl]);
        let item = if input.peek(Token![struct]) {
            Item::Struct
        } else if unsafe_impl || input.peek(Token![impl]) {
            Item::Impl
        } else {
            Item::Function
        };
        input.parse::<TokenStream>()?;
        Ok(item)
    };
    parser.parse2(item.clone()).unwrap_or(Item::Function)
}

/// Reads a struct up to its fields.
pub fn parse_struct(item: TokenStream, report: &mut Report) -> Result<Struct, Reported> {
    let parser = |input: ParseStream| {
        let attrs = input.call(syn::Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        input.parse::<Token![struct]>()?;
        let ident: Ident = input.parse()?;
        let generics = input.parse()?;
        input.parse::<TokenStream>()?;
        Ok(Struct {
            attrs,
            ident,
            generics,
        })
    };
    parser.parse2(item).map_err(|error| report.add(error))
}

/// Reads an impl.
pub fn parse_impl(item: TokenStream, report: &mut Report) -> Result<ItemImpl, Reported> {
    syn::parse2(item).map_err(|error| report.add(error))
}

/// Takes the functions out of an impl, which keeps them without the attributes that are ours.
pub fn parse_methods(item: &mut ItemImpl, report: &mut Report) -> Vec<Method> {
    let functions = item.items.iter_mut().filter_map(|item| match item {
        ImplItem::Fn(function) => Some(function),
        _ => None,
    });
    let methods = functions.map(|function| {
        let (ours, attrs): (Vec<_>, Vec<_>) = std::mem::take(&mut function.attrs)
            .into_iter()
            .partition(|attr| is(attr, "kernel"));
        function.attrs = attrs;
        if let Some(attr) = function.attrs.iter().find(|attr| is(attr, "ufunc")) {
            let message = "a method is no ufunc: write `#[kernel]`";
            report.at(attr, message);
        }
        for second in ours.iter().skip(1) {
            report.at(second, "a second `#[kernel]`: join the two");
        }
        Method {
            attribute: ours.into_iter().next(),
            public: matches!(function.vis, Visibility::Public(_)),
            function: Function {
                attrs: function.attrs.clone(),
                sig: function.sig.clone(),
            },
        }
    });
    let methods = methods.collect();
    for item in &mut item.items {
        if let ImplItem::Fn(function) = item {
            function.attrs.retain(|attr| !is(attr, "ufunc"));
        }
    }
    methods
}

/// Reads what stands in the parentheses of a method's own attribute.
pub fn parse_attribute(attribute: Option<&syn::Attribute>, report: &mut Report) -> Args {
    match attribute.map(|attribute| &attribute.meta) {
        None | Some(Meta::Path(_)) => Args::default(),
        Some(Meta::List(list)) => super::parse_args(list.tokens.clone(), Attribute::Kernel, report),
        Some(Meta::NameValue(meta)) => {
            report.at(meta, "expected parentheses: write `#[kernel((n) -> (n))]`");
            Args::default()
        }
    }
}

/// Whether it is this attribute, by whatever path.
fn is(attr: &syn::Attribute, name: &str) -> bool {
    attr.path()
        .segments
        .last()
        .is_some_and(|segment| segment.ident == name)
}
