//! Order: sorted, searched, without repetitions.

use crate::Error;
use crate::elements::array_of;
use crate::lanes::{Key, Lanes, converted, sorted};
use kernel_runtime::prelude::*;

/// A copy, sorted along an axis, by default the last one. NaN comes last.
///
/// # Errors
///
/// Where the axis does not exist.
#[kernel((..), () -> (..), types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]))]
pub fn sort<T: Key>(a: ArrayViewD<T>, axis: Option<i32>) -> Result<ArrayD<T>, Error> {
    let lanes = Lanes::new(a, axis, T::key)?;
    let keys = lanes.map(&|lane| sorted(lane.to_vec()));
    Ok(lanes.restore(values_of(&keys), lanes.len))
}

#[inline(never)]
fn values_of<T: Key>(keys: &[u64]) -> Vec<T> {
    keys.iter().map(|&key| T::from_key(key)).collect()
}

/// The indices that sort along an axis, by default the last one; those of equal elements are in order. NaN comes last.
///
/// # Errors
///
/// Where the axis does not exist.
#[kernel((..), () -> (..), types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]))]
pub fn argsort<T: Key>(a: ArrayViewD<T>, axis: Option<i32>) -> Result<ArrayD<i32>, Error> {
    let lanes = Lanes::new(a, axis, T::rank)?;
    let places = lanes.map(&|lane| {
        let pairs = sorted_pairs(lane).into_iter();
        pairs.map(|(_, place)| place as i32).collect()
    });
    Ok(lanes.restore(places, lanes.len))
}

/// Each key with its place, so that no two are the same.
fn sorted_pairs(keys: &[u64]) -> Vec<(u64, u32)> {
    let mut pairs: Vec<_> = keys.iter().copied().zip(0..).collect();
    pairs.sort_unstable();
    pairs
}

/// Where the elements of `v` would be inserted in `a`, which is sorted, to keep it so: before what is equal, or behind if `right`.
#[kernel((n), (..), () -> (..), single, types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]))]
pub fn searchsorted<T: Key>(
    a: ArrayView1<T>,
    v: ArrayViewD<T>,
    right: Option<bool>,
) -> ArrayD<i32> {
    let sorted = converted(&a.into_dyn(), T::rank);
    let wanted = converted(&v, T::rank);
    let places = places_in(&sorted, &wanted, right == Some(true));
    array_of(v.shape().to_vec(), places)
}

fn places_in(sorted: &[u64], wanted: &[u64], right: bool) -> Vec<i32> {
    let place = |&key: &u64| match right {
        true => sorted.partition_point(|&other| other <= key),
        false => sorted.partition_point(|&other| other < key),
    };
    wanted.iter().map(|key| place(key) as i32).collect()
}

/// The elements without repetitions, sorted. NaN is there once at most.
#[kernel((..) -> (_), types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]))]
pub fn unique<T: Key>(ar: ArrayViewD<T>) -> Array1<T> {
    let mut keys = sorted(converted(&ar, T::rank));
    keys.dedup();
    values_of(&keys).into()
}

/// The elements without repetitions, sorted; and how often each is there. Each NaN is one of its own.
#[kernel((..) -> (_), (_), types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]))]
pub fn unique_counts<T: Key>(x: ArrayViewD<T>) -> (Array1<T>, Array1<i32>) {
    let unique = Unique::new(&converted(&x, T::rank), T::NAN);
    (values_of(&unique.keys).into(), unique.counts.into())
}

/// The elements without repetitions, sorted; and where among these each element is. Each NaN is one of its own.
#[kernel((..) -> (_), (..), types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]))]
pub fn unique_inverse<T: Key>(x: ArrayViewD<T>) -> (Array1<T>, ArrayD<i32>) {
    let unique = Unique::new(&converted(&x, T::rank), T::NAN);
    (
        values_of(&unique.keys).into(),
        array_of(x.shape().to_vec(), unique.inverse),
    )
}

/// The elements without repetitions, sorted; the index of the first of each; where among these each element is; and how often each is
/// there. Each NaN is one of its own.
#[kernel((..) -> (_), (_), (..), (_), types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64, f32, f64]))]
pub fn unique_all<T: Key>(x: ArrayViewD<T>) -> (Array1<T>, Array1<i32>, ArrayD<i32>, Array1<i32>) {
    let unique = Unique::new(&converted(&x, T::rank), T::NAN);
    (
        values_of(&unique.keys).into(),
        unique.first.into(),
        array_of(x.shape().to_vec(), unique.inverse),
        unique.counts.into(),
    )
}

/// What is known of elements without repetitions.
#[derive(Default)]
struct Unique {
    keys: Vec<u64>,
    first: Vec<i32>,
    counts: Vec<i32>,
    inverse: Vec<i32>,
}

impl Unique {
    /// `nan`: whether the largest key differs from itself.
    fn new(keys: &[u64], nan: bool) -> Unique {
        let mut unique = Unique {
            inverse: vec![0; keys.len()],
            ..Unique::default()
        };
        for (key, place) in sorted_pairs(keys) {
            let again = unique.keys.last() == Some(&key) && !(nan && key == u64::MAX);
            if !again {
                unique.keys.push(key);
                unique.first.push(place as i32);
                unique.counts.push(0);
            }
            let last = unique.counts.len() - 1;
            unique.counts[last] += 1;
            unique.inverse[place as usize] = last as i32;
        }
        unique
    }
}
