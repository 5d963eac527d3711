use crate::support::*;
use kernel_runtime::__private::RawArray;
use kernel_runtime::__private::ufunc::{self, Loop, Op};
use kernel_schema::abi::status;
use std::ptr::null_mut;

ops! {
    Neg(x: i32) -> i32 { x.wrapping_neg() }
    Add(a: f32, b: f32) -> f32 { a + b }
    Less(a: f32, b: f32) -> bool { a < b }
    Xor(a: u8, b: u8) -> u8 { a ^ b }
    Where(which: bool, a: f64, b: f64) -> f64 { if which { a } else { b } }
    Mixed(a: i8, b: i16, c: i32, d: i64) -> i64 {
        i64::from(a).wrapping_add(i64::from(b) * 3).wrapping_add(i64::from(c)).wrapping_mul(d)
    }
    Half(x: i64) -> f32 { x as f32 / 2.0 }
    Checked(a: i32, b: i32) -> i32 { a.checked_div(b).expect("no division by zero") }
}

static NEG: Loop = Loop::of::<Neg>();
static ADD: Loop = Loop::fold::<Add>(Some(0.0), true);
static LESS: Loop = Loop::of::<Less>();
static XOR: Loop = Loop::of::<Xor>();
static WHERE: Loop = Loop::of::<Where>();
static MIXED: Loop = Loop::of::<Mixed>();
static HALF: Loop = Loop::of::<Half>();
static CHECKED: Loop = Loop::of::<Checked>();

fn map(table: &'static Loop, inputs: &[&Array], out: Option<&Array>) -> RawArray {
    let raws: Vec<_> = inputs.iter().map(|input| input.0).collect();
    // SAFETY: A1, A2, A4; as many arrays as the loop has.
    unsafe { ufunc::map(table, &raws, out.map_or(null_mut(), |out| out.0)) }
}

fn mapped(table: &'static Loop, inputs: &[&Array]) -> Array {
    let result = map(table, inputs, None);
    assert_eq!(take_status().0, status::OK);
    assert!(!result.is_null());
    Array(result)
}

fn map_into(table: &'static Loop, inputs: &[&Array], out: &Array) {
    assert!(map(table, inputs, Some(out)).is_null());
    assert_eq!(take_status().0, status::OK);
}

/// Operands of random layouts that broadcast to a shape, into a new array and into one of a random layout.
macro_rules! check {
    ($table:expr, $op:ty, $random:expr, $shape:expr, $($name:ident: $ty:ty),+) => {{
        let names = [$(stringify!($name)),+];
        let whole = names[$random.below(names.len())];
        $(let $name = operand::<$ty>($random, $shape, whole == stringify!($name));)+
        let count = $shape.iter().product::<usize>();
        let expected: Vec<<$op as Op>::Output> = (0..count).map(|i| <$op>::apply(($($name.1[i],)+))).collect();
        let inputs = [$(&$name.0.array),+];
        let result = mapped($table, &inputs);
        assert_eq!(result.shape(), $shape[..]);
        assert_eq!(result.strides(), row_major($shape));
        assert_eq!(result.values::<<$op as Op>::Output>(), expected, "a new array");
        let mut before = expected.clone();
        before.rotate_left(count / 2);
        let out = Array::scattered($random, $shape, &before);
        map_into($table, &inputs, &out.array);
        assert_eq!(out.array.values::<<$op as Op>::Output>(), expected, "into {:?}", out.array.strides());
    }};
}

fn check_all(random: &mut Random, shape: &[usize]) {
    check!(&NEG, Neg, random, shape, x: i32);
    check!(&WHERE, Where, random, shape, which: bool, a: f64, b: f64);
    check!(&MIXED, Mixed, random, shape, a: i8, b: i16, c: i32, d: i64);
    if !cfg!(miri) {
        check!(&ADD, Add, random, shape, a: f32, b: f32);
        check!(&LESS, Less, random, shape, a: f32, b: f32);
        check!(&XOR, Xor, random, shape, a: u8, b: u8);
        check!(&HALF, Half, random, shape, x: i64);
    }
}

/// A length that takes several buffers.
const LONG: usize = if cfg!(miri) { 100 } else { 1500 };

#[test]
fn random_shapes_and_layouts_of_every_arity() {
    let _lock = area_lock();
    for (seed, mut random) in seeds(100) {
        let rank = random.below(5);
        let most = [1, LONG, 24, 9, 6][rank];
        let mut shape = random.shape(rank, most);
        if rank > 0 && random.one_in(8) {
            shape[random.below(rank)] = 0;
        }
        let _seed = Seed(seed, shape.clone());
        check_all(&mut random, &shape);
    }
}

#[test]
fn empty_backward_and_stretched_views() {
    let _lock = area_lock();
    let mut random = Random::new(1);
    let other = extremes::<f32>(&mut random).swap_remove(2).0;
    for (x, values) in extremes::<f32>(&mut random) {
        let shape = x.array.shape();
        let line = other.array.view(0, &shape[1..], &[-1]);
        let others = line.values::<f32>().into_iter().cycle();
        let sums: Vec<f32> = values.iter().zip(others).map(|(a, b)| a + b).collect();
        let inputs = [&line, &x.array];
        assert_eq!(mapped(&ADD, &inputs).values::<f32>(), sums, "{shape:?}");
        let out = Array::scattered(&mut random, &shape, &values);
        map_into(&ADD, &inputs, &out.array);
        assert_eq!(out.array.values::<f32>(), sums, "{shape:?}");
        let pairs = |a: &[f32], b: &[f32]| -> Vec<f32> {
            a.iter()
                .flat_map(|a| b.iter().map(move |b| a + b))
                .collect()
        };
        let lines = line.values::<f32>();
        for (a, b, expected) in [
            (&line, &x.array, pairs(&lines, &values)),
            (&x.array, &line, pairs(&values, &lines)),
        ] {
            // SAFETY: U1; A1, A2, A4.
            let result = Array(unsafe { outer(&ADD, a.0, b.0, null_mut()) });
            assert_eq!(take_status().0, status::OK);
            assert_eq!(result.shape(), [a.shape(), b.shape()].concat());
            assert_eq!(result.values::<f32>(), expected);
        }
    }
}

#[test]
fn high_ranks_long_rows_and_thin_columns() {
    let _lock = area_lock();
    for (seed, mut random) in seeds(10) {
        for shape in [
            &[2, 3, 1, 2, 2, 3, 2][..],
            &[2, 1, 2, 1, 3, 1, 2, 2, 2],
            &[3, 700],
            &[700, 3],
            &[2, 300, 2],
            &[300, 2, 2],
        ] {
            let shape = sized(shape, 40);
            let _seed = Seed(seed, shape.clone());
            check_all(&mut random, &shape);
        }
    }
}

#[test]
fn any_number_of_threads_writes_the_same() {
    let _lock = area_lock();
    for (seed, mut random) in seeds(2) {
        for shape in [
            &[50_000][..],
            &[300, 170],
            &[40_000, 2],
            &[3, 20_000],
            &[3, 2, 9_000],
        ] {
            let shape = sized(shape, 140);
            let _seed = Seed(seed, shape.clone());
            for &threads in THREADS {
                with_threads(threads, || {
                    check!(&ADD, Add, &mut random, &shape, a: f32, b: f32);
                    check!(&LESS, Less, &mut random, &shape, a: f32, b: f32);
                });
            }
        }
    }
}

#[test]
fn comparisons_of_large_arrays_leave_nothing_out() {
    let _lock = area_lock();
    // On one thread this is one piece, which is worked on in several places and has a rest.
    let len = if cfg!(miri) { 100 } else { 70_001 };
    let mut random = Random::new(0);
    let [a, b] = [(); 2].map(|()| {
        (0..len)
            .map(|_| random.below(100) as f32)
            .collect::<Vec<_>>()
    });
    let expected: Vec<bool> = a.iter().zip(&b).map(|(a, b)| a < b).collect();
    let [a, b] = [a, b].map(|values| Array::new(&[len], &values));
    let result = with_threads(1, || mapped(&LESS, &[&a, &b]));
    assert_eq!(result.values::<bool>(), expected);
}

#[test]
fn every_pair_of_small_shapes_broadcasts_or_says_why_not() {
    let _lock = area_lock();
    let sizes: &[usize] = if cfg!(miri) {
        &[0, 1, 3]
    } else {
        &[0, 1, 2, 3]
    };
    let mut shapes = vec![vec![]];
    shapes.extend(sizes.iter().map(|&n| vec![n]));
    shapes.extend(
        sizes
            .iter()
            .flat_map(|&n| sizes.iter().map(move |&m| vec![n, m])),
    );
    for a in &shapes {
        for b in &shapes {
            let rank = a.len().max(b.len());
            let at = |shape: &[usize], axis: usize| {
                let own = (axis + shape.len()).checked_sub(rank);
                own.map_or((1, 0), |own| (shape[own], own))
            };
            let mut expected = Ok(vec![]);
            for axis in 0..rank {
                let ((x, x_axis), (y, y_axis)) = (at(a, axis), at(b, axis));
                if x != y && x != 1 && y != 1 {
                    expected = Err([1, y_axis, x, y, 0, x_axis].map(|n| n as f64));
                    break;
                }
                let size = if x == 1 { y } else { x };
                expected.as_mut().expect("no mismatch yet").push(size);
            }
            let [x, y] = [a, b].map(|shape| {
                let len = shape.iter().product();
                Array::new(shape, &(0..len).map(|i| i as f32).collect::<Vec<_>>())
            });
            let result = map(&ADD, &[&x, &y], None);
            match expected {
                Ok(shape) => {
                    assert_eq!(take_status().0, status::OK);
                    assert_eq!(Array(result).shape(), shape);
                }
                Err(detail) => {
                    assert_eq!(refusal(result), (status::BROADCAST, detail), "{a:?} {b:?}");
                }
            }
        }
    }
}

#[test]
fn an_input_that_is_the_output_is_overwritten() {
    let _lock = area_lock();
    for (seed, mut random) in seeds(100) {
        let rank = random.below(4);
        let shape = random.shape(rank, [1, 900, 40, 9][rank]);
        let _seed = Seed(seed, shape.clone());
        let count = shape.iter().product();
        let values: Vec<f32> = (0..count).map(|_| f32::random(&mut random)).collect();
        let a = Array::scattered(&mut random, &shape, &values);
        let (b, others) = operand::<f32>(&mut random, &shape, false);
        let sums: Vec<f32> = values.iter().zip(&others).map(|(a, b)| a + b).collect();
        // Another header of the same view.
        let same = a.array.view(0, &shape, &a.array.strides());
        map_into(&ADD, &[&a.array, &b.array], &same);
        assert_eq!(a.array.values::<f32>(), sums);
        map_into(&ADD, &[&a.array, &a.array], &a.array);
        let doubled: Vec<f32> = sums.iter().map(|sum| sum + sum).collect();
        assert_eq!(a.array.values::<f32>(), doubled);
    }
}

#[test]
fn outputs_that_overlap_are_refused() {
    let _lock = area_lock();
    let base = Array::new(&[12], &[1.0_f32; 12]);
    let other = Array::new(&[4], &[1.0_f32; 4]);
    let row = base.view(0, &[4], &[1]);
    let shifted = base.view(1, &[4], &[1]);
    let backward = base.view(3, &[4], &[-1]);
    let apart = base.view(4, &[4], &[1]);
    let zero = base.view(0, &[4], &[0]);
    let alias = |places: [f64; 2]| (status::ALIAS, [places[0], places[1], 0.0, 0.0, 0.0, 0.0]);
    let try_it = |a: &Array, b: &Array, out: &Array| refusal(map(&ADD, &[a, b], Some(out)));
    assert_eq!(try_it(&other, &shifted, &row), alias([2.0, 1.0]));
    assert_eq!(try_it(&row, &shifted, &row), alias([2.0, 1.0]));
    assert_eq!(try_it(&backward, &other, &row), alias([2.0, 0.0]));
    assert_eq!(try_it(&zero, &other, &row), alias([2.0, 0.0]));
    let (code, detail) = try_it(&other, &other, &zero);
    assert_eq!((code, detail[0]), (status::ALIAS_SELF, 2.0));
    // As JavaScript may see one memory: bytes of an input that has another dtype.
    let bools = Array::new(&[4], &[true; 4]);
    let bytes = bools.view(0, &[4], &[1]);
    // SAFETY: A2, the dtypes have one size.
    unsafe { bytes.0.add(kernel_schema::abi::header::DTYPE).write(5) };
    assert_eq!(
        refusal(map(&XOR, &[&bytes, &bytes], Some(&bools))).0,
        status::DTYPE
    );
    map_into(&ADD, &[&row, &other], &apart);
    assert_eq!(
        base.values::<f32>(),
        [1., 1., 1., 1., 2., 2., 2., 2., 1., 1., 1., 1.]
    );
}

#[test]
fn wrong_dtypes_shapes_and_bools_are_refused() {
    let _lock = area_lock();
    let floats = Array::new(&[2, 2], &[1.0_f32; 4]);
    let doubles = Array::new(&[2, 2], &[1.0_f64; 4]);
    let detail = |values: [f64; 4]| [values[0], values[1], values[2], values[3], 0.0, 0.0];
    assert_eq!(
        refusal(map(&ADD, &[&floats, &doubles], None)),
        (status::DTYPE, detail([1.0, 9.0, 10.0, 0.0]))
    );
    assert_eq!(
        refusal(map(&LESS, &[&floats, &floats], Some(&floats))),
        (status::DTYPE, detail([2.0, 0.0, 9.0, 0.0]))
    );
    let short = floats.view(0, &[2], &[1]);
    assert_eq!(
        refusal(map(&ADD, &[&floats, &floats], Some(&short))),
        (status::RANK, detail([2.0, 2.0, 1.0, 0.0]))
    );
    // An output stretches the inputs, and is not stretched itself.
    let wide = Array::new(&[2, 3], &[0.0_f32; 6]);
    let thin = Array::new(&[2, 1], &[1.0_f32, 2.0]);
    map_into(&ADD, &[&thin, &thin], &wide);
    assert_eq!(wide.values::<f32>(), [2.0, 2.0, 2.0, 4.0, 4.0, 4.0]);
    assert_eq!(
        refusal(map(&ADD, &[&wide, &thin], Some(&thin))),
        (status::SIZE, detail([2.0, 1.0, 3.0, 1.0]))
    );
    let bytes = Array::new(&[2, 2], &[0_u8, 1, 3, 1]);
    // SAFETY: A2, the dtypes have one size. As JavaScript could write it: A6.
    unsafe { bytes.0.add(kernel_schema::abi::header::DTYPE).write(0) };
    assert_eq!(
        refusal(map(&WHERE, &[&bytes, &doubles, &doubles], None)),
        (status::BOOL, detail([0.0, 2.0, 3.0, 0.0]))
    );
}

#[test]
fn impossible_results_are_no_memory() {
    let _lock = area_lock();
    let one = Array::new(&[1], &[1.0_f32]);
    let long = one.view(0, &[1 << 40], &[0]);
    let tall = one.view(0, &[1 << 40, 1], &[0, 0]);
    let (code, detail) = refusal(map(&ADD, &[&long, &tall], None));
    assert_eq!(
        (code, detail[0]),
        (status::MEMORY, 4.0 * (1_u128 << 80) as f64)
    );
    let empty = tall.view(0, &[1 << 40, 0, 1], &[0, 0, 0]);
    assert_eq!(refusal(map(&ADD, &[&long, &empty], None)).0, status::MEMORY);
}

#[test]
fn a_panic_of_the_function_frees_the_result_and_the_next_call_works() {
    let _lock = area_lock();
    let count = if cfg!(miri) { 300 } else { 100_000 };
    let mut zeros = vec![1_i32; count];
    zeros[count - 1] = 0;
    let ones = Array::new(&[count], &vec![6_i32; count]);
    let zeros = Array::new(&[count], &zeros);
    for threads in [1, 3] {
        let result = with_threads(threads, || {
            let array = map(&CHECKED, &[&ones, &zeros], None);
            array.is_null()
        });
        assert!(result);
        let (code, _, text) = take_status();
        assert_eq!(
            (code, text.as_str()),
            (status::PANIC, "no division by zero")
        );
        assert_eq!(
            mapped(&CHECKED, &[&ones, &ones]).values::<i32>(),
            vec![1; count]
        );
    }
}

#[test]
fn outer_has_the_axes_of_both() {
    let _lock = area_lock();
    for (seed, mut random) in seeds(60) {
        let [left, right] = [random.below(4), random.below(3)];
        let shapes = [random.shape(left, 5), random.shape(right, 40)];
        let shape = shapes.concat();
        let _seed = Seed(seed, shape.clone());
        let (a, lefts) = operand::<f32>(&mut random, &shapes[0], true);
        let (b, rights) = operand::<f32>(&mut random, &shapes[1], true);
        let pairs = lefts.iter().flat_map(|a| rights.iter().map(move |b| a + b));
        let expected: Vec<f32> = pairs.collect();
        // SAFETY: U1; A1, A2, A4.
        let result = unsafe { outer(&ADD, a.array.0, b.array.0, null_mut()) };
        assert_eq!(take_status().0, status::OK);
        let result = Array(result);
        assert_eq!(result.shape(), shape);
        assert_eq!(result.values::<f32>(), expected);
        let out = Array::scattered(&mut random, &shape, &vec![0.0_f32; expected.len()]);
        // SAFETY: U1; A1, A2, A4.
        let result = unsafe { outer(&ADD, a.array.0, b.array.0, out.array.0) };
        assert!(result.is_null());
        assert_eq!(take_status().0, status::OK);
        assert_eq!(out.array.values::<f32>(), expected);
    }
}

#[test]
fn outer_stretches_to_a_larger_output() {
    let _lock = area_lock();
    let [a, b] = [[1.0_f32, 2.0], [10.0, 20.0]].map(|values| Array::new(&[2], &values));
    let one = Array::new(&[1], &[100.0_f32]);
    let try_it = |a: &Array, b: &Array, out: &Array| {
        // SAFETY: U1; A1, A2, A4.
        assert!(unsafe { outer(&ADD, a.0, b.0, out.0) }.is_null());
        take_status().0
    };
    let out = Array::new(&[2, 2, 2], &[0.0_f32; 8]);
    assert_eq!(try_it(&a, &b, &out), status::OK);
    assert_eq!(
        out.values::<f32>(),
        [11., 21., 12., 22., 11., 21., 12., 22.]
    );
    let out = Array::new(&[2, 3], &[0.0_f32; 6]);
    assert_eq!(try_it(&a, &one, &out), status::OK);
    assert_eq!(out.values::<f32>(), [101., 101., 101., 102., 102., 102.]);
    assert_eq!(try_it(&one, &a, &out), status::SIZE);
    assert_eq!(try_it(&a, &b, &one), status::RANK);
}
