//! What messages tell about a kernel.

use super::Named;
use crate::emit::text::{list, quote};
use kernel_schema::{Dim, Elem, Output, Type};

/// The constant with the facts of a kernel.
pub fn emit_facts(Named { kernel, facts, .. }: &Named) -> String {
    let params = kernel.params.iter().map(|param| {
        let name = quote(&param.name);
        let mutable = if param.mutable { ", mutable: true" } else { "" };
        format!("{{ name: {name}, {}{mutable} }}", emit_type(&param.ty))
    });
    let results = kernel
        .results
        .iter()
        .map(|Output { ty }| format!("{{ {} }}", emit_type(ty)));
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

fn emit_type(ty: &Type) -> String {
    // A number is the index of a type parameter.
    let dtype = match ty.elem() {
        Elem::Dtype(dtype) => quote(dtype.name()),
        Elem::Param(index) => index.to_string(),
    };
    match ty {
        Type::Scalar { .. } => format!("dtype: {dtype}"),
        Type::Array { dims, .. } => {
            let dims: Vec<String> = dims.iter().map(emit_dim).collect();
            format!("dtype: {dtype}, dims: [{}]", dims.join(", "))
        }
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
