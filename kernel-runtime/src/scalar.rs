use kernel_schema::Dtype;
use num_complex::Complex;

mod sealed {
    pub trait Sealed {}
}

/// A type that an array can hold.
pub trait Element: sealed::Sealed + Copy + Send + Sync + 'static {
    /// Its dtype.
    const DTYPE: Dtype;
}

/// A type that crosses the boundary by value, as one of wasm's four number types.
pub trait Scalar: Element {
    /// The wasm type.
    type Raw: Default;
    /// From the wasm type; JavaScript has checked the range.
    fn from_raw(raw: Self::Raw) -> Self;
    /// To the wasm type.
    fn into_raw(self) -> Self::Raw;
    /// The bits, for a slot of the call area.
    fn to_slot(self) -> u64;
}

/// An unsigned integer, which can name a size.
pub trait Size: Scalar {
    /// The value; one beyond `i64` saturates, and no array is that long.
    fn size(self) -> i64;
}

macro_rules! scalars {
    ($($ty:ident: $dtype:ident as $raw:ident)*) => {$(
        impl sealed::Sealed for $ty {}
        impl Element for $ty {
            const DTYPE: Dtype = Dtype::$dtype;
        }
        impl Scalar for $ty {
            type Raw = $raw;
            fn from_raw(raw: $raw) -> Self {
                raw as $ty
            }
            fn into_raw(self) -> $raw {
                self as $raw
            }
            fn to_slot(self) -> u64 {
                let mut slot = [0; 8];
                slot[..size_of::<$ty>()].copy_from_slice(&self.to_le_bytes());
                u64::from_le_bytes(slot)
            }
        }
    )*};
}

scalars! {
    i8: Int8 as i32
    i16: Int16 as i32
    i32: Int32 as i32
    i64: Int64 as i64
    u8: Uint8 as i32
    u16: Uint16 as i32
    u32: Uint32 as i32
    u64: Uint64 as i64
    f32: Float32 as f32
    f64: Float64 as f64
}

impl sealed::Sealed for bool {}
impl Element for bool {
    const DTYPE: Dtype = Dtype::Bool;
}
impl Scalar for bool {
    type Raw = i32;
    fn from_raw(raw: i32) -> Self {
        raw != 0
    }
    fn into_raw(self) -> i32 {
        self.into()
    }
    fn to_slot(self) -> u64 {
        self.into()
    }
}

macro_rules! complexes {
    ($($part:ident: $dtype:ident)*) => {$(
        impl sealed::Sealed for Complex<$part> {}
        impl Element for Complex<$part> {
            const DTYPE: Dtype = Dtype::$dtype;
        }
        const _: () = assert!(size_of::<Complex<$part>>() == Dtype::$dtype.size());
        const _: () = assert!(align_of::<Complex<$part>>() == Dtype::$dtype.align());
    )*};
}

complexes! {
    f32: Complex64
    f64: Complex128
}

macro_rules! sizes {
    ($($ty:ident)*) => {$(
        impl Size for $ty {
            fn size(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }
    )*};
}

sizes!(u8 u16 u32 u64);
