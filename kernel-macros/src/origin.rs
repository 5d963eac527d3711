use kernel_schema::Crate;

/// Where an attribute or macro stands: what tells kernels of one name apart.
pub struct Origin {
    pub krate: Crate,
    pub line: usize,
    pub column: usize,
}

impl Origin {
    /// The macro call that is being expanded. Cargo sets the variables; without it they are empty.
    pub fn of_call() -> Origin {
        let variable = |name| std::env::var(name).unwrap_or_default();
        let span = proc_macro::Span::call_site();
        Origin {
            krate: Crate {
                package: variable("CARGO_PKG_NAME"),
                version: variable("CARGO_PKG_VERSION"),
                name: variable("CARGO_CRATE_NAME"),
            },
            line: span.line(),
            column: span.column(),
        }
    }
}
