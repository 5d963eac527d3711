//! Names in JavaScript.

use super::Checked;
use crate::report::{Report, Reported};
use kernel_schema::names::{KEYWORDS, camel_case, is_reserved};
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
    let Some(given) = given else {
        let name = camel_case(&plain(ident));
        return match refuse_name(&name) {
            Some(why) => {
                let remedy = format!("rename the function or add `name = \"{name}_\"`");
                Err(report.at(ident, format!("{why}: {remedy}")))
            }
            None => Ok(name),
        };
    };
    check_given_name(given, report)
}

/// A name that was written for JavaScript.
pub fn check_given_name(given: &LitStr, report: &mut Report) -> Result<String, Reported> {
    let name = given.value();
    if !is_identifier(&name) {
        let message = format!(
            "`{name}` is no JavaScript name: write letters, digits, `_` and `$`, no digit first"
        );
        return Err(report.at(given, message));
    }
    match refuse_name(&name) {
        Some(why) => Err(report.at(given, format!("{why}: write another name"))),
        None => Ok(name),
    }
}

fn refuse_name(name: &str) -> Option<String> {
    // A property may have a keyword's name.
    is_reserved(name).then(|| format!("`{name}` is a name that the package itself uses"))
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
