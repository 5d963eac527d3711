//! What messages tell about a kernel.

use super::Named;
use crate::emit::text::{list, quote};
use kernel_schema::{Dim, Elem, Output, Type};

/// The constant with the facts of a kernel.
pub fn emit_facts(Named { kernel, facts, .. }: &Named) -> String {
    let params = kernel.params.iter().map(|param| {
        let name = quote(&param.name);
        let mutable = if param.mutable { ", mutable: true" } else { "" };
        let optional = if param.optional {
            ", optional: true"
        } else {
            ""
        };
        // A scalar is the same for every batch.
        let ty = emit_type(&param.ty, kernel.broadcast && !param.ty.is_scalar());
        format!("{{ name: {name}, {ty}{mutable}{optional} }}")
    });
    let results = kernel.results.iter().map(|Output { ty }| {
        let single = match kernel.may_be_single(ty) {
            true => ", single: true",
            false => "",
        };
        format!("{{ {}{single} }}", emit_type(ty, kernel.broadcast))
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
        quote(&kernel.js_name),
        list("params: [", params, "]", ",", 2),
        list("results: [", results, "]", ",", 2),
    )
}

/// `lifted` has the dimensions of the loop before its own.
fn emit_type(ty: &Type, lifted: bool) -> String {
    // A number is the index of a type parameter.
    let dtype = match ty.elem() {
        Elem::Dtype(dtype) => quote(dtype.name()),
        Elem::Param(index) => index.to_string(),
    };
    let own: &[Dim] = match ty {
        Type::Scalar { .. } if !lifted => return format!("dtype: {dtype}"),
        Type::Scalar { .. } => &[],
        Type::Array { dims, .. } => dims,
    };
    let leading = lifted.then_some(&Dim::Rest);
    let dims: Vec<String> = leading.into_iter().chain(own).map(emit_dim).collect();
    format!("dtype: {dtype}, dims: [{}]", dims.join(", "))
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
