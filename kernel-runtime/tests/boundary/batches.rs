//! Lifted kernels, driven as their exports drive them: L1 to L5 of `batches.rs`.

use super::{Resident, area_lock, take_status};
use kernel_runtime::__private::ndarray::{Array1, Array2, ArrayView1, ArrayView2, Ix0, Ix1, Ix2};
use kernel_runtime::__private::{
    Batches, CoreSize, Element, Fault, Outputs, Scope, Sizes, call, disjoint,
};
use kernel_runtime::exports::__kernel_area;
use kernel_schema::abi::{area, header, status};
use std::slice;
use std::sync::atomic::{AtomicUsize, Ordering};

impl Resident {
    /// In row-major order.
    fn dense<T: Element>(values: &[T], shape: &[usize]) -> Self {
        let mut strides = vec![1; shape.len()];
        for axis in (1..shape.len()).rev() {
            strides[axis - 1] = strides[axis] * shape[axis] as isize;
        }
        Resident::new(values, shape, &strides, 0)
    }

    fn shape(&self) -> Vec<usize> {
        // SAFETY: A2.
        unsafe {
            let rank = self.0.add(header::RANK).read();
            slice::from_raw_parts(self.0.add(header::SHAPE), rank).to_vec()
        }
    }

    /// The elements of an array in row-major order.
    fn values<T: Element>(&self) -> Vec<T> {
        let len = self.shape().iter().product();
        // SAFETY: A2.
        unsafe {
            let data = self.0.add(header::DATA).cast::<*const T>().read();
            slice::from_raw_parts(data, len).to_vec()
        }
    }
}

/// One result, or how the call was refused.
fn result(
    body: impl for<'call> FnOnce(&'call Scope) -> Result<Outputs, Fault>,
) -> Result<Resident, (u32, [f64; area::DETAILS])> {
    let raw = call(|scope| Ok(body(scope)?.one()));
    match take_status() {
        (status::OK, ..) => Ok(Resident(raw)),
        (status, detail, _) => Err((status, detail)),
    }
}

/// `(n, k), (k, m) -> (n, m)`
fn matmul(a: &Resident, b: &Resident) -> Result<Resident, (u32, [f64; area::DETAILS])> {
    result(|scope| {
        // SAFETY: A1, A2, A4.
        let (a, b) = unsafe { (scope.input::<f64>(a.0, 0)?, scope.input::<f64>(b.0, 1)?) };
        a.rank_at_least(2)?;
        b.rank_at_least(2)?;
        let mut sizes = Sizes::<3>::new();
        for (input, names, place) in [(&a, [0, 1], 0), (&b, [1, 2], 1)] {
            for (back, name) in [2, 1].into_iter().zip(names) {
                let axis = input.ndim() - back;
                sizes.bind(name, place, axis as i32, input.dim(axis))?;
            }
        }
        let (a, b) = (a.lift(2, false), b.lift(2, false));
        let batches = Batches::new(&[a.axes(), b.axes()])?;
        let core = [sizes.core_name(0), sizes.core_name(2)];
        batches.run(&[&core], |batch| {
            // SAFETY: L1; nothing is mutable.
            let (a, b): (ArrayView2<'_, f64>, ArrayView2<'_, f64>) =
                unsafe { (a.view::<Ix2>(batch, 0), b.view::<Ix2>(batch, 1)) };
            // Transposed twice: a result that is not in row-major order.
            Ok((b.t().dot(&a.t()).reversed_axes(),))
        })
    })
}

#[test]
fn batches_broadcast_from_views_of_any_strides() {
    let _lock = area_lock();
    let values: Vec<f64> = (0..120).map(f64::from).collect();
    // (shape, strides, offset) with cores of 2 by 3 and 3 by 2.
    type View = (&'static [usize], &'static [isize], usize);
    let cases: [(View, View, &[usize]); 5] = [
        ((&[2, 3], &[3, 1], 0), (&[3, 2], &[2, 1], 0), &[]),
        (
            (&[4, 1, 2, 3], &[6, 0, 3, 1], 1),
            (&[5, 3, 2], &[6, 1, 3], 2),
            &[4, 5],
        ),
        (
            (&[3, 2, 3], &[-6, -3, -1], 40),
            (&[3, 3, 2], &[0, 2, 1], 0),
            &[3],
        ),
        (
            (&[2, 2, 2, 3], &[7, -20, 1, 2], 40),
            (&[1, 3, 2], &[999, 10, -9], 30),
            &[2, 2],
        ),
        (
            (&[1, 1, 2, 3], &[0, 0, 3, 1], 0),
            (&[3, 2], &[2, 1], 5),
            &[1, 1],
        ),
    ];
    for ((a_shape, a_strides, a_offset), (b_shape, b_strides, b_offset), leading) in cases {
        let a = Resident::new(&values, a_shape, a_strides, a_offset);
        let b = Resident::new(&values, b_shape, b_strides, b_offset);
        let found = matmul(&a, &b).expect("the shapes broadcast");
        assert_eq!(found.shape(), [leading, &[2, 2]].concat());
        let element = |view: View, index: &[usize], core: [usize; 2]| {
            let (shape, strides, offset) = view;
            let rank = shape.len();
            let own = &index[index.len() - (rank - 2)..];
            let index = own
                .iter()
                .zip(shape)
                .map(|(&i, &size)| if size == 1 { 0 } else { i });
            let at = index
                .chain(core)
                .zip(strides)
                .map(|(i, &stride)| i as isize * stride);
            values[(offset as isize + at.sum::<isize>()) as usize]
        };
        let count: usize = leading.iter().product();
        let mut expected = Vec::new();
        for number in 0..count {
            let mut rest = number;
            let mut index: Vec<usize> = leading
                .iter()
                .rev()
                .map(|&size| {
                    let place = rest % size;
                    rest /= size;
                    place
                })
                .collect();
            index.reverse();
            for (i, j) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                expected.push(
                    (0..3)
                        .map(|k| {
                            element((a_shape, a_strides, a_offset), &index, [i, k])
                                * element((b_shape, b_strides, b_offset), &index, [k, j])
                        })
                        .sum::<f64>(),
                );
            }
        }
        assert_eq!(
            found.values::<f64>(),
            expected,
            "{a_shape:?} and {b_shape:?}"
        );
    }
}

#[test]
fn leading_dimensions_that_differ_are_refused() {
    let _lock = area_lock();
    let a = Resident::dense(&[1.0; 12], &[2, 3, 2, 1]);
    let b = Resident::dense(&[1.0; 4], &[4, 1, 1]);
    let refused = matmul(&a, &b).err();
    assert_eq!(
        refused,
        Some((status::BROADCAST, [1.0, 0.0, 3.0, 4.0, 0.0, 1.0]))
    );
    let core = Resident::dense(&[1.0; 4], &[2, 2, 1]);
    let refused = matmul(&a, &core).err();
    assert_eq!(
        refused,
        Some((status::NAME, [1.0, 1.0, 1.0, 2.0, 0.0, 3.0]))
    );
    let empty = Resident::dense::<f64>(&[], &[0, 1, 1, 5]);
    assert_eq!(
        matmul(&a, &empty).err().map(|(status, _)| status),
        Some(status::BROADCAST)
    );
}

#[test]
fn no_batches_and_batches_without_elements() {
    let _lock = area_lock();
    let none = Resident::new::<f64>(&[], &[0, 2, 3], &[6, 3, 1], 0);
    let b = Resident::dense(&[1.0; 6], &[3, 2]);
    assert_eq!(
        matmul(&none, &b).ok().map(|found| found.shape()),
        Some(vec![0, 2, 2])
    );
    // L2: strides of an array without elements lead anywhere.
    let hollow = Resident::new::<f64>(&[], &[2, 2, 0], &[-900_000, 70, 1 << 40], 0);
    let thin = Resident::new::<f64>(&[], &[0, 2], &[2, 1], 0);
    let zeros = matmul(&hollow, &thin)
        .ok()
        .map(|found| (found.shape(), found.values::<f64>()));
    assert_eq!(zeros, Some((vec![2, 2, 2], vec![0.0; 8])));
    let flat = matmul(&thin, &Resident::dense(&[1.0; 8], &[2, 2, 2])).ok();
    assert_eq!(flat.map(|found| found.shape()), Some(vec![2, 0, 2]));
}

/// `(n), () -> (n), ()`: doubles in place; the array from before and its sum. Fails at the batches whose first element is in `wrong`.
fn double(
    scope: &Scope,
    x: &Resident,
    by: &Resident,
    wrong: &[i32],
    runs: &AtomicUsize,
) -> Result<Outputs, Fault> {
    // SAFETY: A1, A2, A4.
    let (x, by) = unsafe { (scope.input::<i32>(x.0, 0)?, scope.input::<i32>(by.0, 1)?) };
    x.rank_at_least(1)?;
    let mut sizes = Sizes::<1>::new();
    sizes.bind(0, 0, 0, x.dim(x.ndim() - 1))?;
    let (lifted_x, lifted_by) = (x.lift(1, true), by.lift(0, false));
    let batches = Batches::new(&[lifted_x.axes(), lifted_by.axes()])?;
    disjoint(&[x.span(true), by.span(false)])?;
    batches.run(&[&[sizes.core_name(0)], &[]], |batch| {
        runs.fetch_add(1, Ordering::Relaxed);
        // SAFETY: L1, L3; A5, the spans were seen.
        let (mut x, by) = unsafe {
            (
                lifted_x.view_mut::<Ix1>(batch, 0),
                lifted_by.view::<Ix0>(batch, 1),
            )
        };
        let before = x.to_owned();
        if wrong.contains(&before[0]) {
            if before[0] < 0 {
                panic!("batch {}", before[0]);
            }
            return Err(Fault::failure(before[0]));
        }
        x *= by[()];
        let sum = i64::from(before.sum());
        Ok((before, sum))
    })
}

#[test]
fn threads_write_what_is_theirs() {
    let _lock = area_lock();
    // Enough for several threads; every second column, rows from the last.
    let values: Vec<i32> = (0..240).collect();
    let x = Resident::new(&values, &[4, 10, 3], &[-60, 6, 2], 180);
    let by = Resident::dense(&[2, 3, 4, 5], &[4, 1]);
    let runs = AtomicUsize::new(0);
    let mut results = Vec::new();
    call(|scope| {
        results.extend(
            double(scope, &x, &by, &[], &runs)?
                .into_raws()
                .map(Resident),
        );
        Ok(())
    });
    assert_eq!(take_status().0, status::OK);
    assert_eq!(runs.load(Ordering::Relaxed), 40, "L3");
    let [before, sums] = &results[..] else {
        panic!("{} results", results.len());
    };
    assert_eq!(
        (before.shape(), sums.shape()),
        (vec![4, 10, 3], vec![4, 10])
    );
    let old = |i: usize, j: usize, k: usize| 180 - 60 * i as i32 + 6 * j as i32 + 2 * k as i32;
    let (before, sums) = (before.values::<i32>(), sums.values::<i64>());
    // SAFETY: A2, from the first element of all.
    let now = unsafe {
        let data = x.0.add(header::DATA).cast::<*const i32>().read();
        slice::from_raw_parts(data.sub(180), 240).to_vec()
    };
    for i in 0..4 {
        for j in 0..10 {
            let row: Vec<i32> = (0..3).map(|k| old(i, j, k)).collect();
            assert_eq!(before[(i * 10 + j) * 3..][..3], row);
            assert_eq!(sums[i * 10 + j], i64::from(row.iter().sum::<i32>()));
            for at in row {
                assert_eq!(now[at as usize], at * (2 + i as i32));
            }
        }
    }
    assert!(
        now.iter()
            .enumerate()
            .all(|(at, &value)| at % 2 == 0 || value == at as i32)
    );
}

#[test]
fn the_first_failure_is_told_and_leaks_nothing() {
    let _lock = area_lock();
    let cases: [(Vec<i32>, (u32, &str)); 5] = [
        (vec![70, 20, 90], (status::FAILURE, "20")),
        (vec![0, 99], (status::FAILURE, "0")),
        (vec![99], (status::FAILURE, "99")),
        (vec![30, -50, -60], (status::FAILURE, "30")),
        (vec![-10, 30, 99], (status::PANIC, "batch -10")),
    ];
    for (wrong, expected) in cases {
        let mut values: Vec<i32> = (0..100).flat_map(|batch| [batch, 1]).collect();
        for &batch in wrong.iter().filter(|&&batch| batch < 0) {
            values[2 * batch.unsigned_abs() as usize] = batch;
        }
        let x = Resident::dense(&values, &[100, 2]);
        let by = Resident::dense(&[2], &[]);
        let refused = result(|scope| double(scope, &x, &by, &wrong, &AtomicUsize::new(0)));
        let text = {
            let text = __kernel_area();
            // SAFETY: B1, the text of the last fault.
            unsafe {
                let (data, len) = text.add(area::TEXT).cast::<(*const u8, usize)>().read();
                String::from_utf8(slice::from_raw_parts(data, len).to_vec()).expect("UTF-8")
            }
        };
        assert_eq!(
            (refused.err().map(|(status, _)| status), &*text),
            (Some(expected.0), expected.1)
        );
    }
}

#[test]
fn mutable_arrays_have_the_whole_shape() {
    let _lock = area_lock();
    let by = Resident::dense(&[1; 8], &[4, 2]);
    let refused = |x: &Resident| {
        let refused = result(|scope| double(scope, x, &by, &[], &AtomicUsize::new(0)));
        refused.err()
    };
    let flat = Resident::dense(&[1; 6], &[2, 3]);
    assert_eq!(
        refused(&flat),
        Some((status::RANK, [0.0, 3.0, 2.0, 0.0, 0.0, 0.0]))
    );
    let thin = Resident::dense(&[1; 6], &[1, 2, 3]);
    assert_eq!(
        refused(&thin),
        Some((status::SIZE, [0.0, 0.0, 4.0, 1.0, 0.0, 0.0]))
    );
    let stretched = Resident::new(&[1; 6], &[4, 2, 3], &[0, 3, 1], 0);
    assert_eq!(refused(&stretched), Some((status::ALIAS_SELF, [0.0; 6])));
    assert_eq!(refused(&Resident::dense(&[1; 24], &[4, 2, 3])), None);
}

/// `(n) -> (_)`, or what `core` says: what is above 0.
fn above(x: &Resident, core: CoreSize) -> Result<Resident, (u32, [f64; area::DETAILS])> {
    result(|scope| {
        // SAFETY: A1, A2, A4.
        let x = unsafe { scope.input::<i32>(x.0, 0) }?;
        x.rank_at_least(1)?;
        let x = x.lift(1, false);
        Batches::new(&[x.axes()])?.run(&[&[core]], |batch| {
            // SAFETY: L1; nothing is mutable.
            let x: ArrayView1<'_, i32> = unsafe { x.view::<Ix1>(batch, 0) };
            Ok((x
                .iter()
                .copied()
                .filter(|&x| x > 0)
                .collect::<Array1<i32>>(),))
        })
    })
}

#[test]
fn results_have_the_sizes_that_were_promised() {
    let _lock = area_lock();
    let same = Resident::dense(&[1, 0, 0, 2, -1, 3, 4, -5], &[4, 2]);
    let found = above(&same, CoreSize::Any).expect("one each");
    assert_eq!(
        (found.shape(), found.values::<i32>()),
        (vec![4, 1], vec![1, 2, 3, 4])
    );
    // L4: a result that is too large or too small is not written.
    let other = Resident::dense(&[1, 0, 0, 2, 1, 3, 4, -5], &[4, 2]);
    let at =
        |status, rest: [f64; 2], batch| Some((status, [64.0, 1.0, rest[0], rest[1], batch, 0.0]));
    assert_eq!(
        above(&other, CoreSize::Any).err(),
        at(status::BATCH_SIZE, [1.0, 2.0], 2.0)
    );
    assert_eq!(
        above(&other, CoreSize::Fixed(1)).err(),
        at(status::SIZE, [1.0, 2.0], 0.0)
    );
    assert_eq!(
        above(&other, CoreSize::Expr(2)).err(),
        at(status::EXPR, [2.0, 1.0], 0.0)
    );
    let none = Resident::new::<i32>(&[], &[0, 2], &[2, 1], 0);
    assert_eq!(
        above(&none, CoreSize::Any).err(),
        at(status::BATCH_NONE, [0.0, 0.0], 0.0)
    );
    assert_eq!(
        above(&none, CoreSize::Fixed(7))
            .ok()
            .map(|found| found.shape()),
        Some(vec![0, 7])
    );
    // One batch by itself is what the function returned.
    let alone = Resident::dense(&[5, -5, 6], &[3]);
    assert_eq!(
        above(&alone, CoreSize::Any)
            .ok()
            .map(|found| found.values::<i32>()),
        Some(vec![5, 6])
    );
    assert_eq!(
        above(&same, CoreSize::Expr(i64::MAX))
            .err()
            .map(|(status, _)| status),
        Some(status::MEMORY)
    );
}

#[test]
fn one_batch_is_not_copied() {
    let _lock = area_lock();
    let x = Resident::dense(&[1.0, 2.0], &[1, 1, 2]);
    let address = AtomicUsize::new(0);
    let found = result(|scope| {
        // SAFETY: A1, A2, A4.
        let x = unsafe { scope.input::<f64>(x.0, 0) }?;
        Batches::new(&[x.lift(1, false).axes()])?.run(
            &[&[CoreSize::Fixed(1), CoreSize::Fixed(2)]],
            |_| {
                let array = Array2::<f64>::zeros((1, 2));
                address.store(array.as_ptr().addr(), Ordering::Relaxed);
                Ok((array,))
            },
        )
    });
    let found = found.expect("it fits");
    assert_eq!(found.shape(), [1, 1, 1, 2]);
    // SAFETY: A2.
    let data = unsafe { found.0.add(header::DATA).cast::<*const f64>().read() };
    assert_eq!(data.addr(), address.load(Ordering::Relaxed));
}
