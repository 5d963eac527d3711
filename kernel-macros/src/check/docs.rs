use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The text of the doc comments: lines joined by `\n`, the space after the slashes removed.
pub fn check_docs(attrs: &[Attribute]) -> String {
    let comments = attrs.iter().filter_map(doc_comment);
    let lines: Vec<String> = comments
        .flat_map(|comment| comment_lines(&comment))
        .collect();
    lines.join("\n")
}

fn doc_comment(attr: &Attribute) -> Option<String> {
    match &attr.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

fn comment_lines(comment: &str) -> Vec<String> {
    if !comment.contains('\n') {
        return vec![without_space(comment).to_owned()];
    }
    // A block comment: its lines may be indented, and begin with a star.
    let mut lines: Vec<&str> = comment.lines().map(str::trim_end).collect();
    if lines.first().is_some_and(|line| line.is_empty()) {
        lines.remove(0);
    }
    if lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    let starred = |line: &str| line.trim_start().starts_with('*');
    if lines.iter().skip(1).all(|line| starred(line)) {
        let text = |line: &&str| {
            let line = if starred(line) {
                &line.trim_start()[1..]
            } else {
                line
            };
            without_space(line).to_owned()
        };
        return lines.iter().map(text).collect();
    }
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let common = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(indent)
        .min();
    let text = |line: &&str| line.get(common.unwrap_or(0)..).unwrap_or("").to_owned();
    lines.iter().map(text).collect()
}

fn without_space(line: &str) -> &str {
    line.strip_prefix(' ').unwrap_or(line)
}
