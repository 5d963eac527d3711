use super::scope::{Scope, numbers, underscores};
use kernel_schema::{Dim, Dtype, Kernel, Output, Param, Type};
use std::collections::BTreeSet;
use std::fmt::Write;

const WIDTH: usize = 120;

/// Indentation of a method's body.
const BODY: usize = 6;

/// The text of `kernels.js`: what messages tell about each kernel, and one method per kernel.
pub(super) fn emit_js(kernels: &[Kernel]) -> String {
    let tests: BTreeSet<&str> = kernels
        .iter()
        .flat_map(|kernel| &kernel.params)
        .filter(|param| is_scalar(&param.ty))
        .map(|param| is_dtype(param.ty.dtype()))
        .collect();
    let mut names = Scope::new(&[
        "bind", "refuse", "rt", "wasm", "mark", "result", "output", "error", "BigInt",
    ]);
    for test in &tests {
        names.take(test, []);
    }
    let kernels: Vec<Named> = kernels
        .iter()
        .map(|kernel| Named {
            kernel,
            facts: names.take(&kernel.name.to_uppercase(), numbers()),
            export: names.take(&format!("${}", kernel.js_name), numbers()),
        })
        .collect();

    let mut js = String::new();
    if !tests.is_empty() {
        js += &list(
            "import {",
            tests.iter().map(|&test| test.to_owned()),
            "}",
            " from \"./runtime/dtypes.js\";",
            0,
        );
        js += "import { refuse } from \"./runtime/messages.js\";\n\n";
    }
    for named in &kernels {
        js += &emit_facts(named);
        js.push('\n');
    }
    js += "/**\n * The kernels of one instance. `$name` is the wasm export of `name`.\n *\n";
    js += " * @param {import(\"./runtime/runtime.js\").Runtime} rt\n";
    js += " * @param {Record<string, (...values: any[]) => any>} wasm\n */\n";
    js += "export function bind(rt, wasm) {\n  const {\n";
    for Named { kernel, export, .. } in &kernels {
        writeln!(js, "    {}: {export},", key(&kernel.symbol)).expect(INFALLIBLE);
    }
    js += "  } = wasm;\n  return {\n";
    for named in &kernels {
        js += &emit_method(named, &names);
    }
    js += "  };\n}\n";
    js
}

const INFALLIBLE: &str = "a string takes everything";

/// A kernel with the identifiers of its facts and of its wasm export.
struct Named<'a> {
    kernel: &'a Kernel,
    facts: String,
    export: String,
}

fn emit_facts(Named { kernel, facts, .. }: &Named) -> String {
    let params = kernel.params.iter().map(|param| {
        let name = quote(&param.name);
        let mutable = if param.mutable { ", mutable: true" } else { "" };
        format!("{{ name: {name}, {}{mutable} }}", emit_type(&param.ty))
    });
    let results = kernel
        .results
        .iter()
        .map(|Output { ty }| format!("{{ {} }}", emit_type(ty)));
    format!(
        "const {facts} = {{\n  name: {},\n{}{}}};\n",
        quote(&kernel.js_name),
        list("params: [", params, "]", ",", 2),
        list("results: [", results, "]", ",", 2),
    )
}

fn emit_type(ty: &Type) -> String {
    let dtype = quote(ty.dtype().name());
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

fn emit_method(
    Named {
        kernel,
        facts,
        export,
    }: &Named,
    names: &Scope,
) -> String {
    let mut scope = names.clone();
    let params: Vec<(&Param, String)> = kernel
        .params
        .iter()
        .map(|param| (param, scope.take(&param.name, underscores())))
        .collect();
    let mut body = Vec::new();
    for (place, (param, name)) in params.iter().enumerate() {
        if is_scalar(&param.ty) {
            let test = is_dtype(param.ty.dtype());
            body.push(format!(
                "if (!{test}({name})) refuse({facts}, {place}, {name});"
            ));
        }
    }
    body.push("const mark = rt.enter();".to_owned());
    body.push("try {".to_owned());
    let stores = params.iter().any(|(param, _)| param.mutable);
    if stores
        && params
            .iter()
            .filter(|(param, _)| !is_scalar(&param.ty))
            .count()
            > 1
    {
        body.push(format!("  rt.apart({facts}, {});", joined(&params)));
    }
    let arguments = params
        .iter()
        .enumerate()
        .map(|(place, (param, name))| match param.ty {
            Type::Scalar { dtype: Dtype::Bool } => format!("{name} ? 1 : 0"),
            Type::Scalar { .. } => name.clone(),
            Type::Array { .. } => format!("rt.input({name}, {facts}, {place})"),
        });
    let result = match &kernel.results[..] {
        [] => None,
        [Output { ty }] => Some(emit_result(ty)),
        _ => Some(format!("rt.outputs({facts})")),
    };
    let keep = if kernel.results.len() == 1 {
        "const result = "
    } else {
        ""
    };
    let call = list(&format!("{keep}{export}("), arguments, ")", ";", BODY + 2);
    body.extend(call.lines().map(|line| line[BODY..].to_owned()));
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

    let mut method = format!("    {}({}) {{\n", key(&kernel.js_name), joined(&params));
    for line in body {
        writeln!(method, "{:BODY$}{line}", "").expect(INFALLIBLE);
    }
    method + "    },\n"
}

fn joined(params: &[(&Param, String)]) -> String {
    let names: Vec<&str> = params.iter().map(|(_, name)| name.as_str()).collect();
    names.join(", ")
}

/// The JavaScript value of `result`, which wasm returned.
fn emit_result(ty: &Type) -> String {
    match ty {
        Type::Array { .. } => "rt.output(result)",
        Type::Scalar { dtype } => match dtype {
            Dtype::Bool => "result !== 0",
            Dtype::Uint32 => "result >>> 0",
            Dtype::Uint64 => "BigInt.asUintN(64, result)",
            _ => "result",
        },
    }
    .to_owned()
}

fn is_scalar(ty: &Type) -> bool {
    matches!(ty, Type::Scalar { .. })
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

/// A bracketed list: on one line if it fits, else an item a line.
fn list(
    open: &str,
    items: impl IntoIterator<Item = String>,
    close: &str,
    after: &str,
    indent: usize,
) -> String {
    let items: Vec<String> = items.into_iter().collect();
    let margin = " ".repeat(indent);
    let space = if close == "}" { " " } else { "" };
    let line = format!(
        "{margin}{open}{space}{}{space}{close}{after}\n",
        items.join(", ")
    );
    if line.len() <= WIDTH {
        return line;
    }
    let mut lines = format!("{margin}{open}\n");
    for item in items {
        writeln!(lines, "{margin}  {item},").expect(INFALLIBLE);
    }
    lines + &format!("{margin}{close}{after}\n")
}

/// A JavaScript string literal.
pub(super) fn quote(text: &str) -> String {
    serde_json::to_string(text).expect("a string")
}

/// A property's key: quoted where it is no identifier.
pub(super) fn key(name: &str) -> String {
    let identifier = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    if name.chars().all(identifier) && !name.starts_with(|c: char| c.is_ascii_digit()) {
        name.to_owned()
    } else {
        quote(name)
    }
}
