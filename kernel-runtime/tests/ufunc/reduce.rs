use crate::support::*;
use kernel_runtime::__private::RawArray;
use kernel_runtime::__private::ufunc::{Loop, Op};
use kernel_schema::abi::status;
use std::ptr::null_mut;

ops! {
    Add(a: f32, b: f32) -> f32 { a + b }
    AddExact(a: i64, b: i64) -> i64 { a.wrapping_add(b) }
    MulByte(a: u8, b: u8) -> u8 { a.wrapping_mul(b | 1) }
    Max(a: f64, b: f64) -> f64 { a.max(b) }
    Or(a: bool, b: bool) -> bool { a | b }
    Sub(a: f64, b: f64) -> f64 { a - b }
    NoSeven(a: i32, b: i32) -> i32 { assert!(a != 7 && b != 7, "seven"); a + b }
}

static ADD: Loop = Loop::fold::<Add>(Some(0.0), true);
static ADD_EXACT: Loop = Loop::fold::<AddExact>(Some(0), true);
static MUL_BYTE: Loop = Loop::fold::<MulByte>(None, true);
static MAX: Loop = Loop::fold::<Max>(None, true);
static OR: Loop = Loop::fold::<Or>(Some(false), true);
static SUB: Loop = Loop::fold::<Sub>(None, false);
static NO_SEVEN: Loop = Loop::fold::<NoSeven>(Some(0), true);

struct Request<'a> {
    axes: &'a [usize],
    keepdims: bool,
    initial: Option<&'a Array>,
    out: Option<&'a Array>,
}

/// All axes, nothing special.
const PLAIN: Request<'static> = Request {
    axes: &[0],
    keepdims: false,
    initial: None,
    out: None,
};

fn reduce(table: &'static Loop, array: &Array, request: &Request<'_>) -> RawArray {
    let mask = request.axes.iter().fold(0, |mask, axis| mask | 1 << axis);
    let [initial, out] = [request.initial, request.out].map(|it| it.map_or(null_mut(), |it| it.0));
    // SAFETY: U1; A1, A2, A4.
    unsafe { crate::support::reduce(table, array.0, mask, request.keepdims, initial, out) }
}

fn reduced(table: &'static Loop, array: &Array, request: &Request<'_>) -> Array {
    let result = reduce(table, array, request);
    assert_eq!(take_status().0, status::OK);
    assert!(!result.is_null());
    Array(result)
}

/// The tree that `pairwise.rs` describes, as plainly as it can be written.
fn tree<O: Op<Args = (T, T), Output = T>, T: Value>(x: &[T]) -> T {
    let width = if size_of::<T>() <= 4 { 16 } else { 8 };
    let block = if cfg!(miri) { 4 * width } else { 128 };
    if x.len() > block {
        let (first, rest) = x.split_at(x.len().div_ceil(2).next_multiple_of(block));
        return O::apply((tree::<O, T>(first), tree::<O, T>(rest)));
    }
    let own = |j| x.iter().copied().skip(j).step_by(width).collect::<Vec<T>>();
    let mut acc: Vec<T> = (0..width.min(x.len()))
        .map(|j| from_left::<O, T>(&own(j)))
        .collect();
    while acc.len() > 1 {
        let half = acc.len().div_ceil(2);
        let folded = (0..half).map(|i| match acc.get(i + half) {
            Some(&other) => O::apply((acc[i], other)),
            None => acc[i],
        });
        acc = folded.collect();
    }
    acc[0]
}

fn from_left<O: Op<Args = (T, T), Output = T>, T: Value>(x: &[T]) -> T {
    let folded = x.iter().copied().reduce(|a, b| O::apply((a, b)));
    folded.expect("an element")
}

/// A length that takes several blocks.
const SOME_BLOCKS: usize = if cfg!(miri) { 300 } else { 9000 };

/// What is combined into each element of the result, in logical order.
fn groups<T: Value>(shape: &[usize], axes: &[usize], values: &[T]) -> Vec<Vec<T>> {
    let strides = row_major(shape);
    let part = |reduced: bool| {
        let part = (0..shape.len()).filter(|axis| axes.contains(axis) == reduced);
        let (sizes, steps): (Vec<_>, Vec<_>) =
            part.map(|axis| (shape[axis], strides[axis])).unzip();
        offsets(&sizes, &steps)
    };
    let inner = part(true);
    let group = |outer| inner.iter().map(move |at| values[(outer + at) as usize]);
    part(false)
        .into_iter()
        .map(|outer| group(outer).collect())
        .collect()
}

fn shape_after(shape: &[usize], axes: &[usize], keepdims: bool) -> Vec<usize> {
    let each = shape.iter().enumerate();
    let kept = each.filter_map(|(axis, &size)| match axes.contains(&axis) {
        true => keepdims.then_some(1),
        false => Some(size),
    });
    kept.collect()
}

/// Any layout, with and without an initial value, into a new array and into one of any layout: always the bits of `meaning`.
fn check<O: Op<Args = (T, T), Output = T>, T: Value>(
    table: &'static Loop,
    random: &mut Random,
    (shape, axes): (&[usize], &[usize]),
    reorderable: bool,
    meaning: fn(&[T]) -> T,
) {
    let operand = operand::<T>(random, shape, true);
    check_operand::<O, T>(table, random, (&operand, axes), reorderable, meaning);
}

fn check_operand<O: Op<Args = (T, T), Output = T>, T: Value>(
    table: &'static Loop,
    random: &mut Random,
    ((array, values), axes): (&(Laid, Vec<T>), &[usize]),
    reorderable: bool,
    meaning: fn(&[T]) -> T,
) {
    let keepdims = random.one_in(2);
    let shape = &array.array.shape()[..];
    let groups = groups(shape, axes, values);
    let results: Vec<T> = groups.iter().map(|group| meaning(group)).collect();
    let result_shape = shape_after(shape, axes, keepdims);
    let mut request = Request {
        axes,
        keepdims,
        ..PLAIN
    };
    let what = format!("{shape:?} over {axes:?}, {:?}", array.array.strides());
    let result = reduced(table, &array.array, &request);
    assert_eq!(result.shape(), result_shape);
    assert_eq!(result.strides(), row_major(&result_shape));
    assert_eq!(result.values::<T>(), results, "{what}");

    let zeros = vec![T::random(random); results.len()];
    let out = Array::scattered(random, &result_shape, &zeros);
    request.out = Some(&out.array);
    assert!(reduce(table, &array.array, &request).is_null());
    assert_eq!(take_status().0, status::OK);
    assert_eq!(out.array.values::<T>(), results, "{what}");

    let initial = T::random(random);
    let first = Array::new(&[], &[initial]);
    request.initial = Some(&first);
    request.out = None;
    let result = reduced(table, &array.array, &request).values::<T>();
    let with_initial = results.iter().map(|&result| O::apply((initial, result)));
    if reorderable {
        assert_eq!(result, with_initial.collect::<Vec<_>>(), "{what}");
    } else {
        let each = groups.iter().map(|group| [&[initial], &group[..]].concat());
        let expected: Vec<T> = each.map(|group| meaning(&group)).collect();
        assert_eq!(result, expected, "{what}");
    }
}

fn sum_exact(x: &[i64]) -> i64 {
    x.iter().fold(0, |a, &b| a.wrapping_add(b))
}

fn some_axes(random: &mut Random, rank: usize) -> Vec<usize> {
    (0..rank).filter(|_| random.one_in(2)).collect()
}

#[test]
fn random_shapes_layouts_and_axes() {
    let _lock = area_lock();
    for (seed, mut random) in seeds(100) {
        let rank = random.below(6);
        let shape = random.shape(rank, [1, SOME_BLOCKS, 90, 25, 9, 5][rank]);
        let _seed = Seed(seed, shape.clone());
        let axes = some_axes(&mut random, rank);
        let case = (&shape[..], &axes[..]);
        check::<Add, f32>(&ADD, &mut random, case, true, tree::<Add, f32>);
        check::<AddExact, i64>(&ADD_EXACT, &mut random, case, true, sum_exact);
        check::<MulByte, u8>(&MUL_BYTE, &mut random, case, true, tree::<MulByte, u8>);
        check::<Max, f64>(&MAX, &mut random, case, true, |x| {
            x.iter().fold(f64::MIN, |a, &b| a.max(b))
        });
        check::<Or, bool>(&OR, &mut random, case, true, |x| x.contains(&true));
        if axes.len() <= 1 {
            check::<Sub, f64>(&SUB, &mut random, case, false, from_left::<Sub, f64>);
        }
    }
}

#[test]
fn empty_backward_and_stretched_views() {
    let _lock = area_lock();
    let mut random = Random::new(1);
    for axes in [&[0][..], &[1], &[0, 1]] {
        for operand in extremes(&mut random) {
            check_operand::<AddExact, i64>(
                &ADD_EXACT,
                &mut random,
                (&operand, axes),
                true,
                sum_exact,
            );
        }
        for operand in extremes(&mut random) {
            // A difference of nothing is refused.
            if axes.len() == 1 && !operand.1.is_empty() {
                let case = (&operand, axes);
                check_operand::<Sub, f64>(&SUB, &mut random, case, false, from_left::<Sub, f64>);
            }
        }
    }
}

#[test]
fn layouts_and_threads_leave_the_same_bits() {
    let _lock = area_lock();
    let shapes: [&[usize]; 6] = [
        &[60_000],
        &[300, 170],
        &[20_000, 3],
        &[3, 20_000],
        &[1300, 40],
        &[90, 30, 20],
    ];
    for (seed, mut random) in seeds(2) {
        for shape in &shapes[..if cfg!(miri) { 3 } else { 6 }] {
            // One that takes two blocks.
            let shape = sized(shape, if shape.len() == 1 { 2100 } else { 140 });
            let _seed = Seed(seed, shape.clone());
            for mask in 1..1_usize << shape.len() {
                let axes: Vec<usize> = (0..shape.len())
                    .filter(|axis| mask >> axis & 1 == 1)
                    .collect();
                for &threads in THREADS {
                    let case = (&shape[..], &axes[..]);
                    let random = &mut random;
                    with_threads(threads, || {
                        check::<Add, f32>(&ADD, random, case, true, tree::<Add, f32>);
                        if axes.len() == 1 {
                            check::<Sub, f64>(&SUB, random, case, false, from_left::<Sub, f64>);
                        }
                    });
                }
            }
        }
    }
}

#[test]
fn reductions_of_nothing_have_the_identity_or_are_refused() {
    let _lock = area_lock();
    let floats = Array::new::<f32>(&[2, 0, 3], &[]);
    let doubles = Array::new::<f64>(&[2, 0, 3], &[]);
    let over = |axes| Request { axes, ..PLAIN };
    let zeros = reduced(&ADD, &floats, &over(&[1]));
    assert_eq!(
        (zeros.shape(), zeros.values::<f32>()),
        (vec![2, 3], vec![0.0; 6])
    );
    assert_eq!(
        reduced(&ADD, &floats, &over(&[0, 1, 2])).values::<f32>(),
        [0.0]
    );
    let (code, detail) = refusal(reduce(&MAX, &doubles, &over(&[0, 1])));
    assert_eq!(
        (code, &detail[..2]),
        (status::EMPTY_REDUCTION, &[0.0, 1.0][..])
    );
    assert_eq!(
        refusal(reduce(&SUB, &doubles, &over(&[1]))).0,
        status::EMPTY_REDUCTION
    );
    // Nothing is reduced where the result is empty too.
    let empty = reduced(&MAX, &doubles, &over(&[0]));
    assert_eq!(empty.shape(), [0, 3]);
    let empty = reduced(
        &MAX,
        &doubles,
        &Request {
            keepdims: true,
            ..over(&[2])
        },
    );
    assert_eq!(empty.shape(), [2, 0, 1]);
    let five = Array::new(&[], &[5.0]);
    for table in [&MAX, &SUB] {
        let request = Request {
            initial: Some(&five),
            keepdims: true,
            ..over(&[1])
        };
        let fives = reduced(table, &doubles, &request);
        assert_eq!(
            (fives.shape(), fives.values::<f64>()),
            (vec![2, 1, 3], vec![5.0; 6])
        );
    }
}

#[test]
fn an_order_that_matters_allows_one_axis() {
    let _lock = area_lock();
    let array = Array::new(&[2, 1], &[1.0, 2.0]);
    let (code, detail) = refusal(reduce(
        &SUB,
        &array,
        &Request {
            axes: &[0, 1],
            ..PLAIN
        },
    ));
    assert_eq!(
        (code, &detail[..2]),
        (status::NOT_REORDERABLE, &[0.0, 2.0][..])
    );
    assert_eq!(reduced(&SUB, &array, &PLAIN).values::<f64>(), [-1.0]);
    let scalar = Array::new(&[], &[3.0]);
    assert_eq!(
        reduced(&SUB, &scalar, &Request { axes: &[], ..PLAIN }).values::<f64>(),
        [3.0]
    );
}

#[test]
fn wrong_arrays_are_refused() {
    let _lock = area_lock();
    let array = Array::new(&[2, 2], &[1.0_f32; 4]);
    let double = Array::new(&[], &[1.0_f64]);
    let line = Array::new(&[2], &[1.0_f32; 2]);
    let row = array.view(0, &[2], &[1]);
    let with = |initial, out| Request {
        initial,
        out,
        ..PLAIN
    };
    let detail = |values: [f64; 4]| [values[0], values[1], values[2], values[3], 0.0, 0.0];
    let try_it = |table, request| refusal(reduce(table, &array, &request));
    assert_eq!(
        try_it(&MAX, with(None, None)),
        (status::DTYPE, detail([0.0, 10.0, 9.0, 0.0]))
    );
    assert_eq!(
        try_it(&ADD, with(Some(&double), None)),
        (status::DTYPE, detail([1.0, 9.0, 10.0, 0.0]))
    );
    assert_eq!(
        try_it(&ADD, with(Some(&line), None)),
        (status::RANK, detail([1.0, 0.0, 1.0, 0.0]))
    );
    assert_eq!(
        try_it(&ADD, with(None, Some(&array))),
        (status::RANK, detail([2.0, 1.0, 2.0, 0.0]))
    );
    assert_eq!(
        try_it(&ADD, with(None, Some(&row))),
        (status::ALIAS, detail([2.0, 0.0, 0.0, 0.0]))
    );
    let itself = Request {
        axes: &[],
        ..with(None, Some(&array))
    };
    assert_eq!(
        try_it(&ADD, itself),
        (status::ALIAS, detail([2.0, 0.0, 0.0, 0.0]))
    );
}

#[test]
fn a_panic_of_the_function_frees_the_result_and_the_next_call_works() {
    let _lock = area_lock();
    let count = if cfg!(miri) { 300 } else { 100_000 };
    let mut values = vec![1_i32; count];
    let ones = Array::new(&[count], &values);
    values[count / 2] = 7;
    let sevens = Array::new(&[count], &values);
    for threads in [1, 3] {
        let null = with_threads(threads, || reduce(&NO_SEVEN, &sevens, &PLAIN).is_null());
        let (code, _, text) = take_status();
        assert_eq!((null, code, text.as_str()), (true, status::PANIC, "seven"));
        assert_eq!(
            reduced(&NO_SEVEN, &ones.view(0, &[4], &[1]), &PLAIN).values::<i32>(),
            [4]
        );
    }
}

/// What `np.sum` of NumPy 2.4.6 is off by, of ten million times a number: up to 1.7e-7 of the sum. Adding from the left is off by percents.
#[test]
#[cfg_attr(miri, ignore = "ten million elements")]
fn ten_million_floats_are_summed_accurately() {
    let _lock = area_lock();
    let mut random = Random::new(7);
    let mut uniform = |_| (random.bits() >> 40) as f32 / 16_777_216.0;
    let mut vectors = vec![(0..10_000_000).map(&mut uniform).collect::<Vec<f32>>()];
    vectors.extend([0.1, 1.1, 123.456, std::f32::consts::PI].map(|x| vec![x; 10_000_000]));
    for values in vectors {
        let exact: f64 = values.iter().map(|&value| f64::from(value)).sum();
        let array = Array::new(&[values.len()], &values);
        let sum = f64::from(reduced(&ADD, &array, &PLAIN).values::<f32>()[0]);
        let error = (sum - exact).abs() / exact;
        assert!(
            error <= 1.2e-7,
            "{} and others: relative error {error:e}",
            values[0]
        );
    }
}
