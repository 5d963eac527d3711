mod class;
mod dims;

use super::Parts;
use super::scope::{Scope, underscores};
use super::text::{WIDTH, key, list, quote};
use crate::manifest::Exports;
use class::{emit_class, emit_handle};
use dims::Dims;
use kernel_schema::{Dtype, Instance, Kernel, Param, Role, Type, Ufunc};
use std::collections::BTreeSet;

/// What `types.d.ts` has for kernels, imported where it is used.
const HELPERS: &[&str] = &[
    "Complex",
    "Exactly",
    "Loaded",
    "LoadedArrays",
    "NdArray",
    "NdArrayLike",
    "ReadonlyNested",
    "Same",
];

const EXPORTS: &str = "\
export {
  KernelAliasError,
  KernelError,
  KernelFailure,
  KernelLoadError,
  KernelMemoryError,
  KernelPanic,
  KernelShapeError,
  KernelTypeError,
} from \"./runtime/types.js\";
";

/// The text of `index.d.ts`.
pub(super) fn emit_dts(exports: &Exports, parts: Parts) -> String {
    let mut used = BTreeSet::from(["Loaded"]);
    let mut handles = String::new();
    let mut methods = String::new();
    for class in &exports.classes {
        handles += &emit_handle(class, exports, &mut used);
        methods += &emit_class(class, exports, &mut used);
    }
    for kernel in exports.free() {
        methods += &match &kernel.ufunc {
            Some(ufunc) => emit_ufunc(kernel, ufunc, &mut used),
            None => emit_methods(kernel, exports, &mut used),
        };
    }
    let options = if parts.threaded.is_some() {
        "ThreadedOptions"
    } else {
        "SequentialOptions"
    };
    used.insert(options);
    let mut bases = vec!["Loaded"];
    let (mut values, mut types, mut memory) = ("", "", "");
    if parts.arrays {
        bases.push("LoadedArrays");
        values = "export { NdArray } from \"./runtime/types.js\";\n";
        types = "Complex, Dtype, NdArrayLike, ";
    }
    if parts.handles {
        bases.push("LoadedHandles");
    }
    if parts.arrays && parts.handles {
        memory = "  readonly memory: LoadedArrays[\"memory\"] & LoadedHandles[\"memory\"];\n";
    }
    used.extend(&bases);
    let bases = bases.join(", ");
    let used = used.into_iter().map(str::to_owned);
    let import = list(
        "import type {",
        used,
        "}",
        " from \"./runtime/types.js\";",
        0,
    );
    format!(
        "{import}\n{EXPORTS}{values}\
         export type {{ {types}{options} as LoadOptions, Threads }} from \"./runtime/types.js\";\n\n\
         {handles}\
         /** The kernels, and what comes with them. */\n\
         export interface Kernels extends {bases} {{\n{methods}{memory}}}\n\n\
         /** Loads the kernels. Every call makes an instance of its own, with its own memory. */\n\
         export function load(options?: {options}): Promise<Kernels>;\n",
    )
}

/// The instances of a kernel, those first that an argument gets which fits several: TypeScript takes the first.
fn overloads(kernel: &Kernel) -> Vec<Instance> {
    let mut instances = kernel.instances();
    // As `generic.js` has them.
    let rank = |dtype: &Dtype| match dtype {
        Dtype::Float64 => 0,
        Dtype::Int64 => 1,
        Dtype::Bool => 2,
        _ => 3,
    };
    instances.sort_by_key(|instance| instance.dtypes.iter().map(rank).collect::<Vec<_>>());
    instances
}

/// A method, once for each instance.
fn emit_methods(kernel: &Kernel, exports: &Exports, used: &mut BTreeSet<&'static str>) -> String {
    let mut methods = String::new();
    // The cores alone come first, whose sizes are followed; TypeScript takes the first that fits.
    for lifted in [false, true]
        .into_iter()
        .take(1 + usize::from(kernel.broadcast))
    {
        for instance in overloads(kernel) {
            methods += &emit_method(kernel, &instance, lifted, exports, used);
        }
    }
    methods
}

/// `lifted` takes arrays with any number of dimensions before the kernel's own.
fn emit_method(
    kernel: &Kernel,
    instance: &Instance,
    lifted: bool,
    exports: &Exports,
    used: &mut BTreeSet<&'static str>,
) -> String {
    let ranks = match (kernel.broadcast, lifted) {
        (false, _) => Ranks::Own,
        (true, false) => Ranks::Shown,
        (true, true) => Ranks::Lifted,
    };
    let mut types = Dims::new(kernel, exports);
    let mut names = Scope::new(&[]);
    let mut params = Vec::new();
    let required = kernel.params.iter().rposition(|param| !param.optional);
    for (place, param) in kernel.params.iter().enumerate() {
        let name = names.take(&param.name, underscores());
        let ty = emit_param(param, instance, ranks, &mut types, used);
        params.push(match (param.optional, required) {
            (false, _) => format!("{name}: {ty}"),
            // TypeScript has no optional parameter before a required one.
            (true, Some(required)) if place < required => {
                format!("{name}: {ty} | null | undefined")
            }
            (true, _) => format!("{name}?: {ty} | null"),
        });
    }
    let results: Vec<String> = kernel
        .results
        .iter()
        .map(|output| {
            let single = kernel.may_be_single(&output.ty);
            emit_result(&output.ty, instance, [lifted, single], &types, used)
        })
        .collect();
    let result = match &results[..] {
        [] => "void".to_owned(),
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    let generics: Vec<String> = types
        .generics
        .iter()
        .map(|name| format!("{name} extends number"))
        .collect();
    let generics = if generics.is_empty() {
        String::new()
    } else {
        format!("<{}>", generics.join(", "))
    };
    let name = match kernel.member.as_ref().map(|member| member.role) {
        Some(Role::Constructor) => "new ".to_owned(),
        _ => key(&kernel.js_name),
    };
    emit_docs(&kernel.docs)
        + &signature(
            &format!("  {name}{generics}("),
            &params,
            &format!("): {result};\n"),
        )
}

/// A property: an intersection of functions is overloaded, as are the reductions of all instances.
fn emit_ufunc(kernel: &Kernel, ufunc: &Ufunc, used: &mut BTreeSet<&'static str>) -> String {
    let helper = if ufunc.folds { "FoldingUfunc" } else { "Ufunc" };
    let mut names = Scope::new(&["options"]);
    let names: Vec<String> = kernel
        .params
        .iter()
        .map(|param| names.take(&param.name, underscores()))
        .collect();
    let args = |instance: &Instance| {
        let params = kernel.params.iter().zip(&names);
        let params = params.map(|(param, name)| format!("{name}: {}", dtype(&param.ty, instance)));
        format!(
            "[{}], {}",
            params.collect::<Vec<_>>().join(", "),
            dtype(&kernel.results[0].ty, instance)
        )
    };
    let mut dts = emit_property(&kernel.docs, &kernel.js_name, helper, kernel, args, used);
    let folds = [
        (
            &ufunc.reduction,
            "Reduction",
            "reduce",
            "over all axes by default",
        ),
        (
            &ufunc.accumulation,
            "Accumulation",
            "accumulate",
            "of all elements in row-major order by default",
        ),
    ];
    for (name, helper, fold, default) in folds {
        if let Some(name) = name {
            let docs = format!("`{}.{fold}`, {default}.", kernel.js_name);
            let array = |instance: &Instance| dtype(&kernel.params[0].ty, instance);
            dts += &emit_property(&docs, name, helper, kernel, array, used);
        }
    }
    dts
}

/// The name of the dtype that an argument or a result of a ufunc has.
fn dtype(ty: &Type, instance: &Instance) -> String {
    let elem = ty.elem().expect("a ufunc has scalars");
    quote(elem.resolve(&instance.dtypes).name())
}

/// A property of a type that `types.d.ts` has for ufuncs, in each instance with its `args`.
fn emit_property(
    docs: &str,
    name: &str,
    helper: &'static str,
    kernel: &Kernel,
    args: impl Fn(&Instance) -> String,
    used: &mut BTreeSet<&'static str>,
) -> String {
    used.insert(helper);
    let instances: Vec<String> = overloads(kernel)
        .iter()
        .map(|instance| format!("{helper}<{}>", args(instance)))
        .collect();
    let open = format!("  readonly {}: ", key(name));
    let line = format!("{open}{};\n", instances.join(" & "));
    let lines = || {
        format!(
            "{}\n    & {};\n",
            open.trim_end(),
            instances.join("\n    & ")
        )
    };
    emit_docs(docs) + &if line.len() <= WIDTH { line } else { lines() }
}

fn signature(open: &str, params: &[String], close: &str) -> String {
    let line = format!("{open}{}{close}", params.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    let params: String = params
        .iter()
        .map(|param| format!("    {param},\n"))
        .collect();
    format!("{open}\n{params}  {close}")
}

fn emit_docs(docs: &str) -> String {
    let docs = docs.trim_end().replace("*/", "*\\/");
    match docs.lines().count() {
        0 => String::new(),
        1 => format!("  /** {} */\n", docs.trim()),
        _ => {
            let lines: String = docs
                .lines()
                .map(|line| format!("   * {line}").trim_end().to_owned() + "\n")
                .collect();
            format!("  /**\n{lines}   */\n")
        }
    }
}

/// Which arrays a parameter takes.
#[derive(Clone, Copy, PartialEq)]
enum Ranks {
    /// Those of its own rank, or whose types don't show one.
    Own,
    /// Those of its own rank, whose types show it: what the others give is not known.
    Shown,
    /// Those of any rank.
    Lifted,
}

fn emit_param(
    param: &Param,
    instance: &Instance,
    ranks: Ranks,
    types: &mut Dims,
    used: &mut BTreeSet<&'static str>,
) -> String {
    let (dtype, dims) = match &param.ty {
        Type::Scalar { dtype } => return scalar(dtype.resolve(&instance.dtypes)).to_owned(),
        Type::Array { dtype, dims } | Type::List { dtype, dims } => {
            (dtype.resolve(&instance.dtypes), dims)
        }
        Type::Handle { class } => return types.classes[*class].clone(),
    };
    used.insert("NdArray");
    let is_list = matches!(param.ty, Type::List { .. });
    let rank = param.ty.rank().filter(|_| ranks != Ranks::Lifted);
    let mut checks = Vec::new();
    let shape = match rank {
        None => "any".to_owned(),
        Some(_) => {
            let dims: Vec<String> = dims
                .iter()
                .enumerate()
                .map(|(axis, dim)| match is_list {
                    // TypeScript would join the sizes of its arrays, not compare them.
                    true => "number".to_owned(),
                    false => types.param(dim, axis, &mut checks),
                })
                .collect();
            format!("readonly [{}]", dims.join(", "))
        }
    };
    let name = quote(dtype.name());
    let mut accepted = vec![format!("NdArray<{name}, {shape}>")];
    if ranks != Ranks::Shown {
        used.insert("NdArrayLike");
        accepted.push(format!("NdArrayLike<{name}>"));
    }
    if matches!(rank, None | Some(1)) {
        accepted.push(dtype.typed_array().to_owned());
        if dtype == Dtype::Uint8 {
            accepted.push("Uint8ClampedArray".to_owned());
        }
    }
    if !param.mutable {
        if dtype.is_complex() {
            used.insert("Complex");
        }
        accepted.push(match rank {
            Some(0) => scalar(dtype).to_owned(),
            Some(1) if dtype.is_complex() => format!("readonly ({})[]", scalar(dtype)),
            Some(1) => format!("readonly {}[]", scalar(dtype)),
            _ => {
                used.insert("ReadonlyNested");
                let rank = rank.map_or("number".to_owned(), |rank| rank.to_string());
                format!("ReadonlyNested<{}, {rank}>", scalar(dtype))
            }
        });
    }
    let union = accepted.join(" | ");
    if is_list {
        return format!("readonly ({union})[]");
    }
    if checks.is_empty() {
        return union;
    }
    for check in &checks {
        used.insert(if check.starts_with("Same") {
            "Same"
        } else {
            "Exactly"
        });
    }
    let union = if accepted.len() > 1 {
        format!("({union})")
    } else {
        union
    };
    format!("{union} & {}", checks.join(" & "))
}

fn emit_result(
    ty: &Type,
    instance: &Instance,
    [lifted, single]: [bool; 2],
    types: &Dims,
    used: &mut BTreeSet<&'static str>,
) -> String {
    let (dtype, dims) = match ty {
        Type::Scalar { dtype } => {
            let dtype = dtype.resolve(&instance.dtypes);
            return match lifted {
                false => scalar(dtype).to_owned(),
                true => format!("NdArray<{}, any> | {}", quote(dtype.name()), scalar(dtype)),
            };
        }
        Type::Array { dtype, dims } | Type::List { dtype, dims } => {
            (dtype.resolve(&instance.dtypes), dims)
        }
        Type::Handle { class } => return types.classes[*class].clone(),
    };
    used.insert("NdArray");
    let shape = match ty.rank().filter(|_| !lifted) {
        None => "any".to_owned(),
        Some(_) => {
            let dims: Vec<String> = dims.iter().map(|dim| types.result(dim)).collect();
            format!("readonly [{}]", dims.join(", "))
        }
    };
    let array = format!("NdArray<{}, {shape}>", quote(dtype.name()));
    match ty {
        Type::List { .. } => format!("{array}[]"),
        _ if single => format!("{array} | {}", scalar(dtype)),
        _ => array,
    }
}

fn scalar(dtype: Dtype) -> &'static str {
    match dtype {
        Dtype::Bool => "boolean",
        Dtype::Int64 | Dtype::Uint64 => "bigint",
        Dtype::Complex64 | Dtype::Complex128 => "number | Complex",
        _ => "number",
    }
}
