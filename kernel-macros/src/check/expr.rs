//! Expressions over sizes: exact in i64, as at run time.

use super::names::plain;
use crate::ast;
use crate::model::{Expr, Op};
use crate::report::{Report, Reported};
use proc_macro2::Ident;
use syn::LitInt;

/// The largest integer that JavaScript counts exactly (`Number.MAX_SAFE_INTEGER`).
const MAX_SIZE: i64 = (1 << 53) - 1;

/// An expression, and its value where it holds no name.
pub struct Sized {
    pub expr: Expr,
    pub value: Option<i64>,
}

/// The expression, its names looked up by `resolve`.
pub fn check_expr(
    expr: &ast::Expr,
    resolve: &mut impl FnMut(&Ident, &mut Report) -> Result<usize, Reported>,
    report: &mut Report,
) -> Result<Sized, Reported> {
    match expr {
        ast::Expr::Paren(_, inner) => check_expr(inner, resolve, report),
        ast::Expr::Name(name) => Ok(Sized {
            expr: Expr::Name(resolve(name, report)?),
            value: None,
        }),
        ast::Expr::Int(int) => {
            let value = check_int(int, report)?;
            Ok(Sized {
                expr: Expr::Int(value),
                value: Some(value),
            })
        }
        ast::Expr::Neg(_, operand) => {
            let operand = check_expr(operand, resolve, report)?;
            let value = operand.value.map(|value| evaluate(0, Op::Sub, value));
            Ok(Sized {
                expr: Expr::Neg(operand.expr.into()),
                value: check_value(value, expr, report)?,
            })
        }
        ast::Expr::Binary(left, op, right) => {
            let left = check_expr(left, resolve, report);
            let divisor = right;
            let right = check_expr(right, resolve, report)?;
            let left = left?;
            let op = check_op(*op);
            if op == Op::Div && right.value == Some(0) {
                let message = format!("`{}` divides by zero: write another divisor", render(expr));
                return Err(report.at(divisor, message));
            }
            let value = match (left.value, right.value) {
                (Some(left), Some(right)) => Some(evaluate(left, op, right)),
                _ => None,
            };
            Ok(Sized {
                expr: Expr::Binary(left.expr.into(), op, right.expr.into()),
                value: check_value(value, expr, report)?,
            })
        }
    }
}

fn check_int(int: &LitInt, report: &mut Report) -> Result<i64, Reported> {
    if !int.suffix().is_empty() {
        let message = format!("a size has no suffix: write `{}`", int.base10_digits());
        return Err(report.at(int, message));
    }
    match int.base10_parse() {
        Ok(value @ ..=MAX_SIZE) => Ok(value),
        _ => {
            let message = format!("`{int}` is too large: a size is at most {MAX_SIZE}");
            Err(report.at(int, message))
        }
    }
}

/// The value of an expression that has one.
fn check_value(
    value: Option<Result<i64, &str>>,
    expr: &ast::Expr,
    report: &mut Report,
) -> Result<Option<i64>, Reported> {
    value.transpose().map_err(|why| {
        let message = format!("`{}` {why}: write another size", render(expr));
        report.at(expr, message)
    })
}

fn check_op(op: ast::Op) -> Op {
    match op {
        ast::Op::Add(_) => Op::Add,
        ast::Op::Sub(_) => Op::Sub,
        ast::Op::Mul(_) => Op::Mul,
        ast::Op::Div(_) => Op::Div,
    }
}

fn evaluate(left: i64, op: Op, right: i64) -> Result<i64, &'static str> {
    let value = match op {
        Op::Add => left.checked_add(right),
        Op::Sub => left.checked_sub(right),
        Op::Mul => left.checked_mul(right),
        Op::Div if left.checked_rem(right).is_some_and(|rest| rest != 0) => {
            return Err("leaves a remainder");
        }
        Op::Div => left.checked_div(right),
    };
    value.ok_or("does not fit 64 bits")
}

/// As written, with single spaces around binary operators.
pub fn render(expr: &ast::Expr) -> String {
    match expr {
        ast::Expr::Name(name) => plain(name),
        ast::Expr::Int(int) => int.base10_digits().to_owned(),
        ast::Expr::Neg(_, operand) => format!("-{}", render(operand)),
        ast::Expr::Paren(_, inner) => format!("({})", render(inner)),
        ast::Expr::Binary(left, op, right) => {
            format!("{} {} {}", render(left), op.symbol(), render(right))
        }
    }
}
