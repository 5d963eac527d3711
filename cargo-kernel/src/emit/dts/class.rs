//! Classes: the type of their handles, and what makes those.

use super::{emit_docs, emit_methods};
use crate::emit::text::{key, quote};
use crate::manifest::Exports;
use kernel_schema::{Class, Role};
use std::collections::BTreeSet;

/// The type of a class's handles.
pub fn emit_handle(class: &Class, exports: &Exports, used: &mut BTreeSet<&'static str>) -> String {
    used.insert("Handle");
    let name = &class.js_name;
    let methods = exports
        .members(class)
        .into_iter()
        .filter(|member| role(member) == Some(Role::Method));
    let methods: String = methods
        .map(|method| emit_methods(method, exports, used))
        .collect();
    let docs = outdented(&emit_docs(&class.docs));
    let open = format!(
        "{docs}export interface {name} extends Handle<{}> {{",
        quote(name)
    );
    match methods.is_empty() {
        true => format!("{open}}}\n\n"),
        false => format!("{open}\n{methods}}}\n\n"),
    }
}

/// The class itself, as a property of the package.
pub fn emit_class(class: &Class, exports: &Exports, used: &mut BTreeSet<&'static str>) -> String {
    let name = &class.js_name;
    let members = exports.members(class);
    let mut all = members.iter();
    let constructs = all.any(|member| role(member) == Some(Role::Constructor));
    let statics: String = members
        .iter()
        .filter(|member| role(member) != Some(Role::Method))
        .map(|member| indented(&emit_methods(member, exports, used)))
        .collect();
    let own = |prototype: &str| format!("{{\n{prototype}{statics}  }}");
    let ty = match (constructs, statics.is_empty()) {
        (true, _) => own(&format!("    readonly prototype: {name};\n")),
        (false, true) => format!("Abstract<{name}>"),
        (false, false) => format!("Abstract<{name}> & {}", own("")),
    };
    if !constructs {
        used.insert("Abstract");
    }
    format!(
        "{}  readonly {}: {ty};\n",
        emit_docs(&class.docs),
        key(name)
    )
}

fn role(member: &kernel_schema::Kernel) -> Option<Role> {
    member.member.as_ref().map(|member| member.role)
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}\n")).collect()
}

fn outdented(text: &str) -> String {
    let lines = text.lines();
    lines
        .map(|line| format!("{}\n", line.strip_prefix("  ").unwrap_or(line)))
        .collect()
}
