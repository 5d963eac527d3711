//! Names in JavaScript.

use super::Checked;
use crate::ast::Args;
use crate::model::Role;
use crate::report::{Report, Reported};
use kernel_schema::names::{KEYWORDS, RESERVED_CLASSES, RESERVED_MEMBERS, camel_case, is_reserved};
use proc_macro2::Ident;
use syn::LitStr;
use syn::ext::IdentExt;

/// A Rust name as a message shows it.
pub fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// The name that JavaScript calls the kernel by.
pub fn check_kernel_name(
    given: Option<&LitStr>,
    ident: &Ident,
    report: &mut Report,
) -> Result<String, Reported> {
    check_name(given, ident, camel_case, refuse_name, "function", report)
}

/// The name that JavaScript calls a class by.
pub fn check_class_name(
    given: Option<&LitStr>,
    ident: &Ident,
    report: &mut Report,
) -> Result<String, Reported> {
    let refuse = |name: &str| {
        let keyword = || {
            // The declarations have an interface of this name.
            let is_keyword = KEYWORDS.contains(&name);
            is_keyword.then(|| format!("`{name}` is a keyword of JavaScript"))
        };
        let used = RESERVED_CLASSES.contains(&name).then(|| used(name));
        used.or_else(|| refuse_name(name)).or_else(keyword)
    };
    check_name(given, ident, str::to_owned, refuse, "struct", report)
}

/// The name that JavaScript calls a member of a class by; keywords are as good as others there.
pub fn check_member_name(
    args: &Args,
    ident: &Ident,
    role: Role,
    report: &mut Report,
) -> Result<String, Reported> {
    let given = args.name.as_ref();
    if role == Role::Constructor {
        return match given {
            Some(name) => {
                let message =
                    "a constructor has the name of its class: remove it, or rename the function";
                Err(report.at(name, message))
            }
            None => Ok("new".to_owned()),
        };
    }
    let refuse = |name: &str| {
        let reserved = RESERVED_MEMBERS.contains(&name);
        reserved.then(|| format!("`{name}` is a name that every class itself uses"))
    };
    check_name(given, ident, camel_case, refuse, "function", report)
}

fn check_name(
    given: Option<&LitStr>,
    ident: &Ident,
    convert: impl Fn(&str) -> String,
    refuse: impl Fn(&str) -> Option<String>,
    noun: &str,
    report: &mut Report,
) -> Result<String, Reported> {
    let Some(given) = given else {
        let name = convert(&plain(ident));
        return match refuse(&name) {
            Some(why) => {
                let remedy = format!("rename the {noun} or add `name = \"{name}_\"`");
                Err(report.at(ident, format!("{why}: {remedy}")))
            }
            None => Ok(name),
        };
    };
    check_given(given, refuse, report)
}

/// The name of a fold, which is a kernel's.
pub fn check_fold_name(given: &LitStr, report: &mut Report) -> Result<String, Reported> {
    check_given(given, refuse_name, report)
}

/// A name that was written for JavaScript.
fn check_given(
    given: &LitStr,
    refuse: impl Fn(&str) -> Option<String>,
    report: &mut Report,
) -> Result<String, Reported> {
    let name = given.value();
    if !is_identifier(&name) {
        let message = format!(
            "`{name}` is no JavaScript name: write letters, digits, `_` and `$`, no digit first"
        );
        return Err(report.at(given, message));
    }
    match refuse(&name) {
        Some(why) => Err(report.at(given, format!("{why}: write another name"))),
        None => Ok(name),
    }
}

fn refuse_name(name: &str) -> Option<String> {
    // A property may have a keyword's name.
    is_reserved(name).then(|| used(name))
}

fn used(name: &str) -> String {
    format!("`{name}` is a name that the package itself uses")
}

/// The name of a parameter in JavaScript.
pub fn check_param_name(ident: &Ident, report: &mut Report) -> Result<String, Reported> {
    let name = camel_case(&plain(ident));
    if KEYWORDS.contains(&name.as_str()) {
        let message = format!("`{name}` is a keyword of JavaScript: rename the parameter");
        return Err(report.at(ident, message));
    }
    Ok(name)
}

/// Refuses two parameters that JavaScript would call the same.
pub fn check_distinct(params: &[Checked], report: &mut Report) {
    let idents: Vec<&Ident> = params.iter().filter_map(|param| param.ident).collect();
    for (index, ident) in idents.iter().enumerate() {
        let name = camel_case(&plain(ident));
        let same = |other: &&&Ident| camel_case(&plain(other)) == name;
        // Two parameters with one name in Rust too are rustc's business.
        if let Some(first) = idents[..index].iter().find(same)
            && first != ident
        {
            let (first, second) = (plain(first), plain(ident));
            report.at(
                ident,
                format!("`{first}` and `{second}` are both `{name}` in JavaScript: rename one"),
            );
        }
    }
}

fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    let start = |c: char| c.is_alphabetic() || c == '_' || c == '$';
    chars.next().is_some_and(start) && chars.all(|c| start(c) || c.is_numeric())
}
