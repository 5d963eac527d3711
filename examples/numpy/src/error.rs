use std::fmt;

/// What a function refuses, where NumPy raises an exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// An axis that the array does not have.
    Axis {
        /// As it was given.
        axis: i32,
        /// How many dimensions there are.
        ndim: usize,
    },
    /// An axis that is given twice.
    Repeated {
        /// As it was given the second time.
        axis: i32,
    },
    /// A reduction of nothing that has no value.
    Empty {
        /// What was asked for.
        function: &'static str,
    },
    /// An argument of a value or a shape that the function can't take.
    Argument {
        /// The argument's name.
        name: &'static str,
        /// What is wrong with it.
        problem: String,
    },
}

impl Error {
    /// Refuses an argument.
    pub fn argument(name: &'static str, problem: impl Into<String>) -> Error {
        let problem = problem.into();
        Error::Argument { name, problem }
    }

    /// Refuses a number that is less than 0.
    pub fn negative(name: &'static str, came: impl fmt::Display) -> Error {
        Error::argument(name, format!("must not be negative, got {came}"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Error::Axis { axis, ndim } => {
                let s = if *ndim == 1 { "" } else { "s" };
                write!(
                    f,
                    "axis {axis} does not exist, the array has {ndim} dimension{s}"
                )
            }
            Error::Repeated { axis } => write!(f, "axis {axis} is given twice"),
            Error::Empty { function } => write!(f, "`{function}` of no elements has no value"),
            Error::Argument { name, problem } => write!(f, "`{name}` {problem}"),
        }
    }
}

impl std::error::Error for Error {}
