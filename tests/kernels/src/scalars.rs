//! Scalars of every type, in and out.

use kernel_runtime::prelude::*;

/// A name that a property may have, though no variable.
#[kernel]
pub fn delete(x: i32) -> i32 {
    x - 1
}

/// A name that means a constructor in a TypeScript interface.
#[kernel(name = "new")]
pub fn fresh(x: i32) -> i32 {
    x + 1
}

macro_rules! scalars {
    ($($ty:ident: $same:ident $pair:ident)*) => {$(
        /// The same value again.
        #[kernel]
        pub fn $same(x: $ty) -> $ty {
            x
        }

        /// The value as a result among several, beside its array.
        #[kernel((), () -> (), (2))]
        pub fn $pair(x: $ty, y: $ty) -> ($ty, Array1<$ty>) {
            (x, array![x, y])
        }
    )*};
}

scalars! {
    bool: scalar_bool pair_bool
    i8: scalar_i8 pair_i8
    i16: scalar_i16 pair_i16
    i32: scalar_i32 pair_i32
    i64: scalar_i64 pair_i64
    u8: scalar_u8 pair_u8
    u16: scalar_u16 pair_u16
    u32: scalar_u32 pair_u32
    u64: scalar_u64 pair_u64
    f32: scalar_f32 pair_f32
    f64: scalar_f64 pair_f64
}

/// The sum of two integers.
///
/// Wraps where it leaves 32 bits.
#[kernel]
pub fn add(x: i32, y: i32) -> i32 {
    x.wrapping_add(y)
}

/// One scalar of each type, as the sum of all.
#[kernel]
#[expect(clippy::too_many_arguments, reason = "one of each type is the point")]
pub fn mixed(
    a: i8,
    b: i16,
    c: i32,
    d: i64,
    e: u8,
    f: u16,
    g: u32,
    h: u64,
    i: f32,
    j: f64,
    k: bool,
) -> f64 {
    let small =
        f64::from(a) + f64::from(b) + f64::from(c) + f64::from(e) + f64::from(f) + f64::from(g);
    small + d as f64 + h as f64 + f64::from(i) + j + f64::from(u8::from(k))
}

/// Parameters named like what surrounds the call in the package's JavaScript.
#[kernel]
#[expect(clippy::too_many_arguments, reason = "names are the point")]
pub fn crowded(
    rt: i32,
    mark: i32,
    result: i32,
    error: i32,
    wasm: i32,
    refuse: i32,
    bind: i32,
    crowded: i32,
) -> i32 {
    rt + mark + result + error + wasm + refuse + bind + crowded
}
