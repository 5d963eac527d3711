//! JavaScript's literals and layout.

use std::fmt::Write;

/// Lines are no longer than this where they can be broken.
pub const WIDTH: usize = 120;

pub const INFALLIBLE: &str = "a string takes everything";

/// A bracketed list: on one line if it fits, else an item a line.
pub fn list(
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
pub fn quote(text: &str) -> String {
    serde_json::to_string(text).expect("a string")
}

/// A property's key: quoted where it is no identifier, and where it would make a TypeScript method a constructor.
pub fn key(name: &str) -> String {
    let identifier = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let starts = |name: &str| !name.starts_with(|c: char| c.is_ascii_digit());
    if name.chars().all(identifier) && starts(name) && name != "new" {
        name.to_owned()
    } else {
        quote(name)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys_are_quoted_where_they_must_be() {
        for name in ["sum", "var", "delete", "$", "größe"] {
            assert_eq!(super::key(name), name);
        }
        for name in ["new", "a::b", "2d"] {
            assert_eq!(super::key(name), format!("\"{name}\""));
        }
    }
}
