//! Sizes in types: what TypeScript follows of a kernel's dimensions.

use super::HELPERS;
use crate::emit::scope::{Scope, numbers, underscores};
use crate::emit::text::quote;
use crate::manifest::Exports;
use kernel_schema::{Dim, Dtype, Kernel, Type};
use std::collections::HashMap;

/// The types of a method, and its type parameters: one per occurrence of a name or a fixed size in its parameters.
pub struct Dims {
    /// The names of the classes that the kernel names.
    pub classes: Vec<String>,
    scope: Scope,
    pub generics: Vec<String>,
    /// The type parameter of a name's first occurrence.
    bound: HashMap<String, String>,
    /// How often a name occurs where its size is known: one that occurs once needs no type parameter.
    occurrences: HashMap<String, usize>,
}

impl Dims {
    /// Before its first parameter.
    pub fn new(kernel: &Kernel, exports: &Exports) -> Dims {
        let mut scope = Scope::new(HELPERS);
        for dtype in Dtype::ALL {
            scope.take(dtype.typed_array(), underscores());
        }
        scope.take("Uint8ClampedArray", []);
        for class in &exports.classes {
            scope.take(&class.js_name, []);
        }
        let mut occurrences = HashMap::new();
        let params = kernel.params.iter().map(|param| &param.ty);
        let results = kernel.results.iter().map(|output| &output.ty);
        for ty in params.filter(|ty| ty.is_array()).chain(results) {
            if let Type::Array { dims, .. } | Type::List { dims, .. } = ty
                && ty.rank().is_some()
            {
                for dim in dims {
                    if let Dim::Name(name) = dim {
                        *occurrences.entry(name.clone()).or_default() += 1;
                    }
                }
            }
        }
        let classes = kernel.classes.iter().map(|symbol| {
            let class = exports.class(symbol);
            class.expect("a package has the classes that its kernels name")
        });
        Dims {
            classes: classes.map(|class| class.js_name.clone()).collect(),
            scope,
            generics: Vec::new(),
            bound: HashMap::new(),
            occurrences,
        }
    }

    /// A dimension of an array parameter, with what TypeScript checks of it.
    pub fn param(&mut self, dim: &Dim, axis: usize, checks: &mut Vec<String>) -> String {
        match dim {
            Dim::Name(name) if self.occurrences[name] > 1 => {
                let mut initial = name.chars();
                let upper: String = initial
                    .next()
                    .into_iter()
                    .flat_map(char::to_uppercase)
                    .chain(initial)
                    .collect();
                let occurrence = self.generic(&upper);
                match self.bound.get(name) {
                    Some(first) => {
                        checks.push(format!("Same<{}, {first}, {occurrence}>", quote(name)))
                    }
                    None => {
                        self.bound.insert(name.clone(), occurrence.clone());
                    }
                }
                occurrence
            }
            Dim::Size(size) => {
                let occurrence = self.generic("S");
                checks.push(format!("Exactly<{axis}, {size}, {occurrence}>"));
                occurrence
            }
            Dim::Name(_) | Dim::Any | Dim::Rest | Dim::Expr(_) => "number".to_owned(),
        }
    }

    /// A dimension of a result.
    pub fn result(&self, dim: &Dim) -> String {
        match dim {
            Dim::Name(name) => self
                .bound
                .get(name)
                .map_or("number", String::as_str)
                .to_owned(),
            Dim::Size(size) => size.to_string(),
            Dim::Any | Dim::Rest | Dim::Expr(_) => "number".to_owned(),
        }
    }

    fn generic(&mut self, name: &str) -> String {
        let generic = self.scope.take(name, numbers());
        self.generics.push(generic.clone());
        generic
    }
}
