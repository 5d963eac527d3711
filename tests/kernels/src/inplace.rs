//! Kernels that write into their arguments.

use kernel_runtime::prelude::*;

macro_rules! fills {
    ($($ty:ident: $name:ident $dynamic:ident)*) => {$(
        /// Sets every element to `value`.
        #[kernel((n, m), ())]
        pub fn $name(mut x: ArrayViewMut2<$ty>, value: $ty) {
            x.fill(value);
        }

        /// Sets every element of an array of any rank to `value`.
        #[kernel]
        pub fn $dynamic(mut x: ArrayViewMutD<$ty>, value: $ty) {
            x.fill(value);
        }
    )*};
}

fills! {
    bool: fill_bool fill_bool_rd
    i8: fill_i8 fill_i8_rd
    i16: fill_i16 fill_i16_rd
    i32: fill_i32 fill_i32_rd
    i64: fill_i64 fill_i64_rd
    u8: fill_u8 fill_u8_rd
    u16: fill_u16 fill_u16_rd
    u32: fill_u32 fill_u32_rd
    u64: fill_u64 fill_u64_rd
    f32: fill_f32 fill_f32_rd
    f64: fill_f64 fill_f64_rd
}

/// `y += a * x`
#[kernel((), (n), (n))]
pub fn axpy(a: f64, x: ArrayView1<f64>, mut y: ArrayViewMut1<f64>) {
    y.scaled_add(a, &x);
}

/// Swaps the elements of two arrays.
#[kernel((n), (n))]
pub fn swap(mut left: ArrayViewMut1<i32>, mut right: ArrayViewMut1<i32>) {
    Zip::from(&mut left)
        .and(&mut right)
        .for_each(std::mem::swap);
}

/// Doubles in place and returns the sum.
#[kernel((n) -> ())]
pub fn double_and_sum(mut x: ArrayViewMut1<i32>) -> i32 {
    x.mapv_inplace(|value| value * 2);
    x.sum()
}

/// Writes half of `x`, then fails: what was written stays.
#[kernel((n))]
pub fn half_then_fail(mut x: ArrayViewMut1<i32>) -> Result<(), String> {
    let half = x.len() / 2;
    x.slice_mut(s![..half]).fill(7);
    Err(format!("stopped after {half}"))
}

/// Conjugates every element in place.
#[kernel]
pub fn conjugate(mut x: ArrayViewMutD<Complex<f32>>) {
    x.mapv_inplace(|value| value.conj());
}

/// `y` becomes `x`, whatever their strides.
#[kernel((n, m), (n, m))]
pub fn copy_into(x: ArrayView2<f64>, mut y: ArrayViewMut2<f64>) {
    y.assign(&x);
}
