//! Names: of JavaScript functions, of wasm exports, and those that the package keeps for itself.

use crate::Dtype;

/// Names that the package itself uses on the object that `load()` resolves to.
///
/// `then` is among them because an object with a `then` would make `await load()` hang.
pub const RESERVED: &[&str] = &[
    "array", "zeros", "ones", "full", "empty", "arange", "linspace", "eye", "fromNpy", "fromNpz",
    "toNpz", "scope", "memory", "threads", "dispose", "then",
];

/// Names that the declarations of a package use, which no class may have: it is a type there.
pub const RESERVED_CLASSES: &[&str] = &[
    // What the package exports.
    "Complex",
    "Dtype",
    "KernelAliasError",
    "KernelError",
    "KernelFailure",
    "KernelLoadError",
    "KernelMemoryError",
    "KernelPanic",
    "KernelShapeError",
    "KernelTypeError",
    "Kernels",
    "LoadOptions",
    "NdArray",
    "NdArrayLike",
    "Threads",
    // What it imports of its own types.
    "Abstract",
    "Accumulation",
    "Exactly",
    "FoldingUfunc",
    "Handle",
    "Loaded",
    "LoadedArrays",
    "LoadedHandles",
    "ReadonlyNested",
    "Reduction",
    "Same",
    "SequentialOptions",
    "ThreadedOptions",
    "Ufunc",
    // What every program has.
    "BigInt64Array",
    "BigUint64Array",
    "Float16Array",
    "Float32Array",
    "Float64Array",
    "Int16Array",
    "Int32Array",
    "Int8Array",
    "Promise",
    "Uint16Array",
    "Uint32Array",
    "Uint8Array",
    "Uint8ClampedArray",
];

/// Names that no member of a class may have: handles have them already, or classes of JavaScript.
///
/// `then` is among them because `await` would call it.
pub const RESERVED_MEMBERS: &[&str] = &["constructor", "free", "prototype", "then"];

/// Words that no binding of a JavaScript module may have as its name (ECMAScript, 12.7.2 and 13.1.1). A property may.
pub const KEYWORDS: &[&str] = &[
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// Whether a kernel may not have this JavaScript name.
pub fn is_reserved(js_name: &str) -> bool {
    RESERVED.contains(&js_name)
}

/// The camelCase form of a Rust name: `row_of_max` is `rowOfMax`. Leading underscores stay.
pub fn camel_case(rust_name: &str) -> String {
    let name = rust_name.trim_start_matches('_');
    let mut camel = "_".repeat(rust_name.len() - name.len());
    let mut upper = false;
    for c in name.chars() {
        if c == '_' {
            upper = true;
        } else if upper {
            camel.extend(c.to_uppercase());
            upper = false;
        } else {
            camel.push(c);
        }
    }
    camel
}

/// The wasm export of a kernel or class, `__kernel_<hash>_<path>`, up to its path: `module_path!()`, `::` and the Rust name.
///
/// The path tells the kernels of one crate apart, also those that a macro makes at one place. `place` does so for
/// crates, and for functions in the bodies of others: package, version, crate, JavaScript name, line and column.
pub fn symbol_start(place: &[&str]) -> String {
    format!("{KERNEL}{:016x}_", hash(place))
}

const KERNEL: &str = "__kernel_";

/// The path of a kernel or class, out of its wasm export; `None` for any other.
pub fn path_of(symbol: &str) -> Option<&str> {
    let (hash, path) = symbol.strip_prefix(KERNEL)?.split_once('_')?;
    let is_hash = hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some(path)
}

/// What follows the symbol of a generic kernel in the export of one of its instances: `<f32,i32>`; nothing where there
/// are no type parameters.
pub fn instance_suffix(dtypes: &[Dtype]) -> String {
    if dtypes.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = dtypes.iter().map(|dtype| dtype.rust_name()).collect();
    format!("<{}>", names.join(","))
}

/// FNV-1a, 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>), with a separator after each part.
pub fn hash(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash
}
