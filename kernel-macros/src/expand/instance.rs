use crate::model::{Array, Kernel, Kind, TypeArg, Value};
use kernel_schema::{Dtype, Elem, names, product};
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};

/// A kernel with a choice for each of its type parameters.
pub struct Instance<'a> {
    pub kernel: &'a Kernel,
    args: Vec<TypeArg>,
}

impl<'a> Instance<'a> {
    /// All of them, in the order of [`kernel_schema::Kernel::instances`].
    pub fn all(kernel: &'a Kernel) -> impl Iterator<Item = Instance<'a>> {
        let lists = kernel.types.iter().map(|param| &param.elems[..]);
        product(lists)
            .into_iter()
            .map(move |args| Instance { kernel, args })
    }

    /// What its export has behind the kernel's symbol.
    pub fn suffix(&self) -> String {
        names::instance_suffix(&self.dtypes())
    }

    /// `::<f32, i32>`, or nothing.
    pub fn expand_turbofish(&self) -> TokenStream {
        if self.args.is_empty() {
            return TokenStream::new();
        }
        let types = self.args.iter().map(|arg| {
            let ty = expand_primitive(arg.dtype);
            respan(ty, arg.span)
        });
        quote!(::<#(#types),*>)
    }

    /// The type parameters' names, with what they stand for.
    pub fn types(&self) -> impl Iterator<Item = (&str, TokenStream)> {
        let names = self.kernel.types.iter().map(|param| &*param.name);
        names.zip(self.args.iter().map(|arg| expand_primitive(arg.dtype)))
    }

    pub fn dtype(&self, elem: Elem) -> Dtype {
        elem.resolve(&self.dtypes())
    }

    /// The type of a scalar, or of an array's elements.
    pub fn expand_elem(&self, elem: Elem) -> TokenStream {
        expand_primitive(self.dtype(elem))
    }

    /// How the value crosses the boundary.
    pub fn expand_raw(&self, value: &Value) -> TokenStream {
        match value.kind {
            Kind::Array(..) | Kind::List(..) => quote!(__rt::RawArray),
            Kind::Handle(_) => quote!(__rt::RawHandle),
            Kind::Scalar(elem) => {
                let ty = self.expand_elem(elem);
                quote!(<#ty as __rt::Scalar>::Raw)
            }
        }
    }

    /// The type of a result.
    pub fn expand_type(&self, value: &Value) -> TokenStream {
        match &value.kind {
            Kind::Scalar(elem) => self.expand_elem(*elem),
            Kind::Array(elem, array) => {
                let (ty, dim) = (self.expand_elem(*elem), expand_dimension(array));
                quote!(__rt::ndarray::Array<#ty, #dim>)
            }
            Kind::List(elem, array) => {
                let (ty, dim) = (self.expand_elem(*elem), expand_dimension(array));
                quote!(__rt::Vec<__rt::ndarray::Array<#ty, #dim>>)
            }
            Kind::Handle(class) => class.tokens.clone(),
        }
    }

    fn dtypes(&self) -> Vec<Dtype> {
        self.args.iter().map(|arg| arg.dtype).collect()
    }
}

/// ndarray's type for the rank.
pub fn expand_dimension(array: &Array) -> TokenStream {
    let name = match array.rank {
        Some(rank) => format_ident!("Ix{rank}"),
        None => format_ident!("IxDyn"),
    };
    quote!(__rt::ndarray::#name)
}

/// The primitive or complex type, whatever the user's module calls by its name.
fn expand_primitive(dtype: Dtype) -> TokenStream {
    let name = match dtype {
        Dtype::Complex64 => return quote!(__rt::Complex<::core::primitive::f32>),
        Dtype::Complex128 => return quote!(__rt::Complex<::core::primitive::f64>),
        _ => format_ident!("{}", dtype.rust_name()),
    };
    quote!(::core::primitive::#name)
}

/// The tokens, standing where the user wrote what they come from.
fn respan(tokens: TokenStream, place: Span) -> TokenStream {
    let span = Span::call_site().located_at(place);
    let respanned = tokens.into_iter().map(|mut token| {
        token.set_span(span);
        token
    });
    respanned.collect()
}
