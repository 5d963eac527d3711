use kernel_schema::abi::{area, status};
use std::fmt::Display;

/// Why a call was refused or failed: a status and its details, as [`kernel_schema::abi::status`] lists them.
#[derive(Debug, PartialEq)]
pub struct Fault {
    pub(crate) status: u32,
    pub(crate) detail: [f64; area::DETAILS],
    pub(crate) text: [String; 2],
}

impl Fault {
    pub(crate) fn new<const N: usize>(status: u32, values: [f64; N]) -> Fault {
        let mut detail = [0.0; area::DETAILS];
        detail[..N].copy_from_slice(&values);
        Fault {
            status,
            detail,
            text: Default::default(),
        }
    }

    /// The kernel's own `Err`.
    #[cold]
    pub fn failure(error: impl Display) -> Fault {
        Fault {
            text: [error.to_string(), String::new()],
            ..Fault::new(status::FAILURE, [])
        }
    }
}
