use crate::support::*;
use kernel_runtime::__private::ufunc::{Loop, Op};
use kernel_schema::abi::{status, ufunc as form};
use std::ptr::null_mut;

ops! {
    Add(a: f32, b: f32) -> f32 { a + b }
    Sub(a: i16, b: i16) -> i16 { a.wrapping_sub(b) }
    NoSeven(a: i32, b: i32) -> i32 { assert!(b != 7, "seven"); a + b }
}

static ADD: Loop = Loop::fold::<Add>(Some(0.0), true);
static SUB: Loop = Loop::fold::<Sub>(None, false);
static NO_SEVEN: Loop = Loop::fold::<NoSeven>(None, true);

/// A length that takes several buffers of int16.
const SOME_CHUNKS: usize = if cfg!(miri) { 300 } else { 5000 };

/// Index by index.
fn prefixes<O: Op<Args = (T, T), Output = T>, T: Value>(
    shape: &[usize],
    axis: usize,
    values: &[T],
) -> Vec<T> {
    let step = row_major(shape)[axis] as usize;
    let mut results = values.to_vec();
    for at in 0..results.len() {
        if !(at / step).is_multiple_of(shape[axis]) {
            results[at] = O::apply((results[at - step], values[at]));
        }
    }
    results
}

fn check<O: Op<Args = (T, T), Output = T>, T: Value>(
    table: &'static Loop,
    random: &mut Random,
    shape: &[usize],
    axis: usize,
) {
    let operand = operand::<T>(random, shape, true);
    check_operand::<O, T>(table, random, &operand, axis);
}

fn check_operand<O: Op<Args = (T, T), Output = T>, T: Value>(
    table: &'static Loop,
    random: &mut Random,
    (array, values): &(Laid, Vec<T>),
    axis: usize,
) {
    let shape = &array.array.shape()[..];
    let expected = prefixes::<O, T>(shape, axis, values);
    let what = format!("{shape:?} along {axis}, {:?}", array.array.strides());
    // SAFETY: U1; A1, A2, A4.
    let result = unsafe { crate::support::accumulate(table, array.array.0, axis, null_mut()) };
    assert_eq!(take_status().0, status::OK);
    let result = Array(result);
    assert_eq!(
        (result.shape(), result.strides()),
        (shape.to_vec(), row_major(shape))
    );
    assert_eq!(result.values::<T>(), expected, "{what}");

    let out = Array::scattered(random, shape, values);
    // The second time, in place.
    for (input, expected) in [
        (&array.array, expected.clone()),
        (&out.array, prefixes::<O, T>(shape, axis, &expected)),
    ] {
        // SAFETY: U1; A1, A2, A4.
        let result = unsafe { crate::support::accumulate(table, input.0, axis, out.array.0) };
        assert!(result.is_null());
        assert_eq!(take_status().0, status::OK);
        assert_eq!(
            out.array.values::<T>(),
            expected,
            "{what} into {:?}",
            out.array.strides()
        );
    }
}

#[test]
fn random_shapes_layouts_and_axes() {
    let _lock = area_lock();
    for (seed, mut random) in seeds(100) {
        let rank = 1 + random.below(5);
        let mut shape = random.shape(rank, [0, SOME_CHUNKS, 90, 20, 9, 5][rank]);
        if random.one_in(10) {
            shape[random.below(rank)] = 0;
        }
        let _seed = Seed(seed, shape.clone());
        let axis = random.below(rank);
        check::<Add, f32>(&ADD, &mut random, &shape, axis);
        check::<Sub, i16>(&SUB, &mut random, &shape, axis);
    }
}

#[test]
fn empty_backward_and_stretched_views() {
    let _lock = area_lock();
    let mut random = Random::new(1);
    for axis in [0, 1] {
        for operand in extremes(&mut random) {
            check_operand::<Add, f32>(&ADD, &mut random, &operand, axis);
        }
        for operand in extremes(&mut random) {
            check_operand::<Sub, i16>(&SUB, &mut random, &operand, axis);
        }
    }
}

#[test]
fn any_number_of_threads_leaves_the_same_bits() {
    let _lock = area_lock();
    for (seed, mut random) in seeds(2) {
        for shape in [
            &[50_000][..],
            &[300, 170],
            &[7, 9000],
            &[9000, 7],
            &[30, 40, 50],
        ] {
            let shape = sized(shape, 140);
            let _seed = Seed(seed, shape.clone());
            for axis in 0..shape.len() {
                for &threads in THREADS {
                    with_threads(threads, || {
                        check::<Add, f32>(&ADD, &mut random, &shape, axis)
                    });
                }
            }
        }
    }
}

#[test]
fn all_elements_at_once() {
    let _lock = area_lock();
    for (seed, mut random) in seeds(100) {
        let rank = random.below(5);
        let mut shape = random.shape(rank, [0, SOME_CHUNKS, 90, 20, 9][rank]);
        if rank > 0 && random.one_in(10) {
            shape[random.below(rank)] = 0;
        }
        let _seed = Seed(seed, shape.clone());
        let (array, values) = operand::<f32>(&mut random, &shape, true);
        let total = [values.len()];
        let expected = prefixes::<Add, f32>(&total, 0, &values);
        let flat = form::FLAT as usize;
        let out = Array::scattered(&mut random, &total, &values);
        // Into a new array, into one that is given, and in place.
        for (input, to) in [
            (array.array.0, null_mut()),
            (array.array.0, out.array.0),
            (out.array.0, out.array.0),
        ] {
            // SAFETY: U1; A1, A2, A4.
            let result = unsafe { crate::support::accumulate(&ADD, input, flat, to) };
            assert_eq!(take_status().0, status::OK);
            assert_eq!(result.is_null(), !to.is_null());
            if to.is_null() {
                let result = Array(result);
                assert_eq!(result.shape(), total);
                assert_eq!(result.values::<f32>(), expected);
            } else if input != to {
                assert_eq!(out.array.values::<f32>(), expected);
            } else {
                let expected = prefixes::<Add, f32>(&total, 0, &expected);
                assert_eq!(out.array.values::<f32>(), expected);
            }
        }
    }
}

#[test]
fn overlap_and_panics_are_refused() {
    let _lock = area_lock();
    let base = Array::new(&[5], &[1, 2, 3, 4, 7]);
    let low = base.view(0, &[4], &[1]);
    let high = base.view(1, &[4], &[1]);
    // SAFETY: U1; A1, A2, A4.
    let accumulate =
        |array: &Array, out| unsafe { crate::support::accumulate(&NO_SEVEN, array.0, 0, out) };
    let (code, detail) = refusal(accumulate(&low, high.0));
    assert_eq!((code, &detail[..2]), (status::ALIAS, &[1.0, 0.0][..]));
    assert!(accumulate(&high, null_mut()).is_null());
    let (code, _, text) = take_status();
    assert_eq!((code, text.as_str()), (status::PANIC, "seven"));
    let sums = Array(accumulate(&low, null_mut()));
    assert_eq!(
        (take_status().0, sums.values::<i32>()),
        (status::OK, vec![1, 3, 6, 10])
    );
}
