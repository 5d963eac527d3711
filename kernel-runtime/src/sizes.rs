use crate::fault::Fault;
use kernel_schema::abi::status;

/// The sizes that the names of one signature stand for, each with the place that bound it.
pub struct Sizes<const N: usize> {
    bound: [Option<Bound>; N],
}

/// A size with the place that it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    size: i64,
    place: u32,
    axis: i32,
}

impl Bound {
    /// Refuses another size.
    fn check(self, place: u32, axis: i32, size: i64) -> Result<(), Fault> {
        if self.size == size {
            return Ok(());
        }
        Err(Fault::new(
            status::NAME,
            [
                place.into(),
                axis.into(),
                self.size as f64,
                size as f64,
                self.place.into(),
                self.axis.into(),
            ],
        ))
    }
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
            Some(bound) => bound.check(place, axis, size),
        }
    }

    /// The size that a name is bound to.
    pub fn get(&self, name: usize) -> i64 {
        self.bound[name].map_or(0, |bound| bound.size)
    }

    /// What a result's dimension of this name must be.
    pub fn core_name(&self, name: usize) -> CoreSize {
        self.bound[name].map_or(CoreSize::Any, CoreSize::Name)
    }

    /// What a result's dimension of fixed size must be.
    pub fn core_fixed(&self, size: i64) -> CoreSize {
        CoreSize::Fixed(size)
    }

    /// What a result's dimension with an expression must be; refuses one that is no size.
    pub fn core_expr(
        &self,
        place: u32,
        axis: i32,
        size: Result<i64, ExprFault>,
    ) -> Result<CoreSize, Fault> {
        valid(place, axis, size).map(CoreSize::Expr)
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
        check(
            status::EXPR,
            place,
            axis,
            size,
            valid(place, axis, expected)?,
        )
    }
}

/// What one dimension of a result must be, known before there is a result.
#[derive(Clone, Copy, Debug)]
pub enum CoreSize {
    /// Whatever the first batch has.
    Any,
    /// What the first batch has.
    Batch(i64),
    /// A fixed size.
    Fixed(i64),
    /// The value of an expression.
    Expr(i64),
    /// The size of a name.
    Name(Bound),
}

impl CoreSize {
    /// The size, unless it is free.
    pub(crate) fn known(self) -> Option<i64> {
        match self {
            CoreSize::Any => None,
            CoreSize::Batch(size) | CoreSize::Fixed(size) | CoreSize::Expr(size) => Some(size),
            CoreSize::Name(bound) => Some(bound.size),
        }
    }

    /// Refuses another size in a batch.
    pub(crate) fn check(self, place: u32, axis: i32, came: i64, batch: usize) -> Result<(), Fault> {
        match self {
            CoreSize::Any => Ok(()),
            CoreSize::Batch(size) if size == came => Ok(()),
            CoreSize::Batch(size) => Err(Fault::new(
                status::BATCH_SIZE,
                [
                    place.into(),
                    axis.into(),
                    size as f64,
                    came as f64,
                    batch as f64,
                ],
            )),
            CoreSize::Fixed(size) => check(status::SIZE, place, axis, came, size),
            CoreSize::Expr(size) => check(status::EXPR, place, axis, came, size),
            CoreSize::Name(bound) => bound.check(place, axis, came),
        }
    }
}

/// The value of an expression, if it is a size.
fn valid(place: u32, axis: i32, value: Result<i64, ExprFault>) -> Result<i64, Fault> {
    let invalid = |why: u32, value: f64| {
        let detail = [place.into(), axis.into(), why.into(), value];
        Err(Fault::new(status::EXPR_INVALID, detail))
    };
    match value {
        Ok(value) if value < 0 => invalid(status::EXPR_NEGATIVE, value as f64),
        Ok(value) => Ok(value),
        Err(ExprFault::Inexact) => invalid(status::EXPR_INEXACT, 0.0),
        Err(ExprFault::Overflow) => invalid(status::EXPR_OVERFLOW, 0.0),
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
