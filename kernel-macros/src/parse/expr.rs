//! Sizes.

use super::unexpected;
use crate::ast::{Expr, Op};
use proc_macro2::{Delimiter, Span, TokenStream};
use syn::parse::{ParseStream, Parser};
use syn::{Ident, LitInt, Token, token};

/// What a size must follow; a message points there when none does.
#[derive(Clone, Copy)]
pub struct After(pub Span, pub char);

pub fn parse_sum(input: ParseStream, after: After) -> syn::Result<Expr> {
    let mut left = parse_product(input, after)?;
    loop {
        let op = if input.peek(Token![+]) {
            Op::Add(input.parse()?)
        } else if input.peek(Token![-]) {
            Op::Sub(input.parse()?)
        } else {
            return Ok(left);
        };
        let right = parse_product(input, After(op.span(), op.symbol()))?;
        left = Expr::Binary(left.into(), op, right.into());
    }
}

fn parse_product(input: ParseStream, after: After) -> syn::Result<Expr> {
    let mut left = parse_operand(input, after)?;
    loop {
        let op = if input.peek(Token![*]) {
            Op::Mul(input.parse()?)
        } else if input.peek(Token![/]) {
            Op::Div(input.parse()?)
        } else {
            return Ok(left);
        };
        let right = parse_operand(input, After(op.span(), op.symbol()))?;
        left = Expr::Binary(left.into(), op, right.into());
    }
}

fn parse_operand(input: ParseStream, after: After) -> syn::Result<Expr> {
    if input.is_empty() {
        let After(span, symbol) = after;
        let message = format!("expected a name, an integer or an expression after `{symbol}`");
        return Err(syn::Error::new(span, message));
    }
    // Before all others, which look into it.
    if let Some((content, span)) = take_captured(input)? {
        return parse_captured(content, span, after);
    }
    if input.peek(Token![-]) {
        let minus: Token![-] = input.parse()?;
        let operand = parse_operand(input, After(minus.span, '-'))?;
        return Ok(Expr::Neg(minus, operand.into()));
    }
    if input.peek(token::Paren) {
        let content;
        let paren = syn::parenthesized!(content in input);
        let expr = parse_sum(&content, After(paren.span.open(), '('))?;
        if content.is_empty() {
            return Ok(Expr::Paren(paren, expr.into()));
        }
        let found = content.parse()?;
        return Err(unexpected("expected one of `+ - * /` or `)`", &found));
    }
    if input.peek(LitInt) {
        return input.parse().map(Expr::Int);
    }
    if input.peek(Ident) {
        return input.parse().map(Expr::Name);
    }
    let found = input.parse()?;
    let message = "expected a name, an integer, `_`, `..` or an expression such as `n - k + 1`";
    Err(unexpected(message, &found))
}

/// What a macro has captured, as in `$size:expr`, is one operand, whatever operators it has.
fn parse_captured(content: TokenStream, span: Span, after: After) -> syn::Result<Expr> {
    let parser = |content: ParseStream| {
        let expr = parse_sum(content, after)?;
        if content.is_empty() {
            return Ok(expr);
        }
        Err(unexpected("expected one of `+ - * /`", &content.parse()?))
    };
    let expr = parser.parse2(content)?;
    Ok(match expr {
        Expr::Neg(..) | Expr::Binary(..) => Expr::Paren(token::Paren(span), expr.into()),
        Expr::Name(_) | Expr::Int(_) | Expr::Paren(..) => expr,
    })
}

/// The invisible group that comes next, if one does.
fn take_captured(input: ParseStream) -> syn::Result<Option<(TokenStream, Span)>> {
    input.step(|cursor| match cursor.group(Delimiter::None) {
        Some((content, span, rest)) => Ok((Some((content.token_stream(), span.join())), rest)),
        None => Ok((None, *cursor)),
    })
}
