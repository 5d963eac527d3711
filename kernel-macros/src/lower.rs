//! The model as a manifest record.

use crate::model::{
    self, Array, Class, ClassPath, Dim, Kernel, Kind, Name, TypeParam, Ufunc, Value,
};
use crate::origin::Origin;
use kernel_schema::{Export, Member, Output, Param, Record, Role, Type, names};
use proc_macro2::Ident;

/// Name of a kernel's wasm export, before and after the path of the module, which rustc knows.
pub fn lower_symbol(kernel: &Kernel, origin: &Origin) -> [String; 2] {
    let name = rust_name(&kernel.ident);
    let path = match &kernel.owner {
        Some(owner) => format!("{}::{name}", owner.class.text),
        None => name,
    };
    symbol(&kernel.js_name, &path, origin)
}

/// The same of a class.
pub fn lower_class_symbol(class: &Class, origin: &Origin) -> [String; 2] {
    symbol(&class.js_name, &rust_name(&class.ident), origin)
}

fn symbol(js_name: &str, path: &str, origin: &Origin) -> [String; 2] {
    let (line, column) = (origin.line.to_string(), origin.column.to_string());
    let krate = &origin.krate;
    let place: [&str; 6] = [
        &krate.package,
        &krate.version,
        &krate.name,
        js_name,
        &line,
        &column,
    ];
    let start = names::symbol_start(&place);
    [start, format!("::{path}")]
}

/// The record of a class, its symbol empty.
pub fn lower_class(class: &Class, origin: &Origin) -> kernel_schema::Class {
    kernel_schema::Class {
        js_name: class.js_name.clone(),
        name: rust_name(&class.ident),
        krate: origin.krate.clone(),
        docs: class.docs.clone(),
        symbol: String::new(),
    }
}

/// The record of a kernel, its symbol and those of its classes empty.
pub fn lower_kernel(kernel: &Kernel, origin: &Origin) -> kernel_schema::Kernel {
    let classes = kernel.classes();
    let lower_type = |value: &Value| match (&kernel.ufunc, &value.kind) {
        // A ufunc's scalars are arrays of any shape in JavaScript.
        (Some(_), Kind::Scalar(dtype)) => Type::Array {
            dtype: *dtype,
            dims: vec![kernel_schema::Dim::Rest],
        },
        _ => lower_type(value, &kernel.names, &classes),
    };
    kernel_schema::Kernel {
        js_name: kernel.js_name.clone(),
        name: rust_name(&kernel.ident),
        member: kernel.owner.as_ref().map(|owner| Member {
            class: class_index(&owner.class, &classes),
            role: match owner.role {
                model::Role::Constructor => Role::Constructor,
                model::Role::Static => Role::Static,
                model::Role::Method { .. } => Role::Method,
            },
        }),
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
        classes: vec![String::new(); classes.len()],
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

fn rust_name(ident: &Ident) -> String {
    use syn::ext::IdentExt;
    ident.unraw().to_string()
}

fn lower_type_param(param: &TypeParam) -> kernel_schema::TypeParam {
    kernel_schema::TypeParam {
        name: param.name.clone(),
        dtypes: param.elems.iter().map(|elem| elem.dtype).collect(),
    }
}

fn lower_type(value: &Value, names: &[Name], classes: &[&ClassPath]) -> Type {
    match &value.kind {
        Kind::Scalar(dtype) => Type::Scalar { dtype: *dtype },
        Kind::Array(dtype, array) => Type::Array {
            dtype: *dtype,
            dims: lower_dims(array, names),
        },
        Kind::List(dtype, array) => Type::List {
            dtype: *dtype,
            dims: lower_dims(array, names),
        },
        Kind::Handle(class) => Type::Handle {
            class: class_index(class, classes),
        },
    }
}

fn class_index(class: &ClassPath, classes: &[&ClassPath]) -> usize {
    let is_it = |other: &&ClassPath| other.text == class.text;
    classes
        .iter()
        .position(is_it)
        .expect("a kernel lists all of its classes")
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
