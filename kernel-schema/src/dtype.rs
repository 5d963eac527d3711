use serde::{Deserialize, Serialize};
use std::fmt;

/// The element type of an array, or the type of a scalar.
///
/// The discriminant is the code that travels in an array's header ([`crate::abi`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Dtype {
    /// One byte, 0 or 1.
    Bool = 0,
    /// Signed, 8 bits.
    Int8 = 1,
    /// Signed, 16 bits.
    Int16 = 2,
    /// Signed, 32 bits.
    Int32 = 3,
    /// Signed, 64 bits; a `bigint` in JavaScript.
    Int64 = 4,
    /// Unsigned, 8 bits.
    Uint8 = 5,
    /// Unsigned, 16 bits.
    Uint16 = 6,
    /// Unsigned, 32 bits.
    Uint32 = 7,
    /// Unsigned, 64 bits; a `bigint` in JavaScript.
    Uint64 = 8,
    /// IEEE 754 single precision.
    Float32 = 9,
    /// IEEE 754 double precision.
    Float64 = 10,
}

impl Dtype {
    /// Every dtype, in the order of the codes.
    pub const ALL: [Dtype; 11] = [
        Dtype::Bool,
        Dtype::Int8,
        Dtype::Int16,
        Dtype::Int32,
        Dtype::Int64,
        Dtype::Uint8,
        Dtype::Uint16,
        Dtype::Uint32,
        Dtype::Uint64,
        Dtype::Float32,
        Dtype::Float64,
    ];

    /// The code in an array's header.
    pub const fn code(self) -> usize {
        self as usize
    }

    /// The dtype of a code, if there is one.
    pub fn from_code(code: usize) -> Option<Dtype> {
        Self::ALL.get(code).copied()
    }

    /// NumPy's name, for example `float32`.
    pub const fn name(self) -> &'static str {
        match self {
            Dtype::Bool => "bool",
            Dtype::Int8 => "int8",
            Dtype::Int16 => "int16",
            Dtype::Int32 => "int32",
            Dtype::Int64 => "int64",
            Dtype::Uint8 => "uint8",
            Dtype::Uint16 => "uint16",
            Dtype::Uint32 => "uint32",
            Dtype::Uint64 => "uint64",
            Dtype::Float32 => "float32",
            Dtype::Float64 => "float64",
        }
    }

    /// The Rust type's name, for example `f32`.
    pub const fn rust_name(self) -> &'static str {
        match self {
            Dtype::Bool => "bool",
            Dtype::Int8 => "i8",
            Dtype::Int16 => "i16",
            Dtype::Int32 => "i32",
            Dtype::Int64 => "i64",
            Dtype::Uint8 => "u8",
            Dtype::Uint16 => "u16",
            Dtype::Uint32 => "u32",
            Dtype::Uint64 => "u64",
            Dtype::Float32 => "f32",
            Dtype::Float64 => "f64",
        }
    }

    /// The dtype of a Rust scalar type's name.
    pub fn from_rust_name(name: &str) -> Option<Dtype> {
        Self::ALL
            .into_iter()
            .find(|dtype| dtype.rust_name() == name)
    }

    /// Size of one element, in bytes; also its alignment.
    pub const fn size(self) -> usize {
        match self {
            Dtype::Bool | Dtype::Int8 | Dtype::Uint8 => 1,
            Dtype::Int16 | Dtype::Uint16 => 2,
            Dtype::Int32 | Dtype::Uint32 | Dtype::Float32 => 4,
            Dtype::Int64 | Dtype::Uint64 | Dtype::Float64 => 8,
        }
    }

    /// The JavaScript typed array that holds it.
    pub const fn typed_array(self) -> &'static str {
        match self {
            Dtype::Bool | Dtype::Uint8 => "Uint8Array",
            Dtype::Int8 => "Int8Array",
            Dtype::Int16 => "Int16Array",
            Dtype::Int32 => "Int32Array",
            Dtype::Int64 => "BigInt64Array",
            Dtype::Uint16 => "Uint16Array",
            Dtype::Uint32 => "Uint32Array",
            Dtype::Uint64 => "BigUint64Array",
            Dtype::Float32 => "Float32Array",
            Dtype::Float64 => "Float64Array",
        }
    }

    /// Whether a scalar of it names a size: an unsigned integer.
    pub const fn is_unsigned(self) -> bool {
        matches!(
            self,
            Dtype::Uint8 | Dtype::Uint16 | Dtype::Uint32 | Dtype::Uint64
        )
    }
}

impl fmt::Display for Dtype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
