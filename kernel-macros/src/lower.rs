//! The model as a manifest record.

use crate::model::{Array, Dim, Kernel, Name, TypeParam, Ufunc, Value};
use crate::origin::Origin;
use kernel_schema::{Export, Output, Param, Record, Type, names};

/// Name of the wasm export, before and after the path of the module, which rustc knows.
pub fn lower_symbol(kernel: &Kernel, origin: &Origin) -> [String; 2] {
    let (line, column) = (origin.line.to_string(), origin.column.to_string());
    let krate = &origin.krate;
    let place = [
        &krate.package,
        &krate.version,
        &krate.name,
        &kernel.js_name,
        &line,
        &column,
    ];
    let start = names::symbol_start(&place.map(String::as_str));
    [start, format!("::{}", rust_name(kernel))]
}

/// The record of a kernel, its symbol empty.
pub fn lower_kernel(kernel: &Kernel, origin: &Origin) -> kernel_schema::Kernel {
    // A ufunc's scalars are arrays of any shape in JavaScript.
    let lower_type = |value: &Value| match &kernel.ufunc {
        Some(_) => Type::Array {
            dtype: value.elem,
            dims: vec![kernel_schema::Dim::Rest],
        },
        None => lower_type(value, &kernel.names),
    };
    kernel_schema::Kernel {
        js_name: kernel.js_name.clone(),
        name: rust_name(kernel),
        krate: origin.krate.clone(),
        docs: kernel.docs.clone(),
        types: kernel.types.iter().map(lower_type_param).collect(),
        params: kernel
            .params
            .iter()
            .map(|param| Param {
                name: param.js_name.clone(),
                ty: lower_type(&param.value),
                mutable: param.mutable,
                optional: param.optional,
            })
            .collect(),
        results: kernel
            .results
            .iter()
            .map(|value| Output {
                ty: lower_type(value),
            })
            .collect(),
        fallible: kernel.failure.is_some(),
        broadcast: kernel.broadcast,
        single: kernel.single,
        ufunc: kernel.ufunc.as_ref().map(lower_ufunc),
        symbol: String::new(),
    }
}

fn lower_ufunc(ufunc: &Ufunc) -> kernel_schema::Ufunc {
    let fold = ufunc.fold.as_ref();
    kernel_schema::Ufunc {
        folds: fold.is_some(),
        reduction: fold.and_then(|fold| fold.reduction.clone()),
        accumulation: fold.and_then(|fold| fold.accumulation.clone()),
    }
}

/// The record of an `export!(dependency)`.
pub fn lower_export(dependency: String, origin: &Origin) -> Record {
    Record::Export(Export {
        krate: origin.krate.clone(),
        dependency,
    })
}

fn rust_name(kernel: &Kernel) -> String {
    use syn::ext::IdentExt;
    kernel.ident.unraw().to_string()
}

fn lower_type_param(param: &TypeParam) -> kernel_schema::TypeParam {
    kernel_schema::TypeParam {
        name: param.name.clone(),
        dtypes: param.elems.iter().map(|elem| elem.dtype).collect(),
    }
}

fn lower_type(value: &Value, names: &[Name]) -> Type {
    let dtype = value.elem;
    match &value.array {
        None => Type::Scalar { dtype },
        Some(array) => Type::Array {
            dtype,
            dims: lower_dims(array, names),
        },
    }
}

fn lower_dims(array: &Array, names: &[Name]) -> Vec<kernel_schema::Dim> {
    array
        .dims
        .iter()
        .map(|dim| match dim {
            Dim::Any => kernel_schema::Dim::Any,
            Dim::Rest => kernel_schema::Dim::Rest,
            Dim::Size(size) => kernel_schema::Dim::Size(*size),
            Dim::Name(name) => kernel_schema::Dim::Name(names[*name].text.clone()),
            Dim::Expr { text, .. } => kernel_schema::Dim::Expr(text.clone()),
        })
        .collect()
}
