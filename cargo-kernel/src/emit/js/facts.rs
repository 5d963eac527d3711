//! What messages tell about a kernel.

use super::Named;
use crate::emit::text::{list, quote};
use kernel_schema::{Dim, Elem, Output, Role, Type};

/// The constant with the facts of a kernel.
pub fn emit_facts(named: &Named) -> String {
    let Named { kernel, facts, .. } = named;
    let params = kernel.params.iter().map(|param| {
        let name = quote(&param.name);
        let writes = param.mutable && param.ty.is_array();
        let mutable = if writes { ", mutable: true" } else { "" };
        let optional = if param.optional {
            ", optional: true"
        } else {
            ""
        };
        // A scalar is the same for every batch.
        let lifted = kernel.broadcast && param.ty.is_array();
        let ty = emit_type(named, &param.ty, lifted);
        let list = emit_list(&param.ty);
        format!("{{ name: {name}, {ty}{list}{mutable}{optional} }}")
    });
    let results = kernel.results.iter().map(|Output { ty }| {
        let single = match kernel.may_be_single(ty) {
            true => ", single: true",
            false => "",
        };
        let (ty, list) = (emit_type(named, ty, kernel.broadcast), emit_list(ty));
        format!("{{ {ty}{list}{single} }}")
    });
    let types = kernel.types.iter().map(|param| {
        let dtypes: Vec<String> = param
            .dtypes
            .iter()
            .map(|dtype| quote(dtype.name()))
            .collect();
        let name = quote(&param.name);
        format!("{{ name: {name}, dtypes: [{}] }}", dtypes.join(", "))
    });
    let types = match kernel.types.is_empty() && kernel.ufunc.is_none() {
        true => String::new(),
        false => list("types: [", types, "]", ",", 2),
    };
    format!(
        "const {facts} = {{\n  name: {},\n{types}{}{}}};\n",
        quote(&title(named)),
        list("params: [", params, "]", ",", 2),
        list("results: [", results, "]", ",", 2),
    )
}

/// What messages call the kernel.
fn title(named: &Named) -> String {
    let name = &named.kernel.js_name;
    let Some((class, role)) = named.member() else {
        return name.clone();
    };
    match role {
        Role::Constructor => format!("new {}", class.class.js_name),
        Role::Static | Role::Method => format!("{}.{name}", class.class.js_name),
    }
}

/// `lifted` has the dimensions of the loop before its own.
fn emit_type(named: &Named, ty: &Type, lifted: bool) -> String {
    // A number is the index of a type parameter.
    let dtype = |elem: &Elem| match elem {
        Elem::Dtype(dtype) => quote(dtype.name()),
        Elem::Param(index) => index.to_string(),
    };
    let (elem, own): (_, &[Dim]) = match ty {
        Type::Handle { class } => {
            return format!("handle: {}", quote(&named.class(*class).class.js_name));
        }
        Type::Scalar { dtype: elem } if !lifted => return format!("dtype: {}", dtype(elem)),
        Type::Scalar { dtype: elem } => (elem, &[]),
        Type::Array { dtype: elem, dims } | Type::List { dtype: elem, dims } => (elem, dims),
    };
    let leading = lifted.then_some(&Dim::Rest);
    let dims: Vec<String> = leading.into_iter().chain(own).map(emit_dim).collect();
    format!("dtype: {}, dims: [{}]", dtype(elem), dims.join(", "))
}

fn emit_list(ty: &Type) -> &'static str {
    match ty {
        Type::List { .. } => ", list: true",
        _ => "",
    }
}

fn emit_dim(dim: &Dim) -> String {
    match dim {
        Dim::Name(name) => quote(name),
        Dim::Size(size) => size.to_string(),
        Dim::Any => quote("_"),
        Dim::Rest => quote(".."),
        Dim::Expr(expr) => quote(expr),
    }
}
