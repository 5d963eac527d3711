//! One class per struct.

use super::method::emit_method;
use super::{Named, NamedClass};
use crate::emit::scope::Scope;
use crate::emit::text::quote;

/// The class, with its members.
pub fn emit_class<'a>(
    NamedClass { ident, .. }: &NamedClass,
    members: impl Iterator<Item = &'a Named<'a>>,
    names: &Scope,
) -> String {
    let members: Vec<String> = members.map(|named| emit_method(named, names)).collect();
    if members.is_empty() {
        return format!("  class {ident} extends Handle {{}}\n");
    }
    format!(
        "  class {ident} extends Handle {{\n{}  }}\n",
        members.join("\n")
    )
}

/// What makes, borrows and drops the handles of a class.
pub fn emit_kind(NamedClass { class, ident, kind }: &NamedClass) -> String {
    let (name, symbol) = (quote(&class.js_name), quote(&class.symbol));
    format!("  const {kind} = new Kind(rt, {name}, {ident}, wasm[{symbol}]);\n")
}
