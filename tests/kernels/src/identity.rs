//! What goes in comes out: every dtype at every rank.

use kernel_runtime::prelude::*;

macro_rules! identities {
    ($($ty:ty => $r0:ident $r1:ident $r2:ident $r3:ident $r4:ident $r5:ident $r6:ident $rd:ident)*) => {$(
        identities!(@one $ty, $r0 ArrayView0 Array0);
        identities!(@one $ty, $r1 ArrayView1 Array1);
        identities!(@one $ty, $r2 ArrayView2 Array2);
        identities!(@one $ty, $r3 ArrayView3 Array3);
        identities!(@one $ty, $r4 ArrayView4 Array4);
        identities!(@one $ty, $r5 ArrayView5 Array5);
        identities!(@one $ty, $r6 ArrayView6 Array6);
        identities!(@one $ty, $rd ArrayViewD ArrayD);
    )*};
    (@one $ty:ty, $name:ident $view:ident $array:ident) => {
        /// The same array again.
        #[kernel]
        pub fn $name(x: $view<$ty>) -> $array<$ty> {
            x.to_owned()
        }
    };
}

identities! {
    bool => same_bool_r0 same_bool_r1 same_bool_r2 same_bool_r3 same_bool_r4 same_bool_r5 same_bool_r6 same_bool_rd
    i8 => same_i8_r0 same_i8_r1 same_i8_r2 same_i8_r3 same_i8_r4 same_i8_r5 same_i8_r6 same_i8_rd
    i16 => same_i16_r0 same_i16_r1 same_i16_r2 same_i16_r3 same_i16_r4 same_i16_r5 same_i16_r6 same_i16_rd
    i32 => same_i32_r0 same_i32_r1 same_i32_r2 same_i32_r3 same_i32_r4 same_i32_r5 same_i32_r6 same_i32_rd
    i64 => same_i64_r0 same_i64_r1 same_i64_r2 same_i64_r3 same_i64_r4 same_i64_r5 same_i64_r6 same_i64_rd
    u8 => same_u8_r0 same_u8_r1 same_u8_r2 same_u8_r3 same_u8_r4 same_u8_r5 same_u8_r6 same_u8_rd
    u16 => same_u16_r0 same_u16_r1 same_u16_r2 same_u16_r3 same_u16_r4 same_u16_r5 same_u16_r6 same_u16_rd
    u32 => same_u32_r0 same_u32_r1 same_u32_r2 same_u32_r3 same_u32_r4 same_u32_r5 same_u32_r6 same_u32_rd
    u64 => same_u64_r0 same_u64_r1 same_u64_r2 same_u64_r3 same_u64_r4 same_u64_r5 same_u64_r6 same_u64_rd
    f32 => same_f32_r0 same_f32_r1 same_f32_r2 same_f32_r3 same_f32_r4 same_f32_r5 same_f32_r6 same_f32_rd
    f64 => same_f64_r0 same_f64_r1 same_f64_r2 same_f64_r3 same_f64_r4 same_f64_r5 same_f64_r6 same_f64_rd
    Complex<f32> => same_c64_r0 same_c64_r1 same_c64_r2 same_c64_r3 same_c64_r4 same_c64_r5 same_c64_r6 same_c64_rd
    Complex<f64> => same_c128_r0 same_c128_r1 same_c128_r2 same_c128_r3 same_c128_r4 same_c128_r5 same_c128_r6 same_c128_rd
}
