//! Loops over `kernel_runtime::math`: one kernel per function and dtype.

use kernel_runtime::math::{self, Float};
use kernel_runtime::prelude::*;

/// One loop, into memory that nothing else can point to: what a function needs to be vectorised, whatever its size.
fn map<T: Float>(x: ArrayView1<T>, function: impl Fn(T) -> T) -> Array1<T> {
    let x = x.to_slice().expect("packed");
    x.iter().map(|x| function(*x)).collect::<Vec<_>>().into()
}

fn map2<T: Float>(x: ArrayView1<T>, y: ArrayView1<T>, function: impl Fn(T, T) -> T) -> Array1<T> {
    let (x, y) = (x.to_slice().expect("packed"), y.to_slice().expect("packed"));
    let pairs = x.iter().zip(y);
    pairs
        .map(|(x, y)| function(*x, *y))
        .collect::<Vec<_>>()
        .into()
}

macro_rules! kernels {
    ($($function:ident: $f32:ident $f64:ident)*) => {$(
        kernels!(@one $function f32 $f32);
        kernels!(@one $function f64 $f64);
    )*};
    (@one $function:ident $ty:ident $name:ident) => {
        /// One function of every element.
        #[kernel((n) -> (n))]
        pub fn $name(x: ArrayView1<$ty>) -> Array1<$ty> {
            map(x, math::$function)
        }
    };
    (2: $($function:ident: $f32:ident $f64:ident)*) => {$(
        kernels!(@two $function f32 $f32);
        kernels!(@two $function f64 $f64);
    )*};
    (@two $function:ident $ty:ident $name:ident) => {
        /// One function of every pair.
        #[kernel((n), (n) -> (n))]
        pub fn $name(x: ArrayView1<$ty>, y: ArrayView1<$ty>) -> Array1<$ty> {
            map2(x, y, math::$function)
        }
    };
}

kernels! {
    exp: math_exp_f32 math_exp_f64
    exp2: math_exp2_f32 math_exp2_f64
    expm1: math_expm1_f32 math_expm1_f64
    ln: math_ln_f32 math_ln_f64
    log2: math_log2_f32 math_log2_f64
    log10: math_log10_f32 math_log10_f64
    log1p: math_log1p_f32 math_log1p_f64
    sin: math_sin_f32 math_sin_f64
    cos: math_cos_f32 math_cos_f64
    tan: math_tan_f32 math_tan_f64
    asin: math_asin_f32 math_asin_f64
    acos: math_acos_f32 math_acos_f64
    atan: math_atan_f32 math_atan_f64
    sinh: math_sinh_f32 math_sinh_f64
    cosh: math_cosh_f32 math_cosh_f64
    tanh: math_tanh_f32 math_tanh_f64
    cbrt: math_cbrt_f32 math_cbrt_f64
    erf: math_erf_f32 math_erf_f64
    sigmoid: math_sigmoid_f32 math_sigmoid_f64
}

kernels! {
    2:
    atan2: math_atan2_f32 math_atan2_f64
    pow: math_pow_f32 math_pow_f64
    hypot: math_hypot_f32 math_hypot_f64
}

macro_rules! sums {
    ($($ty:ident: $sum:ident $squares:ident $dot:ident $distance:ident)*) => {$(
        /// The sum of all elements.
        #[kernel((n) -> ())]
        pub fn $sum(x: ArrayView1<$ty>) -> $ty {
            math::sum(&x)
        }

        /// The sum of all squares.
        #[kernel((n) -> ())]
        pub fn $squares(x: ArrayView1<$ty>) -> $ty {
            math::sum_of_squares(&x)
        }

        /// The inner product.
        #[kernel((n), (n) -> ())]
        pub fn $dot(x: ArrayView1<$ty>, y: ArrayView1<$ty>) -> $ty {
            math::dot(&x, &y)
        }

        /// The squared distance.
        #[kernel((n), (n) -> ())]
        pub fn $distance(x: ArrayView1<$ty>, y: ArrayView1<$ty>) -> $ty {
            math::squared_distance(&x, &y)
        }
    )*};
}

sums! {
    f32: math_sum_f32 math_sum_of_squares_f32 math_dot_f32 math_squared_distance_f32
    f64: math_sum_f64 math_sum_of_squares_f64 math_dot_f64 math_squared_distance_f64
}
