//! The entries of a package: `index.js` for browsers and bundlers, `node.js` for Node.

use super::MemoryPages;

/// Where an entry runs.
#[derive(Clone, Copy)]
pub(super) enum Host {
    Web,
    Node,
}

impl Host {
    fn module(self) -> &'static str {
        match self {
            Host::Web => "web",
            Host::Node => "node",
        }
    }
}

/// What the entry of a package passes to `load`.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub arrays: bool,
    pub handles: bool,
    pub threaded: Option<MemoryPages>,
}

/// The text of an entry. The URLs stay literal: bundlers look for `new URL("...", import.meta.url)`.
pub(super) fn emit_entry(host: Host, parts: Parts) -> String {
    let module = host.module();
    let mut imports = format!(
        r#"import {{ bind }} from "./kernels.js";
import {{ createLoad }} from "./runtime/load.js";
import {{ instantiate }} from "./runtime/sequential.js";
import {{ compile }} from "./runtime/{module}.js";
"#
    );
    let mut fields = String::from(
        r#"  bind,
  compile,
  sequential: new URL("./sequential.wasm", import.meta.url),
  glue: instantiate,
"#,
    );
    let mut exports = String::from("export * from \"./runtime/errors.js\";\n");
    if parts.arrays {
        imports.push_str("import { createArrays } from \"./runtime/arrays.js\";\n");
        fields.push_str("  arrays: createArrays,\n");
        exports.push_str("export { NdArray } from \"./runtime/array.js\";\n");
    }
    if parts.handles {
        imports.push_str("import { createHandles } from \"./runtime/handles.js\";\n");
        fields.push_str("  handles: createHandles,\n");
    }
    if let Some(MemoryPages { initial, maximum }) = parts.threaded {
        imports.push_str(&format!(
            "import {{ host }} from \"./runtime/{module}-threads.js\";\n"
        ));
        fields.push_str(&format!(
            r#"  threaded: {{
    url: new URL("./threaded.wasm", import.meta.url),
    start: () => import("./runtime/threads.js"),
    host,
    pages: {{ initial: {initial}, maximum: {maximum} }},
  }},
"#
        ));
    }
    format!(
        r#"{imports}
{exports}
export const load = createLoad({{
{fields}}});
"#
    )
}
