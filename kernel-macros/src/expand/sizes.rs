//! What the export checks of sizes: names first, then fixed sizes and expressions.

use super::{local, place};
use crate::model::{Array, Axis, Dim, Expr, Kernel, Op};
use kernel_schema::abi::status;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// The checks of one kernel.
pub struct Sizes<'a> {
    kernel: &'a Kernel,
    /// How often each name stands for a size; one that does so once binds nothing.
    uses: Vec<usize>,
}

/// All names are bound before any size is compared.
#[derive(Clone, Copy, PartialEq)]
pub enum Pass {
    Bind,
    Check,
}

/// An array whose dimensions are checked, or a list of such arrays.
struct Owner<'a> {
    array: &'a Array,
    list: bool,
    place: u32,
    /// What `ndim` is asked of.
    local: Ident,
    /// Whether that is an `Option`.
    optional: bool,
    /// Called with an axis it gives the size.
    size: fn(&Ident, &TokenStream) -> TokenStream,
}

impl<'a> Sizes<'a> {
    pub fn new(kernel: &'a Kernel) -> Self {
        let mut uses = vec![0; kernel.names.len()];
        for (name, uses) in kernel.names.iter().zip(&mut uses) {
            *uses += usize::from(name.scalar.is_some());
        }
        let mut sizes = Sizes { kernel, uses };
        let params = kernel.params.iter().map(|param| &param.value);
        for value in params.chain(&kernel.results) {
            // What a list has once, each of its arrays has.
            let uses = 1 + usize::from(value.is_list());
            for dim in value.array().into_iter().flat_map(|array| &array.dims) {
                match dim {
                    Dim::Name(name) => sizes.uses[*name] += uses,
                    Dim::Expr { expr, .. } => expr.each_name(&mut |name| sizes.uses[name] += uses),
                    Dim::Any | Dim::Rest | Dim::Size(_) => {}
                }
            }
        }
        sizes
    }

    /// `__sizes`, if anything is checked.
    pub fn expand_table(&self) -> TokenStream {
        let count = self.kernel.names.len();
        if self.uses.iter().any(|&uses| uses > 1) {
            quote!(let mut __sizes = __rt::Sizes::<#count>::new();)
        } else if self.owners().any(|owner| {
            owner
                .array
                .axes()
                .any(|(_, dim)| !matches!(dim, Dim::Name(_)))
        }) {
            quote!(let __sizes = __rt::Sizes::<#count>::new();)
        } else {
            TokenStream::new()
        }
    }

    /// The names that scalars bind.
    pub fn expand_scalars(&self) -> TokenStream {
        let axis = status::SCALAR_AXIS;
        let names = self.kernel.names.iter().enumerate();
        let bindings = names.filter_map(|(name, known)| {
            let index = known.scalar?;
            let (place, value) = (place(index), local("value", index));
            Some(quote!(__sizes.bind(#name, #place, #axis, __rt::Size::size(#value))?;))
        });
        bindings.collect()
    }

    pub fn expand_params(&self, pass: Pass) -> TokenStream {
        self.params()
            .map(|owner| owner.expand_each(self.expand_axes(&owner, pass)))
            .collect()
    }

    pub fn expand_results(&self) -> TokenStream {
        let checks = self.results().map(|owner| {
            let (place, local) = (owner.expand_place(), &owner.local);
            let rank = match (owner.array.rank, owner.array.least_rank()) {
                (Some(_), _) | (None, (0, true)) => TokenStream::new(),
                (None, (least, more)) => {
                    quote!(__rt::result_rank(&#local, #place, #least, #more)?;)
                }
            };
            let names = self.expand_axes(&owner, Pass::Bind);
            let sizes = self.expand_axes(&owner, Pass::Check);
            owner.expand_each(quote!(#rank #names #sizes))
        });
        checks.collect()
    }

    /// For each result of one batch, what its own dimensions must be, before there is one.
    pub fn expand_cores(&self) -> Vec<TokenStream> {
        let results = self.kernel.results.iter().enumerate();
        let cores = results.map(|(index, value)| {
            let place = status::RESULT + place(index);
            let dims = value.array().into_iter().flat_map(|array| &array.dims);
            let sizes = dims.enumerate().map(|(axis, dim)| match dim {
                Dim::Any | Dim::Rest => quote!(__rt::CoreSize::Any),
                Dim::Size(size) => {
                    let size = Literal::u64_unsuffixed(*size);
                    quote!(__sizes.core_fixed(#size))
                }
                Dim::Name(name) => quote!(__sizes.core_name(#name)),
                Dim::Expr { expr, .. } => {
                    let value = expand_expr(expr);
                    quote!(__sizes.core_expr(#place, __batches.axis(#axis), (|| #value)())?)
                }
            });
            quote!(&[#(#sizes),*])
        });
        cores.collect()
    }

    fn owners(&self) -> impl Iterator<Item = Owner<'a>> {
        self.params().chain(self.results())
    }

    fn params(&self) -> impl Iterator<Item = Owner<'a>> {
        let params = self.kernel.params.iter().enumerate();
        params.filter_map(|(index, param)| {
            Some(Owner {
                array: param.value.array()?,
                list: param.value.is_list(),
                place: place(index),
                local: local("array", index),
                optional: param.optional,
                size: |local, axis| quote!(#local.dim(#axis)),
            })
        })
    }

    fn results(&self) -> impl Iterator<Item = Owner<'a>> {
        self.kernel
            .results
            .iter()
            .enumerate()
            .filter_map(|(index, value)| {
                Some(Owner {
                    array: value.array()?,
                    list: value.is_list(),
                    place: status::RESULT + place(index),
                    local: local("result", index),
                    optional: false,
                    size: |local, axis| quote!(__rt::axis_size(&#local, #axis)),
                })
            })
    }

    fn expand_axes(&self, owner: &Owner, pass: Pass) -> TokenStream {
        let (place, local) = (owner.expand_place(), &owner.local);
        let checks = owner.array.axes().filter_map(|(axis, dim)| {
            let axis = match axis {
                Axis::FromStart(axis) if self.kernel.broadcast => {
                    Axis::FromEnd(owner.array.dims.len() - axis)
                }
                axis => axis,
            };
            let (setup, axis) = match axis {
                Axis::FromStart(axis) => (TokenStream::new(), quote!(#axis)),
                Axis::FromEnd(back) => (quote!(let __axis = #local.ndim() - #back;), quote!(__axis)),
            };
            let size = (owner.size)(local, &axis);
            let check = match (dim, pass) {
                (Dim::Name(name), Pass::Bind) if self.uses[*name] > 1 => {
                    quote!(__sizes.bind(#name, #place, #axis as ::core::primitive::i32, #size)?;)
                }
                (Dim::Size(expected), Pass::Check) => {
                    let expected = Literal::u64_unsuffixed(*expected);
                    quote!(__sizes.fixed(#place, #axis as ::core::primitive::i32, #size, #expected)?;)
                }
                (Dim::Expr { expr, .. }, Pass::Check) => {
                    let expected = expand_expr(expr);
                    quote!(__sizes.expr(#place, #axis as ::core::primitive::i32, #size, (|| #expected)())?;)
                }
                _ => return None,
            };
            Some(quote!({ #setup #check }))
        });
        checks.collect()
    }
}

impl Owner<'_> {
    /// Where the array stands; one of a list, in [`expand_each`](Owner::expand_each).
    fn expand_place(&self) -> TokenStream {
        let place = self.place;
        match self.list {
            false => quote!(#place),
            true => quote!(__rt::item(#place, __index)),
        }
    }

    /// What is checked of an array, for each array of a list; nothing of one that was left out.
    fn expand_each(&self, checks: TokenStream) -> TokenStream {
        if checks.is_empty() {
            return checks;
        }
        let local = &self.local;
        let checks = match self.list {
            false => checks,
            true => {
                quote!(for (__index, #local) in ::core::iter::Iterator::enumerate(#local.iter()) { #checks })
            }
        };
        match self.optional {
            false => checks,
            true => quote!(if let ::core::option::Option::Some(#local) = &#local { #checks }),
        }
    }
}

/// An expression of type `Result<i64, ExprFault>`, in a function that returns one.
fn expand_expr(expr: &Expr) -> TokenStream {
    match expr {
        Expr::Int(value) => quote!(::core::result::Result::Ok(#value)),
        Expr::Name(name) => quote!(::core::result::Result::Ok(__sizes.get(#name))),
        Expr::Neg(operand) => {
            let operand = expand_operand(operand);
            quote!(__rt::neg(#operand))
        }
        Expr::Binary(left, op, right) => {
            let (left, right) = (expand_operand(left), expand_operand(right));
            let function = match op {
                Op::Add => quote!(add),
                Op::Sub => quote!(sub),
                Op::Mul => quote!(mul),
                Op::Div => quote!(div),
            };
            quote!(__rt::#function(#left, #right))
        }
    }
}

fn expand_operand(expr: &Expr) -> TokenStream {
    match expr {
        Expr::Int(value) => quote!(#value),
        Expr::Name(name) => quote!(__sizes.get(#name)),
        expr => {
            let expr = expand_expr(expr);
            quote!(#expr?)
        }
    }
}
