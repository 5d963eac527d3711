//! The pipeline without a compiler: tokens in, manifest records, messages or tokens out.

mod classes;
mod expansion;
mod manifest;
mod mistakes;

use crate::ast::Attribute;
use crate::origin::Origin;
use crate::report::Report;
use crate::{check, model, parse};
use kernel_schema::Crate;
use proc_macro2::TokenStream;

fn origin() -> Origin {
    Origin {
        krate: Crate {
            package: "linalg".to_owned(),
            version: "1.2.3".to_owned(),
            name: "linalg".to_owned(),
        },
        line: 7,
        column: 1,
    }
}

/// The model of a kernel, or the messages.
fn check(args: TokenStream, item: TokenStream) -> Result<model::Kernel, Vec<String>> {
    let mut report = Report::default();
    let args = parse::parse_args(args, Attribute::Kernel, &mut report);
    let kernel = parse::parse_function(item, &mut report)
        .and_then(|function| check::check_kernel(&args, &function, &mut report));
    report
        .finish(kernel)
        .map_err(|mistakes| mistakes.into_iter().map(|one| one.to_string()).collect())
}
