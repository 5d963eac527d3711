use kernel_schema::names::KEYWORDS;
use std::collections::HashSet;

/// The identifiers in use at one place of a generated file.
#[derive(Clone)]
pub(super) struct Scope(HashSet<String>);

impl Scope {
    /// One where `names` are taken.
    pub(super) fn new(names: &[&str]) -> Scope {
        Scope(
            KEYWORDS
                .iter()
                // No keyword, but generated code reads it.
                .chain(&["undefined"])
                .chain(names)
                .map(|&name| name.to_owned())
                .collect(),
        )
    }

    /// Takes a name: itself, or with the first suffix that makes it new.
    pub(super) fn take(
        &mut self,
        name: &str,
        suffixes: impl IntoIterator<Item = String>,
    ) -> String {
        let free = std::iter::once(name.to_owned())
            .chain(suffixes.into_iter().map(|suffix| format!("{name}{suffix}")))
            .find(|name| !self.0.contains(name))
            .expect("suffixes do not end");
        self.0.insert(free.clone());
        free
    }
}

/// `_`, `__`, ...
pub(super) fn underscores() -> impl Iterator<Item = String> {
    (1..).map(|count| "_".repeat(count))
}

/// `2`, `3`, ...
pub(super) fn numbers() -> impl Iterator<Item = String> {
    (2_u32..).map(|number| number.to_string())
}
