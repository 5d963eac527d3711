use crate::fault::Fault;
use kernel_schema::abi::status;

/// The sizes that the names of one signature stand for, each with the place that bound it.
pub struct Sizes<const N: usize> {
    bound: [Option<Bound>; N],
}

#[derive(Clone, Copy)]
struct Bound {
    size: i64,
    place: u32,
    axis: i32,
}

impl<const N: usize> Sizes<N> {
    /// No name bound yet.
    #[expect(clippy::new_without_default, reason = "called by generated code alone")]
    pub fn new() -> Self {
        Sizes { bound: [None; N] }
    }

    /// Binds a name to a size, or compares it with what the name is bound to.
    pub fn bind(&mut self, name: usize, place: u32, axis: i32, size: i64) -> Result<(), Fault> {
        match self.bound[name] {
            None => {
                self.bound[name] = Some(Bound { size, place, axis });
                Ok(())
            }
            Some(bound) if bound.size == size => Ok(()),
            Some(bound) => Err(Fault::new(
                status::NAME,
                [
                    place.into(),
                    axis.into(),
                    bound.size as f64,
                    size as f64,
                    bound.place.into(),
                    bound.axis.into(),
                ],
            )),
        }
    }

    /// The size that a name is bound to.
    pub fn get(&self, name: usize) -> i64 {
        self.bound[name].map_or(0, |bound| bound.size)
    }

    /// Compares a dimension with a fixed size.
    pub fn fixed(&self, place: u32, axis: i32, size: i64, expected: i64) -> Result<(), Fault> {
        check(status::SIZE, place, axis, size, expected)
    }

    /// Compares a dimension with the value of an expression.
    pub fn expr(
        &self,
        place: u32,
        axis: i32,
        size: i64,
        expected: Result<i64, ExprFault>,
    ) -> Result<(), Fault> {
        let place_axis = (f64::from(place), f64::from(axis));
        let invalid = |why: u32, value: f64| {
            Fault::new(
                status::EXPR_INVALID,
                [place_axis.0, place_axis.1, why.into(), value],
            )
        };
        match expected {
            Ok(value) if value < 0 => Err(invalid(status::EXPR_NEGATIVE, value as f64)),
            Ok(value) => check(status::EXPR, place, axis, size, value),
            Err(ExprFault::Inexact) => Err(invalid(status::EXPR_INEXACT, 0.0)),
            Err(ExprFault::Overflow) => Err(invalid(status::EXPR_OVERFLOW, 0.0)),
        }
    }
}

fn check(status: u32, place: u32, axis: i32, size: i64, expected: i64) -> Result<(), Fault> {
    if size == expected {
        return Ok(());
    }
    Err(Fault::new(
        status,
        [place.into(), axis.into(), expected as f64, size as f64],
    ))
}

/// Why an expression over sizes has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExprFault {
    /// A division with a remainder, or by zero.
    Inexact,
    /// Beyond 64 bits.
    Overflow,
}

/// `a + b`
pub fn add(a: i64, b: i64) -> Result<i64, ExprFault> {
    a.checked_add(b).ok_or(ExprFault::Overflow)
}

/// `a - b`
pub fn sub(a: i64, b: i64) -> Result<i64, ExprFault> {
    a.checked_sub(b).ok_or(ExprFault::Overflow)
}

/// `a * b`
pub fn mul(a: i64, b: i64) -> Result<i64, ExprFault> {
    a.checked_mul(b).ok_or(ExprFault::Overflow)
}

/// `a / b`, which must leave no remainder.
pub fn div(a: i64, b: i64) -> Result<i64, ExprFault> {
    match a.checked_rem(b) {
        Some(0) => Ok(a / b),
        // The one overflow of a division by something other than zero.
        None if b != 0 => Err(ExprFault::Overflow),
        _ => Err(ExprFault::Inexact),
    }
}

/// `-a`
pub fn neg(a: i64) -> Result<i64, ExprFault> {
    a.checked_neg().ok_or(ExprFault::Overflow)
}
