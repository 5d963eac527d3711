//! One method per kernel: of the package, or of a class.

use super::Named;
use crate::emit::scope::{Scope, underscores};
use crate::emit::text::{INFALLIBLE, key, list};
use kernel_schema::{Dtype, Elem, Kernel, Output, Param, Role, Type};
use std::fmt::Write;

/// Indentation of a method's body.
const BODY: usize = 6;

/// The functions of `dtypes.js` that the kernel's method tests scalars with.
pub fn scalar_tests(kernel: &Kernel) -> impl Iterator<Item = &'static str> {
    let scalars = kernel.params.iter().filter(|param| param.ty.is_scalar());
    scalars.filter_map(|param| match param.ty.elem() {
        Some(Elem::Dtype(dtype)) => Some(is_dtype(dtype)),
        _ => None,
    })
}

/// The method of a kernel.
pub fn emit_method(named: &Named, names: &Scope) -> String {
    let Named {
        kernel,
        facts,
        export,
        ..
    } = named;
    let member = named.member();
    let mut scope = names.clone();
    let params: Vec<(&Param, String)> = kernel
        .params
        .iter()
        .map(|param| (param, scope.take(&param.name, underscores())))
        .collect();
    let mut body = Vec::new();
    let choice = (!kernel.types.is_empty()).then(|| emit_choice(kernel, export, &params));
    let (facts, call) = match choice {
        None => (facts.as_str(), export.as_str()),
        Some(choice) => {
            body.push(choice);
            ("facts", "call")
        }
    };
    for (place, (param, name)) in params.iter().enumerate() {
        if param.ty.is_scalar() {
            let test = match param.ty.elem() {
                Some(Elem::Dtype(dtype)) => is_dtype(dtype).to_owned(),
                _ => format!("is[{place}]"),
            };
            let given = match param.optional {
                true => format!("{name} != null && "),
                false => String::new(),
            };
            body.push(format!(
                "if ({given}!{test}({name})) refuse({facts}, {place}, {name});"
            ));
        }
    }
    body.push("const mark = rt.enter();".to_owned());
    body.push("try {".to_owned());
    let arrays = params.iter().filter(|(param, _)| param.ty.has_arrays());
    let stores = arrays.clone().any(|(param, _)| param.mutable);
    if stores && arrays.count() > 1 {
        // A handle is nobody's array, whatever methods it has.
        let values = params.iter().map(|(param, name)| match param.ty {
            Type::Handle { .. } => "null",
            _ => name,
        });
        let values: Vec<&str> = values.collect();
        body.push(format!("  rt.apart({facts}, {});", values.join(", ")));
    }
    let receiver = match &member {
        Some((class, Role::Method)) => Some(format!("{}.borrow(this, {facts})", class.kind)),
        _ => None,
    };
    let arguments = params
        .iter()
        .enumerate()
        .flat_map(|(place, (param, name))| emit_arguments(named, param, name, facts, place));
    let arguments = receiver.into_iter().chain(arguments);
    let result = match &kernel.results[..] {
        [] => None,
        [Output { ty }] => Some(emit_result(named, ty)),
        _ => Some(format!("rt.outputs({facts})")),
    };
    let keep = if kernel.results.len() == 1 {
        "const result = "
    } else {
        ""
    };
    let line = list(&format!("{keep}{call}("), arguments, ")", ";", BODY + 2);
    body.extend(line.lines().map(|line| line[BODY..].to_owned()));
    body.push(format!("  if (rt.status[0] !== 0) rt.raise({facts});"));
    match (result, stores) {
        (Some(result), true) => body.extend([
            format!("  const output = {result};"),
            "  rt.store(mark);".to_owned(),
            "  rt.leave(mark);".to_owned(),
            "  return output;".to_owned(),
        ]),
        (result, _) => {
            if stores {
                body.push("  rt.store(mark);".to_owned());
            }
            body.push("  rt.leave(mark);".to_owned());
            body.extend(result.map(|result| format!("  return {result};")));
        }
    }
    body.push("} catch (error) {".to_owned());
    body.push(format!("  throw rt.trapped(error, {facts}, mark);"));
    body.push("}".to_owned());

    let name = match &member {
        Some((_, Role::Constructor)) => "constructor".to_owned(),
        Some((_, Role::Static)) => format!("static {}", key(&kernel.js_name)),
        Some((_, Role::Method)) | None => key(&kernel.js_name),
    };
    let close = if member.is_some() { "}" } else { "}," };
    let mut method = format!("    {name}({}) {{\n", joined(&params));
    for line in body {
        writeln!(method, "{:BODY$}{line}", "").expect(INFALLIBLE);
    }
    method + &format!("    {close}\n")
}

/// What wasm gets for a parameter.
fn emit_arguments(
    named: &Named,
    param: &Param,
    name: &str,
    facts: &str,
    place: usize,
) -> Vec<String> {
    let value = match &param.ty {
        Type::Scalar {
            dtype: Elem::Dtype(Dtype::Bool),
        } => format!("{name} ? 1 : 0"),
        Type::Scalar { dtype } if param.optional => {
            // Of any of wasm's types, where the dtype is not known.
            let zero = match dtype {
                Elem::Dtype(Dtype::Int64 | Dtype::Uint64) => "0n",
                Elem::Dtype(_) => "0",
                Elem::Param(_) => "false",
            };
            format!("{name} ?? {zero}")
        }
        Type::Scalar { .. } => name.to_owned(),
        Type::Array { .. } => format!("rt.input({name}, {facts}, {place})"),
        Type::List { .. } => format!("rt.inputList({name}, {facts}, {place})"),
        Type::Handle { class } => {
            format!(
                "{}.borrow({name}, {facts}, {place})",
                named.class(*class).kind
            )
        }
    };
    match (&param.ty, param.optional) {
        (_, false) => vec![value],
        (Type::Scalar { .. }, true) => vec![format!("{name} == null ? 0 : 1"), value],
        (_, true) => vec![format!("{name} == null ? 0 : {value}")],
    }
}

/// Chooses the instance of a generic kernel.
fn emit_choice(kernel: &Kernel, export: &str, params: &[(&Param, String)]) -> String {
    let is_generic_scalar = |ty: &Type| {
        matches!(
            ty,
            Type::Scalar {
                dtype: Elem::Param(_)
            }
        )
    };
    let mut parts = vec!["facts", "call"];
    if kernel
        .params
        .iter()
        .any(|param| is_generic_scalar(&param.ty))
    {
        parts.push("is");
    }
    if !kernel.broadcast && matches!(&kernel.results[..], [Output { ty }] if is_generic_scalar(ty))
    {
        parts.push("from");
    }
    let deciding = params
        .iter()
        .filter(|(param, _)| matches!(param.ty.elem(), Some(Elem::Param(_))));
    format!(
        "const {{ {} }} = {export}({});",
        parts.join(", "),
        joined(deciding)
    )
}

fn joined<'a>(params: impl IntoIterator<Item = &'a (&'a Param, String)>) -> String {
    let names: Vec<&str> = params.into_iter().map(|(_, name)| name.as_str()).collect();
    names.join(", ")
}

/// The JavaScript value of `result`, which wasm returned.
fn emit_result(named: &Named, ty: &Type) -> String {
    match ty {
        ty if named.kernel.may_be_single(ty) => "rt.single(result)",
        Type::Handle { class } => {
            let target = match named.member() {
                Some((_, Role::Constructor)) => ", new.target",
                _ => "",
            };
            return format!("{}.own(result{target})", named.class(*class).kind);
        }
        Type::Array { .. } => "rt.output(result)",
        Type::List { .. } => "rt.outputList(result)",
        Type::Scalar { dtype } => match dtype {
            Elem::Param(_) => "from(result)",
            Elem::Dtype(Dtype::Bool) => "result !== 0",
            Elem::Dtype(Dtype::Uint32) => "result >>> 0",
            Elem::Dtype(Dtype::Uint64) => "BigInt.asUintN(64, result)",
            Elem::Dtype(_) => "result",
        },
    }
    .to_owned()
}

/// The function of `dtypes.js` that tests a scalar.
fn is_dtype(dtype: Dtype) -> &'static str {
    match dtype {
        Dtype::Bool => "isBool",
        Dtype::Int8 => "isInt8",
        Dtype::Int16 => "isInt16",
        Dtype::Int32 => "isInt32",
        Dtype::Int64 => "isInt64",
        Dtype::Uint8 => "isUint8",
        Dtype::Uint16 => "isUint16",
        Dtype::Uint32 => "isUint32",
        Dtype::Uint64 => "isUint64",
        Dtype::Float32 => "isFloat32",
        Dtype::Float64 => "isFloat64",
        Dtype::Float16 => "isFloat16",
        Dtype::Complex64 => "isComplex64",
        Dtype::Complex128 => "isComplex128",
    }
}
