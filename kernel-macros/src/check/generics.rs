//! Type parameters: which there are, and what each stands for.

use super::names::plain;
use super::types::{bare, check_elem};
use crate::ast::{self, Args};
use crate::model::{ClassPath, TypeArg, TypeParam, Value};
use crate::report::{Report, Reported};
use kernel_schema::{Dtype, Elem};
use proc_macro2::Ident;
use syn::{GenericParam, Generics};

/// How many instances one function may have: more is a mistake, each is compiled.
const MAX_INSTANCES: usize = 1024;

/// What is in scope where the types of a function stand.
pub struct Names<'a> {
    params: Vec<&'a Ident>,
    this: Option<&'a ClassPath>,
}

impl<'a> Names<'a> {
    /// `this` is what `Self` stands for.
    pub fn new(generics: &'a Generics, this: Option<&'a ClassPath>) -> Names<'a> {
        let params = generics.type_params().map(|param| &param.ident).collect();
        Names { params, this }
    }

    /// What `Self` stands for.
    pub fn this(&self) -> Option<&'a ClassPath> {
        self.this
    }

    /// What a type of this name is, if it is a type parameter.
    pub fn find(&self, name: &Ident) -> Option<Elem> {
        let index = self.params.iter().position(|&param| param == name)?;
        Some(Elem::Param(index))
    }
}

/// The type parameters with their lists.
pub fn check_generics(
    generics: &Generics,
    args: &Args,
    report: &mut Report,
) -> Result<Vec<TypeParam>, Reported> {
    let mut result = Ok(());
    for param in &generics.params {
        if let GenericParam::Const(_) = param {
            let message =
                "const parameters are not supported: take the value as a scalar parameter";
            result = Err(report.at(param, message));
        }
    }
    let lists = match &args.types {
        None => &[][..],
        Some(types) => types.lists.as_ref().map_err(Clone::clone)?,
    };
    for list in lists {
        if !generics
            .type_params()
            .any(|param| param.ident == list.param)
        {
            let message = format!(
                "`{0}` is no type parameter of the function: write `fn name<{0}>(...)`, or remove it",
                list.param
            );
            result = Err(report.at(&list.param, message));
        }
    }
    let params: Vec<_> = generics
        .type_params()
        .map(|param| {
            let mut of_param = lists.iter().filter(|list| list.param == param.ident);
            let name = plain(&param.ident);
            let Some(list) = of_param.next() else {
                let message = format!("type parameter `{name}` has no types: add the option `types({name} = [f32, f64])`");
                return Err(report.at(&param.ident, message));
            };
            if let Some(second) = of_param.next() {
                let message = format!("`{name}` has a second list: join the two");
                return Err(report.at(&second.param, message));
            }
            let elems = check_elems(&list.elems, report)?;
            Ok(TypeParam { name, elems })
        })
        .collect();
    let params = params.into_iter().collect::<Result<Vec<_>, _>>();
    result?;
    let params = params?;
    let instances = params.iter().fold(1_usize, |instances, param| {
        instances.saturating_mul(param.elems.len())
    });
    if let Some(types) = &args.types
        && instances > MAX_INSTANCES
    {
        let message = format!(
            "the lists make {instances} instances, at most {MAX_INSTANCES} are supported: shorten them"
        );
        return Err(report.at(&types.option, message));
    }
    Ok(params)
}

fn check_elems(elems: &ast::Elems, report: &mut Report) -> Result<Vec<TypeArg>, Reported> {
    let (bracket, types) = match elems {
        ast::Elems::Family(family) => return check_family(family, report),
        ast::Elems::List(bracket, types) => (bracket, types),
    };
    if types.is_empty() {
        let message = "the list is empty: write the types, for example `[f32, f64]`";
        return Err(report.at_span(bracket.span.join(), message));
    }
    let mut args: Vec<TypeArg> = Vec::new();
    let mut result = Ok(());
    for ty in types {
        match check_elem(bare(ty), report) {
            Err(reported) => result = Err(reported),
            Ok(arg) if args.iter().any(|other| other.dtype == arg.dtype) => {
                let message = format!(
                    "`{}` stands in the list twice: remove one",
                    arg.dtype.rust_name()
                );
                result = Err(report.at(ty, message));
            }
            Ok(arg) => args.push(arg),
        }
    }
    result.map(|()| args)
}

fn check_family(family: &Ident, report: &mut Report) -> Result<Vec<TypeArg>, Reported> {
    const SIGNED: [Dtype; 4] = [Dtype::Int8, Dtype::Int16, Dtype::Int32, Dtype::Int64];
    const UNSIGNED: [Dtype; 4] = [Dtype::Uint8, Dtype::Uint16, Dtype::Uint32, Dtype::Uint64];
    const COMPLEX: [Dtype; 2] = [Dtype::Complex64, Dtype::Complex128];
    const FLOATS: [Dtype; 2] = [Dtype::Float32, Dtype::Float64];
    let dtypes: Vec<Dtype> = match family.to_string().as_str() {
        "floats" => FLOATS.to_vec(),
        "integers" => [SIGNED, UNSIGNED].concat(),
        "signed" => SIGNED.to_vec(),
        "unsigned" => UNSIGNED.to_vec(),
        "numbers" => [&SIGNED[..], &UNSIGNED, &FLOATS].concat(),
        "elements" => [&[Dtype::Bool][..], &SIGNED, &UNSIGNED, &FLOATS, &COMPLEX].concat(),
        unknown => {
            let message = format!(
                "unknown family `{unknown}`: the families are `floats`, `integers`, `signed`, `unsigned`, `numbers` and \
                 `elements`; one type is a list too, `[{unknown}]`"
            );
            return Err(report.at(family, message));
        }
    };
    let span = family.span();
    Ok(dtypes
        .into_iter()
        .map(|dtype| TypeArg { dtype, span })
        .collect())
}

/// Refuses a type parameter that no argument shows.
pub fn check_shown<'a>(
    generics: &Generics,
    params: impl Iterator<Item = &'a Value> + Clone,
    report: &mut Report,
) {
    for (index, param) in generics.type_params().enumerate() {
        if !params
            .clone()
            .any(|value| value.elem() == Some(Elem::Param(index)))
        {
            let message = format!(
                "`{0}` is the type of no parameter, so no argument tells which is meant: take a scalar or a view of `{0}`",
                param.ident
            );
            report.at(&param.ident, message);
        }
    }
}
