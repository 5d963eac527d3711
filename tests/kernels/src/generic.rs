//! Generic kernels: one function, chosen by the dtypes of the arguments.

use kernel_runtime::prelude::*;
use std::ops::{Add, Mul};

/// Adds up, in the type of the elements.
#[kernel((n) -> (), types(T = [i32, f32, f64]))]
pub fn generic_sum<T: Copy + Default + Add<Output = T>>(x: ArrayView1<T>) -> T {
    x.iter().fold(T::default(), |sum, &x| sum + x)
}

/// [`generic_sum`] of one type, to compare with.
#[kernel((n) -> ())]
pub fn fixed_sum(x: ArrayView1<f64>) -> f64 {
    generic_sum(x)
}

/// [`generic_same`] of one type, to compare with.
#[kernel]
pub fn fixed_same(x: f32) -> f32 {
    x
}

/// `a x + y`, in place, and the last of `y` before.
#[kernel((), (n), (n) -> (), types(T = numbers))]
pub fn generic_axpy<T: Copy + Default + Add<Output = T> + Mul<Output = T>>(
    a: T,
    x: ArrayView1<T>,
    mut y: ArrayViewMut1<T>,
) -> Result<T, String> {
    let last = *y.last().ok_or("nothing to add to")?;
    y.zip_mut_with(&x, |y, &x| *y = a * x + *y);
    Ok(last)
}

/// The same values again: of any type, alone, as an array, and how many bytes an element has.
#[kernel((), (..) -> (), (..), (), types(S = [bool, u32, u64, f32], T = [bool, i8, u16, i64, f64]))]
pub fn generic_pair<S: Copy, T: Copy>(s: S, t: ArrayViewD<T>) -> (S, ArrayD<T>, u8) {
    (s, t.to_owned(), size_of::<T>() as u8)
}

/// Sums along an axis, or of all elements, and how many were added; single values where no dimension is left.
#[kernel((..), () -> (..), (..), types(T = [i32, f64]), single)]
pub fn generic_sums<T: Copy + Default + Add<Output = T>>(
    x: ArrayViewD<T>,
    axis: Option<u8>,
) -> (ArrayD<T>, ArrayD<u32>) {
    let sum = |lane: ArrayView1<T>| lane.iter().fold(T::default(), |sum, &x| sum + x);
    let (sums, count) = match axis.map(|axis| Axis(axis.into())) {
        Some(axis) => (x.map_axis(axis, sum), x.len_of(axis)),
        None => (arr0(sum(x.flatten().view())).into_dyn(), x.len()),
    };
    let counts = sums.map(|_| count as u32);
    (sums, counts)
}

/// The first element, a single value.
#[kernel((..) -> (..), types(T = [bool, u64, Complex<f64>]), single)]
pub fn generic_first<T: Default + Copy>(x: ArrayViewD<T>) -> ArrayD<T> {
    let first = x.first().copied();
    arr0(first.unwrap_or_default()).into_dyn()
}

/// A scalar alone.
#[kernel(types(T = [bool, u8, u32, i64, u64, f32]))]
pub fn generic_same<T>(x: T) -> T {
    x
}
