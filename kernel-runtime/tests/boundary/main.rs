//! The unsafe files, driven as JavaScript drives them, but for the ufuncs' (`tests/ufunc`) and those of threaded wasm. Runs under Miri.
//!
//! A test names the invariant that it is for: A1 to A6 of `array.rs`, B1 of `area.rs`; A7 in `lists`, O1 to O3 of `opaque.rs` in `handles`,
//! L1 to L5 of `batches.rs` in `batches`.

mod batches;
mod handles;
mod lists;

use kernel_runtime::__private::ndarray::{
    Array1, Array2, ArrayView1, ArrayView2, ArrayViewD, Ix0, Ix1, Ix2, Ix3, IxDyn, arr2,
};
use kernel_runtime::__private::{
    Complex, Element, Fault, IntoRaw, RawArray, Sizes, add, call, disjoint, div, mul, neg, sub,
};
use kernel_runtime::exports::{__kernel_area, __kernel_array_free, __kernel_array_new};
use kernel_schema::abi::{area, header, status};
use std::slice;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The area is one per process, and tests run on many threads.
fn area_lock() -> MutexGuard<'static, ()> {
    static LOCK: Mutex<()> = Mutex::new(());
    __kernel_area();
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An array as JavaScript makes one; freed when dropped.
struct Resident(RawArray);

impl Resident {
    fn new<T: Element>(values: &[T], shape: &[usize], strides: &[isize], offset: usize) -> Self {
        let raw = __kernel_array_new(T::DTYPE.code(), shape.len(), values.len());
        assert!(!raw.is_null());
        // SAFETY: A2, the header has room for the rank, the allocation for the values.
        unsafe {
            let data = raw.add(header::DATA).cast::<*mut T>();
            data.read()
                .copy_from_nonoverlapping(values.as_ptr(), values.len());
            data.write(data.read().add(offset));
            for (axis, (&size, &stride)) in shape.iter().zip(strides).enumerate() {
                raw.add(header::SHAPE + axis).write(size);
                raw.add(header::SHAPE + shape.len() + axis)
                    .cast::<isize>()
                    .write(stride);
            }
        }
        Resident(raw)
    }

    /// Several headers over one allocation, as views in JavaScript are.
    fn alias(&self, offset: usize, shape: &[usize], strides: &[isize]) -> Resident {
        let alias = Resident::new::<i32>(&[], shape, strides, 0);
        // SAFETY: A2 by the caller's choice of shape; the alias owns nothing, its capacity is 0.
        unsafe {
            let data = self.0.add(header::DATA).cast::<*mut i32>().read();
            alias
                .0
                .add(header::DATA)
                .cast::<*mut i32>()
                .write(data.add(offset));
        }
        alias
    }
}

impl Drop for Resident {
    fn drop(&mut self) {
        // SAFETY: A1, A3; not used again.
        unsafe { __kernel_array_free(self.0) }
    }
}

/// Reads the status of the last call and clears it, as JavaScript does.
fn take_status() -> (u32, [f64; area::DETAILS], [String; 2]) {
    let base = __kernel_area();
    // SAFETY: B1, the lock is held; the offsets are checked in `area.rs`.
    unsafe {
        let status = base.add(area::STATUS).cast::<u32>();
        let detail = base.add(area::DETAIL).cast::<[f64; area::DETAILS]>().read();
        let texts = base
            .add(area::TEXT)
            .cast::<[(*const u8, usize); 2]>()
            .read();
        let text = texts.map(|(data, len)| {
            if data.is_null() {
                return String::new();
            }
            String::from_utf8(slice::from_raw_parts(data, len).to_vec()).expect("UTF-8")
        });
        (status.replace(0), detail, text)
    }
}

fn collect_2d(array: &Resident) -> Vec<i32> {
    let mut seen = Vec::new();
    call(|scope| {
        // SAFETY: A1, A2, A4.
        let input = unsafe { scope.input::<i32>(array.0, 0) }?;
        input.rank(2)?;
        // SAFETY: no mutable argument.
        let view: ArrayView2<'_, i32> = unsafe { input.view::<Ix2>() };
        seen.extend(view.iter());
        Ok(())
    });
    assert_eq!(take_status().0, status::OK);
    seen
}

#[test]
fn views_of_every_stride_see_their_elements() {
    let _lock = area_lock();
    let values: Vec<i32> = (0..12).collect();
    type Case = (&'static [usize], &'static [isize], usize, Vec<i32>);
    let cases: [Case; 7] = [
        (&[3, 4], &[4, 1], 0, (0..12).collect()),
        (
            &[4, 3],
            &[1, 4],
            0,
            vec![0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11],
        ),
        (&[2, 2], &[8, 2], 1, vec![1, 3, 9, 11]),
        (&[3, 2], &[-4, -1], 11, vec![11, 10, 7, 6, 3, 2]),
        (&[3, 2], &[-4, 1], 8, vec![8, 9, 4, 5, 0, 1]),
        (&[2, 3], &[0, 1], 5, vec![5, 6, 7, 5, 6, 7]),
        (&[0, 4], &[-4, 1], 0, vec![]),
    ];
    for (shape, strides, offset, expected) in cases {
        let array = Resident::new(&values, shape, strides, offset);
        assert_eq!(
            collect_2d(&array),
            expected,
            "shape {shape:?}, strides {strides:?}"
        );
    }
}

#[test]
fn ranks_from_zero_to_dynamic_make_views() {
    let _lock = area_lock();
    let scalar = Resident::new(&[7.5_f64], &[], &[], 0);
    let empty = Resident::new::<f64>(&[], &[0, 3, 0], &[0, 0, 1], 0);
    let line = Resident::new(&[1.0_f64, 2.0], &[2], &[1], 0);
    call(|scope| {
        // SAFETY: A1, A2, A4; no mutable argument.
        unsafe {
            let scalar = scope.input::<f64>(scalar.0, 0)?.view::<Ix0>();
            assert_eq!(scalar.into_scalar(), &7.5);
            let empty = scope.input::<f64>(empty.0, 1)?.view::<Ix3>();
            assert_eq!((empty.shape(), empty.len()), (&[0, 3, 0][..], 0));
            let line: ArrayViewD<'_, f64> = scope.input::<f64>(line.0, 2)?.view::<IxDyn>();
            assert_eq!(line.as_slice(), Some(&[1.0, 2.0][..]));
        }
        Ok(())
    });
    assert_eq!(take_status().0, status::OK);
}

#[test]
fn mutable_views_write_through_every_stride() {
    let _lock = area_lock();
    let array = Resident::new(&[0, 1, 2, 3, 4, 5], &[3, 2], &[-2, -1], 5);
    call(|scope| {
        // SAFETY: A1, A2, A4; A5, `disjoint` has seen the one array.
        unsafe {
            let input = scope.input::<i32>(array.0, 0)?;
            disjoint(&[input.span(true)])?;
            let mut view = input.view_mut::<Ix2>();
            view.iter_mut()
                .enumerate()
                .for_each(|(index, x)| *x = index as i32 * 10);
        }
        Ok(())
    });
    assert_eq!(take_status().0, status::OK);
    assert_eq!(collect_2d(&array), [0, 10, 20, 30, 40, 50]);
}

#[test]
fn complex_elements_are_aligned_as_their_parts() {
    let _lock = area_lock();
    let values: Vec<Complex<f64>> = (0..6).map(|i| Complex::new(i.into(), 0.5)).collect();
    type Case = (&'static [usize], &'static [isize], usize, [i32; 6]);
    let cases: [Case; 3] = [
        (&[3, 2], &[1, 3], 0, [0, 3, 1, 4, 2, 5]),
        (&[2, 3], &[-3, -1], 5, [5, 4, 3, 2, 1, 0]),
        (&[3, 2], &[0, -1], 4, [4, 3, 4, 3, 4, 3]),
    ];
    for (shape, strides, offset, expected) in cases {
        let array = Resident::new(&values, shape, strides, offset);
        call(|scope| {
            // SAFETY: A1, A2, A4; no mutable argument.
            unsafe {
                let view = scope.input::<Complex<f64>>(array.0, 0)?.view::<Ix2>();
                let seen: Vec<_> = view.iter().map(|z| (z.re, z.im)).collect();
                assert_eq!(seen, expected.map(|re| (f64::from(re), 0.5)));
            }
            Ok(())
        });
        assert_eq!(take_status().0, status::OK);
    }

    // As JavaScript places it: at a multiple of a part's size, not of an element's.
    let odd = Resident::new(&[0.0_f32, 1.0, 2.0, 3.0, 4.0], &[2], &[1], 1);
    // SAFETY: A2, two elements lie behind the first float.
    unsafe {
        odd.0.add(header::DTYPE).write(Complex::<f32>::DTYPE.code());
    }
    call(|scope| {
        // SAFETY: A1, A2, A4; A5, `disjoint` has seen the one array.
        unsafe {
            let input = scope.input::<Complex<f32>>(odd.0, 0)?;
            disjoint(&[input.span(true)])?;
            let mut view = input.view_mut::<Ix1>();
            view[1] = view[0].conj();
            assert_eq!((view[1].re, view[1].im), (1.0, -2.0));
        }
        Ok(())
    });
    assert_eq!(take_status().0, status::OK);
    let result = Array2::from_elem((2, 2), Complex::new(1.0_f32, 2.0)).into_raw();
    drop(Resident(result));
}

#[test]
fn wrong_dtypes_ranks_and_bools_are_refused_before_a_view_exists() {
    let _lock = area_lock();
    let floats = Resident::new(&[1.0_f32; 4], &[2, 2], &[2, 1], 0);
    call(|scope| {
        // SAFETY: A1, A2, A4.
        unsafe { scope.input::<i32>(floats.0, 3) }.map(|_| ())
    });
    let (code, detail, _) = take_status();
    assert_eq!((code, &detail[..3]), (status::DTYPE, &[3.0, 3.0, 9.0][..]));

    call(|scope| {
        // SAFETY: A1, A2, A4.
        let input = unsafe { scope.input::<f32>(floats.0, 1) }?;
        input.rank_at_least(2)?;
        input.rank(1)
    });
    let (code, detail, _) = take_status();
    assert_eq!(
        (code, &detail[..4]),
        (status::RANK, &[1.0, 1.0, 2.0, 0.0][..])
    );

    // As JavaScript could write it: A6.
    let bools = Resident::new(&[0_u8, 1, 1, 2], &[2, 2], &[1, 2], 0);
    // SAFETY: A2, the dtypes have one size.
    unsafe { bools.0.add(header::DTYPE).write(bool::DTYPE.code()) };
    call(|scope| {
        // SAFETY: A1, A2, A4.
        unsafe { scope.input::<bool>(bools.0, 0) }.map(|_| ())
    });
    let (code, detail, _) = take_status();
    assert_eq!((code, &detail[..3]), (status::BOOL, &[0.0, 3.0, 2.0][..]));
}

#[test]
fn overlap_is_refused_and_neighbours_pass() {
    let _lock = area_lock();
    let base = Resident::new(&[0_i32; 12], &[12], &[1], 0);
    let check = |mutable: &Resident, other: &Resident| {
        call(|scope| {
            // SAFETY: A1, A2, A4; no view is made.
            let (a, b) = unsafe {
                (
                    scope.input::<i32>(mutable.0, 0)?,
                    scope.input::<i32>(other.0, 1)?,
                )
            };
            disjoint(&[a.span(true), b.span(false)])
        });
        take_status()
    };
    let low = base.alias(0, &[6], &[1]);
    let high = base.alias(6, &[6], &[1]);
    let middle = base.alias(5, &[2], &[1]);
    let backward = base.alias(11, &[6], &[-1]);
    let zero_stride = base.alias(0, &[3], &[0]);
    let crossing = base.alias(0, &[3, 3], &[2, 1]);
    let empty = base.alias(3, &[0], &[1]);
    assert_eq!(check(&low, &high).0, status::OK);
    assert_eq!(check(&low, &empty).0, status::OK);
    assert_eq!(check(&low, &backward).0, status::OK);
    assert_eq!(check(&high, &backward).0, status::ALIAS);
    let (code, detail, _) = check(&low, &middle);
    assert_eq!((code, &detail[..2]), (status::ALIAS, &[0.0, 1.0][..]));
    assert_eq!(check(&zero_stride, &high).0, status::ALIAS_SELF);
    assert_eq!(check(&crossing, &high).0, status::ALIAS_SELF);
}

#[test]
fn results_leave_in_row_major_order_and_are_freed() {
    let _lock = area_lock();
    let mut array = arr2(&[[1, 2, 3], [4, 5, 6]]).reversed_axes();
    array.invert_axis(kernel_runtime::__private::ndarray::Axis(0));
    let raw = call(|_| Ok(array.into_raw()));
    let array = Resident(raw);
    assert_eq!(collect_2d(&array), [3, 6, 2, 5, 1, 4]);
    // SAFETY: A2.
    let words = unsafe { slice::from_raw_parts(raw.add(header::SHAPE), 4) };
    assert_eq!(words, [3, 2, 2, 1]);

    // A slice whose first element is not that of its allocation.
    let tail = Array1::from_iter(0_u8..9).slice_move(kernel_runtime::__private::ndarray::s![4..]);
    let tail = Resident(tail.into_raw());
    let empty = Resident(Array2::<f64>::zeros((0, 5)).into_raw());
    call(|scope| {
        // SAFETY: A1, A2, A4.
        unsafe {
            let tail: ArrayView1<'_, u8> = scope.input::<u8>(tail.0, 0)?.view::<Ix1>();
            assert_eq!(tail.to_vec(), [4, 5, 6, 7, 8]);
            assert_eq!(scope.input::<f64>(empty.0, 1)?.view::<Ix2>().dim(), (0, 5));
        }
        Ok(())
    });
    assert_eq!(take_status().0, status::OK);
}

#[test]
fn several_results_fill_their_slots() {
    let _lock = area_lock();
    call(|scope| {
        scope.scalar_result(0, -2_i8);
        scope.scalar_result(1, 2.5_f32);
        scope.scalar_result(2, true);
        scope.scalar_result(3, u64::MAX);
        Ok(())
    });
    // SAFETY: B1, the lock is held.
    let slots = unsafe { __kernel_area().add(area::RESULTS).cast::<[u64; 4]>().read() };
    assert_eq!(slots, [0xfe, u64::from(2.5_f32.to_bits()), 1, u64::MAX]);
}

#[test]
fn failures_and_panics_end_in_the_area_and_the_next_call_works() {
    let _lock = area_lock();
    for round in 0..3 {
        call::<()>(|_| Err(Fault::failure(format_args!("round {round}"))));
        let (code, _, [text, _]) = take_status();
        assert_eq!((code, text), (status::FAILURE, format!("round {round}")));

        assert_eq!(call::<i32>(|_| panic!("at {round}")), 0);
        let (code, detail, [message, file]) = take_status();
        assert_eq!((code, message), (status::PANIC, format!("at {round}")));
        assert!(
            file.ends_with("main.rs") && detail[0] > 0.0,
            "{file} {detail:?}"
        );

        assert_eq!(call(|_| Ok(round)), round);
        assert_eq!(take_status().0, status::OK);
    }
}

#[test]
fn arrays_begin_cache_lines() {
    for (elements, align) in [
        (0, 4),
        (7, 4),
        (127, 16),
        (255, 32),
        (256, 64),
        (5000, 64),
        (1 << 18, 64),
    ] {
        let array = Resident::new(&vec![1.5_f32; elements], &[elements], &[1], 0);
        // SAFETY: A2.
        let words = unsafe { slice::from_raw_parts(array.0, header::SHAPE) };
        let [data, base, capacity] =
            [header::DATA, header::BASE, header::CAPACITY].map(|word| words[word]);
        assert_eq!(data % align, 0, "{elements} elements");
        // A2 and a sixteenth more at most.
        let bytes = 4 * elements;
        assert!(
            base <= data && data + bytes <= base + capacity.max(bytes),
            "{elements} elements"
        );
        assert!(
            capacity <= bytes + bytes / 16,
            "{capacity} bytes for {bytes}"
        );
    }
}

#[test]
fn impossible_sizes_are_no_memory() {
    assert!(__kernel_array_new(10, 1, usize::MAX / 4).is_null());
    assert!(__kernel_array_new(14, 1, 1).is_null());
}

#[test]
fn names_bind_once_and_expressions_are_exact() {
    let mut sizes = Sizes::<2>::new();
    assert_eq!(sizes.bind(0, 0, 0, 6), Ok(()));
    assert_eq!(sizes.bind(1, 0, 1, 4), Ok(()));
    assert_eq!(sizes.bind(0, 1, 0, 6), Ok(()));
    assert!(sizes.bind(1, 2, 0, 5).is_err());
    let (n, k) = (sizes.get(0), sizes.get(1));
    assert_eq!(
        sizes.expr(1, 0, 3, sub(n, k).and_then(|d| add(d, 1))),
        Ok(())
    );
    assert!(
        sizes
            .expr(1, 0, 4, sub(n, k).and_then(|d| add(d, 1)))
            .is_err()
    );
    assert!(sizes.expr(1, 0, 0, sub(k, n)).is_err(), "negative");
    assert!(sizes.expr(1, 0, 1, div(n, k)).is_err(), "inexact");
    assert!(sizes.expr(1, 0, 1, div(n, 0)).is_err(), "by zero");
    assert!(sizes.expr(1, 0, 1, mul(i64::MAX, k)).is_err(), "overflow");
    assert!(sizes.expr(1, 0, 1, div(i64::MIN, -1)).is_err(), "overflow");
    assert_eq!(sizes.expr(1, 0, 6, neg(-6)), Ok(()));
    assert!(sizes.fixed(0, 0, 3, 4).is_err());
}
