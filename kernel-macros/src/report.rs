use proc_macro2::Span;
use quote::ToTokens;
use std::fmt::Display;

/// The mistakes found so far, so that one compile shows all of them.
#[derive(Default)]
pub struct Report {
    mistakes: Vec<syn::Error>,
}

/// Proof that a mistake was reported.
#[derive(Clone, Debug)]
pub struct Reported(syn::Error);

impl Report {
    /// Adds a mistake at the tokens that it is about.
    pub fn at(&mut self, tokens: impl ToTokens, message: impl Display) -> Reported {
        self.add(syn::Error::new_spanned(tokens, message))
    }

    /// Adds a mistake at a place that is no token of its own.
    pub fn at_span(&mut self, span: Span, message: impl Display) -> Reported {
        self.add(syn::Error::new(span, message))
    }

    pub fn add(&mut self, mistake: syn::Error) -> Reported {
        self.mistakes.push(mistake.clone());
        Reported(mistake)
    }

    /// The value, if there was no mistake anywhere.
    pub fn finish<T>(self, value: Result<T, Reported>) -> syn::Result<T> {
        let all = self.mistakes.into_iter().reduce(|mut all, next| {
            all.combine(next);
            all
        });
        match all {
            Some(mistakes) => Err(mistakes),
            None => value.map_err(|Reported(mistake)| mistake),
        }
    }
}
