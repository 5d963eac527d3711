//! Functions that NumPy has too, under NumPy's names: `tests/js/numpy.test.mjs` compares the two.

use crate::arithmetic::{Arithmetic, Integer, Magnitude, Order, Quotient};
use kernel_runtime::ndarray::{concatenate, stack};
use kernel_runtime::prelude::*;
use std::ops::{BitAnd, BitOr, BitXor, Not};

/// `np.add`
#[ufunc(types(T = elements), identity = 0)]
pub fn np_add<T: Arithmetic>(a: T, b: T) -> T {
    a.plus(b)
}

/// `np.subtract`
#[ufunc(types(T = [i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, Complex<f32>, Complex<f64>]))]
pub fn np_subtract<T: Arithmetic>(a: T, b: T) -> T {
    a.minus(b)
}

/// `np.multiply`
#[ufunc(types(T = elements), identity = 1)]
pub fn np_multiply<T: Arithmetic>(a: T, b: T) -> T {
    a.times(b)
}

/// `np.divide`, of what is no integer.
#[ufunc(types(T = [f32, f64, Complex<f32>, Complex<f64>]))]
pub fn np_divide<T: Quotient>(a: T, b: T) -> T {
    a.over(b)
}

/// `np.true_divide` of integers.
#[ufunc(types(T = [i32, u32, i64, u64]))]
pub fn np_true_divide<T: Integer>(a: T, b: T) -> f64 {
    a.to_f64() / b.to_f64()
}

/// `np.maximum`: NaN if there is one.
#[ufunc(types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]), reorderable)]
pub fn np_maximum<T: Order>(a: T, b: T) -> T {
    if a >= b || a.is_nan() { a } else { b }
}

/// `np.minimum`: NaN if there is one.
#[ufunc(types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]), reorderable)]
pub fn np_minimum<T: Order>(a: T, b: T) -> T {
    if a <= b || a.is_nan() { a } else { b }
}

/// `np.clip`
#[ufunc(types(T = numbers))]
pub fn np_clip<T: Order>(x: T, low: T, high: T) -> T {
    np_minimum(np_maximum(x, low), high)
}

/// `np.less`
#[ufunc(types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]))]
pub fn np_less<T: PartialOrd>(a: T, b: T) -> bool {
    a < b
}

/// `np.greater_equal`
#[ufunc(types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]))]
pub fn np_greater_equal<T: PartialOrd>(a: T, b: T) -> bool {
    a >= b
}

/// `np.not_equal`
#[ufunc(types(T = elements))]
pub fn np_not_equal<T: PartialEq>(a: T, b: T) -> bool {
    a != b
}

/// `np.equal`
#[ufunc(types(T = elements))]
pub fn np_equal<T: PartialEq>(a: T, b: T) -> bool {
    a == b
}

/// `np.bitwise_and`
#[ufunc(types(T = integers), identity = -1)]
pub fn np_bitwise_and<T: BitAnd<Output = T>>(a: T, b: T) -> T {
    a & b
}

/// `np.bitwise_or`
#[ufunc(types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64]), identity = 0)]
pub fn np_bitwise_or<T: BitOr<Output = T>>(a: T, b: T) -> T {
    a | b
}

/// `np.bitwise_xor`
#[ufunc(types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64]), identity = 0)]
pub fn np_bitwise_xor<T: BitXor<Output = T>>(a: T, b: T) -> T {
    a ^ b
}

/// `np.invert`
#[ufunc(types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64]))]
pub fn np_invert<T: Not<Output = T>>(x: T) -> T {
    !x
}

/// `np.left_shift`
#[ufunc(types(T = integers))]
pub fn np_left_shift<T: Integer>(a: T, b: T) -> T {
    a.shift_left(b)
}

/// `np.right_shift`
#[ufunc(types(T = integers))]
pub fn np_right_shift<T: Integer>(a: T, b: T) -> T {
    a.shift_right(b)
}

/// `np.logical_and`
#[ufunc(identity = 1)]
pub fn np_logical_and(a: bool, b: bool) -> bool {
    a && b
}

/// `np.negative`
#[ufunc(types(T = [i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, Complex<f32>, Complex<f64>]))]
pub fn np_negative<T: Arithmetic>(x: T) -> T {
    x.negated()
}

/// `np.absolute`
#[ufunc(types(T = [i8, i16, i32, i64, f32, f64]))]
pub fn np_absolute<T: Magnitude>(x: T) -> T {
    x.magnitude()
}

/// `np.sqrt`
#[ufunc(types(T = floats))]
pub fn np_sqrt<T: NdFloat>(x: T) -> T {
    x.sqrt()
}

/// `np.trunc`
#[ufunc(types(T = floats))]
pub fn np_trunc<T: NdFloat>(x: T) -> T {
    x.trunc()
}

/// `np.floor`
#[ufunc(types(T = floats))]
pub fn np_floor<T: NdFloat>(x: T) -> T {
    x.floor()
}

/// `np.isnan`
#[ufunc(types(T = floats))]
pub fn np_isnan<T: NdFloat>(x: T) -> bool {
    x.is_nan()
}

/// `np.where`
#[ufunc(types(T = elements))]
pub fn np_where<T>(condition: bool, a: T, b: T) -> T {
    if condition { a } else { b }
}

/// `a * b + c * d`
#[ufunc(types(T = [i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, Complex<f32>, Complex<f64>]))]
pub fn np_multiply_add<T: Arithmetic>(a: T, b: T, c: T, d: T) -> T {
    a.times(b).plus(c.times(d))
}

/// `np.flip(x, -1)`
#[kernel((.., n) -> (.., n), types(T = elements))]
pub fn np_flip<T: Copy>(x: ArrayViewD<T>) -> ArrayD<T> {
    let last = Axis(x.ndim() - 1);
    let mut flipped = x;
    flipped.invert_axis(last);
    flipped.to_owned()
}

/// `y[...] = x`
#[kernel((..), (..), types(T = elements))]
pub fn np_assign<T: Copy>(x: ArrayViewD<T>, mut y: ArrayViewMutD<T>) -> Result<(), String> {
    let x = x.broadcast(y.raw_dim()).ok_or("`x` does not fit")?;
    y.assign(&x);
    Ok(())
}

/// `np.add.accumulate(x, -1, out=x)`
#[kernel((.., n), types(T = numbers))]
pub fn np_cumsum<T: Arithmetic>(mut x: ArrayViewMutD<T>) {
    let last = Axis(x.ndim() - 1);
    for mut lane in x.lanes_mut(last) {
        for i in 1..lane.len() {
            lane[i] = lane[i - 1].plus(lane[i]);
        }
    }
}

/// `np.multiply(x, a, out=x)`
#[kernel((), (..), types(T = numbers))]
pub fn np_scale<T: Arithmetic>(a: T, mut x: ArrayViewMutD<T>) {
    x.mapv_inplace(|x| x.times(a));
}

/// `a @ b` of matrices.
#[kernel((n, k), (k, m) -> (n, m), types(T = numbers))]
pub fn np_matmul<T: Arithmetic + Default>(a: ArrayView2<T>, b: ArrayView2<T>) -> Array2<T> {
    Array2::from_shape_fn((a.nrows(), b.ncols()), |(i, j)| {
        let products = a.row(i).into_iter().zip(b.column(j));
        products.fold(T::default(), |sum, (&a, &b)| sum.plus(a.times(b)))
    })
}

/// `np.diff(x)`
#[kernel((.., n) -> (.., n - 1), types(T = numbers))]
pub fn np_diff<T: Arithmetic>(x: ArrayViewD<T>) -> ArrayD<T> {
    let last = Axis(x.ndim() - 1);
    let before = x.slice_axis(last, (..-1).into());
    let after = x.slice_axis(last, (1..).into());
    Zip::from(&after)
        .and(&before)
        .map_collect(|&after, &before| after.minus(before))
}

/// `np.cross(a, b)` of rows.
#[kernel((n, 3), (n, 3) -> (n, 3), types(T = numbers))]
pub fn np_cross<T: Arithmetic>(a: ArrayView2<T>, b: ArrayView2<T>) -> Array2<T> {
    Array2::from_shape_fn(a.dim(), |(row, axis)| {
        let [i, j] = [(axis + 1) % 3, (axis + 2) % 3];
        let forth = a[[row, i]].times(b[[row, j]]);
        forth.minus(a[[row, j]].times(b[[row, i]]))
    })
}

/// `x.max(axis=1), x.max(axis=0)`
#[kernel((n, m) -> (n), (m), types(T = numbers))]
pub fn np_max_both<T: Order + Copy>(x: ArrayView2<T>) -> Result<(Array1<T>, Array1<T>), String> {
    if x.is_empty() {
        return Err("nothing to compare".to_owned());
    }
    let largest = |lane: ArrayView1<T>| lane.iter().copied().reduce(np_maximum).expect("not empty");
    Ok((x.map_axis(Axis(1), largest), x.map_axis(Axis(0), largest)))
}

/// An axis, negative from the end.
fn axis_of(axis: i32, rank: usize) -> Result<Axis, String> {
    let rank = rank as i32;
    match if axis < 0 { axis + rank } else { axis } {
        own if (0..rank).contains(&own) => Ok(Axis(own as usize)),
        _ => Err(format!("axis {axis} of {rank}")),
    }
}

/// `np.concatenate(arrays, axis)`
#[kernel((..), () -> (..), types(T = elements))]
pub fn np_concatenate<T: Copy>(arrays: &[ArrayViewD<T>], axis: i32) -> Result<ArrayD<T>, String> {
    let first = arrays.first().ok_or("no arrays")?;
    // ndarray 0.17.2 panics.
    if arrays.iter().any(|array| array.ndim() != first.ndim()) {
        return Err("arrays of different dimensions".to_owned());
    }
    concatenate(axis_of(axis, first.ndim())?, arrays).map_err(|error| error.to_string())
}

/// `np.stack(arrays, axis)`
#[kernel((..), () -> (..), types(T = elements))]
pub fn np_stack<T: Copy>(arrays: &[ArrayViewD<T>], axis: i32) -> Result<ArrayD<T>, String> {
    let first = arrays.first().ok_or("no arrays")?;
    stack(axis_of(axis, first.ndim() + 1)?, arrays).map_err(|error| error.to_string())
}

/// `np.split(x, sections, axis)`
#[kernel((..), (), () -> (..), types(T = elements))]
pub fn np_split<T: Copy>(
    x: ArrayViewD<T>,
    sections: i32,
    axis: i32,
) -> Result<Vec<ArrayD<T>>, String> {
    let axis = axis_of(axis, x.ndim())?;
    let size = x.len_of(axis);
    let sections = usize::try_from(sections).map_err(|error| error.to_string())?;
    if sections == 0 || !size.is_multiple_of(sections) {
        return Err(format!("{size} in {sections}"));
    }
    let part = (size / sections) as isize;
    let parts = (0..sections as isize).map(|i| (i * part..(i + 1) * part).into());
    Ok(parts
        .map(|part| x.slice_axis(axis, part).to_owned())
        .collect())
}

/// `np.broadcast_arrays(*arrays)`
#[kernel((..) -> (..), types(T = elements))]
pub fn np_broadcast_arrays<T: Copy>(
    arrays: &[ArrayViewD<T>],
) -> Result<Vec<ArrayD<T>>, &'static str> {
    let ranks = arrays.iter().map(|array| array.ndim());
    let mut shape = vec![1; ranks.max().unwrap_or(0)];
    for array in arrays {
        for (all, &own) in shape.iter_mut().rev().zip(array.shape().iter().rev()) {
            if *all == 1 {
                *all = own;
            }
        }
    }
    let stretch = |array: &ArrayViewD<T>| Some(array.broadcast(&shape[..])?.to_owned());
    let stretched = arrays.iter().map(stretch).collect::<Option<_>>();
    stretched.ok_or("the shapes do not fit")
}

/// `np.add(out, x, out=out)` for each array `x`.
#[kernel((..), (..), types(T = elements))]
pub fn np_add_all<T: Arithmetic>(
    arrays: &[ArrayViewD<T>],
    mut out: ArrayViewMutD<T>,
) -> Result<(), &'static str> {
    for array in arrays {
        let array = array
            .broadcast(out.raw_dim())
            .ok_or("an array does not fit")?;
        out.zip_mut_with(&array, |sum, &x| *sum = sum.plus(x));
    }
    Ok(())
}
