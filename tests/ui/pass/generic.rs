//! Generic kernels: instances for the product of the lists, bounds, lifetimes and where clauses as anywhere.
#![deny(warnings)]
#![forbid(unsafe_code)]

use kernel_runtime::prelude::*;
use std::ops::{Add, Mul};

#[kernel((n) -> (), types(T = numbers))]
fn sum<T: Copy + Default + Add<Output = T>>(x: ArrayView1<T>) -> T {
    x.iter().fold(T::default(), |sum, &x| sum + x)
}

#[kernel((), (n), (n) -> (n), types(T = [i32, f32, f64]))]
pub fn axpy<T: LinalgScalar>(a: T, x: ArrayView1<T>, y: ArrayView1<T>) -> Array1<T> {
    x.mapv(|x| a * x) + y
}

#[kernel((), (.., n), (n) -> (), (), (), (), types(T = [i32, f64], U = floats))]
fn several<'a, U, T>(
    a: T,
    x: ArrayViewD<'a, U>,
    mut y: ArrayViewMut1<'_, T>,
) -> Result<(Array0<U>, T, u8, U), String>
where
    T: Copy + Mul<Output = T>,
    U: Copy,
{
    y.map_inplace(|y| *y = *y * a);
    let first = *x.first().ok_or("empty")?;
    Ok((arr0(first), a, 1, first))
}

#[kernel(types(T = [bool]))]
fn single<T>(x: T) -> T {
    x
}

macro_rules! captured {
    ($ty:ty, $family:ident) => {
        #[kernel(types(T = [$ty, i8], U = $family))]
        fn of_macro<T, U>(x: T, _y: U) -> T {
            x
        }
    };
}

captured!(f32, signed);

fn main() {
    assert_eq!(sum(arr1(&[1, 2]).view()), 3);
    let mut y = arr1(&[2.0]);
    assert!(several(2.0, arr1(&[1.0_f32]).view().into_dyn(), y.view_mut()).is_ok());
    assert!(single(true));
    assert_eq!(of_macro(1_i8, 2_i8), 1);
}
