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
    /// IEEE 754 half precision: storage alone, no kernel takes it.
    Float16 = 11,
    /// Real and imaginary part, each [`Dtype::Float32`].
    Complex64 = 12,
    /// Real and imaginary part, each [`Dtype::Float64`].
    Complex128 = 13,
}

impl Dtype {
    /// Every dtype, in the order of the codes.
    pub const ALL: [Dtype; 14] = [
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
        Dtype::Float16,
        Dtype::Complex64,
        Dtype::Complex128,
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
            Dtype::Float16 => "float16",
            Dtype::Complex64 => "complex64",
            Dtype::Complex128 => "complex128",
        }
    }

    /// The Rust type, for example `f32` or `Complex<f32>`.
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
            Dtype::Float16 => "f16",
            Dtype::Complex64 => "Complex<f32>",
            Dtype::Complex128 => "Complex<f64>",
        }
    }

    /// The dtype of a Rust scalar type's name.
    pub fn from_rust_name(name: &str) -> Option<Dtype> {
        Self::ALL
            .into_iter()
            .find(|dtype| dtype.is_scalar() && dtype.rust_name() == name)
    }

    /// Whether kernels take and return single values of it.
    pub const fn is_scalar(self) -> bool {
        !matches!(self, Dtype::Float16) && !self.is_complex()
    }

    /// Whether its elements have two parts, real and imaginary.
    pub const fn is_complex(self) -> bool {
        matches!(self, Dtype::Complex64 | Dtype::Complex128)
    }

    /// Size of one element, in bytes.
    pub const fn size(self) -> usize {
        match self {
            Dtype::Bool | Dtype::Int8 | Dtype::Uint8 => 1,
            Dtype::Int16 | Dtype::Uint16 | Dtype::Float16 => 2,
            Dtype::Int32 | Dtype::Uint32 | Dtype::Float32 => 4,
            Dtype::Int64 | Dtype::Uint64 | Dtype::Float64 | Dtype::Complex64 => 8,
            Dtype::Complex128 => 16,
        }
    }

    /// Alignment of one element, in bytes: that of a part where it has two.
    pub const fn align(self) -> usize {
        if self.is_complex() {
            self.size() / 2
        } else {
            self.size()
        }
    }

    /// The JavaScript typed array that holds it: real and imaginary parts in turn where it has two.
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
            Dtype::Float32 | Dtype::Complex64 => "Float32Array",
            Dtype::Float64 | Dtype::Complex128 => "Float64Array",
            Dtype::Float16 => "Float16Array",
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
