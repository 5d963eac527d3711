//! Lists of arrays: A7 of `array.rs`, and that a list leaves as one.

use super::{Resident, area_lock, take_status};
use kernel_runtime::__private::ndarray::{Array2, Ix1, Ix2, array};
use kernel_runtime::__private::{IntoRaw, RawArray, call, disjoint, item, spans, views};
use kernel_runtime::exports::__kernel_array_free;
use kernel_schema::abi::{header, status};
use std::slice;

/// A list argument as JavaScript makes one: an array of addresses, which own nothing.
struct List {
    addresses: Vec<RawArray>,
    header: [usize; header::SHAPE + 2],
}

impl List {
    fn new(arrays: &[&Resident]) -> List {
        let mut header = [0; header::SHAPE + 2];
        header[header::RANK] = 1;
        header[header::SHAPE] = arrays.len();
        header[header::SHAPE + 1] = 1;
        List {
            addresses: arrays.iter().map(|array| array.0).collect(),
            header,
        }
    }

    fn raw(&mut self) -> RawArray {
        let raw = self.header.as_mut_ptr();
        let data = self.addresses.as_mut_ptr();
        // SAFETY: the header has these words; a pointer is one.
        unsafe { raw.add(header::DATA).cast::<*mut RawArray>().write(data) };
        raw
    }
}

#[test]
fn a_list_is_seen_as_views_of_its_arrays() {
    let _lock = area_lock();
    let a = Resident::new(&[1, 2, 3, 4, 5, 6], &[3, 2], &[-2, 1], 4);
    let b = Resident::new(&[7], &[2, 2], &[0, 0], 0);
    let c = Resident::new::<i32>(&[], &[0, 5], &[5, 1], 0);
    let mut list = List::new(&[&a, &b, &c, &a]);
    let raw = list.raw();
    call(|scope| {
        // SAFETY: A1, A2, A4, A7; nothing is mutable.
        let inputs = unsafe { scope.inputs::<i32>(raw, 0) }?;
        // SAFETY: as above.
        let views = unsafe { views::<_, Ix2>(&inputs) };
        assert_eq!(views.len(), 4);
        assert_eq!(views[0], array![[5, 6], [3, 4], [1, 2]]);
        assert_eq!(views[1], array![[7, 7], [7, 7]]);
        assert_eq!(views[2].dim(), (0, 5));
        assert_eq!(views[3], views[0]);
        Ok(())
    });
    assert_eq!(take_status().0, status::OK);

    let mut none = List::new(&[]);
    let raw = none.raw();
    call(|scope| {
        // SAFETY: as above.
        assert!(unsafe { scope.inputs::<i32>(raw, 0) }?.is_empty());
        Ok(())
    });
    assert_eq!(take_status().0, status::OK);
}

#[test]
fn an_array_of_a_list_is_refused_by_its_own_place() {
    let _lock = area_lock();
    let a = Resident::new(&[1_i32, 2], &[2], &[1], 0);
    let b = Resident::new(&[1_i64, 2], &[2], &[1], 0);
    let on = Resident::new(&[true, false], &[2], &[1], 0);
    let neither = Resident::new(&[2_u8], &[1], &[1], 0);
    // SAFETY: the header was made with a dtype.
    unsafe { neither.0.add(header::DTYPE).write(0) };
    let refused = |arrays: &[&Resident], bools: bool| {
        let mut list = List::new(arrays);
        let raw = list.raw();
        call(|scope| {
            // SAFETY: A1, A2, A4, A7; no view is made.
            unsafe {
                match bools {
                    true => drop(scope.inputs::<bool>(raw, 3)?),
                    false => drop(scope.inputs::<i32>(raw, 3)?),
                }
            }
            Ok(())
        });
        let (code, detail, _) = take_status();
        (code, detail[0])
    };
    let place = |index| f64::from(item(3, index));
    assert_eq!(place(1), 3.0 + 2.0 * 256.0);
    assert_eq!(refused(&[&a, &b], false), (status::DTYPE, place(1)));
    assert_eq!(
        refused(&[&on, &on, &neither], true),
        (status::BOOL, place(2))
    );
    assert_eq!(refused(&[&a, &a], false).0, status::OK);
}

#[test]
fn a_mutable_array_overlaps_none_of_a_list() {
    let _lock = area_lock();
    let base = Resident::new(&[0_i32; 12], &[12], &[1], 0);
    let (low, high) = (base.alias(0, &[6], &[1]), base.alias(6, &[6], &[1]));
    let check = |arrays: &[&Resident]| {
        let mut list = List::new(arrays);
        let raw = list.raw();
        call(|scope| {
            // SAFETY: A1, A2, A4, A7; A5 before the views are made.
            unsafe {
                let (inputs, out) = (scope.inputs::<i32>(raw, 0)?, scope.input::<i32>(low.0, 1)?);
                disjoint(&[&spans(&inputs)[..], &[out.span(true)][..]].concat())?;
                let mut out = out.view_mut::<Ix1>();
                for view in views::<_, Ix1>(&inputs) {
                    out += &view;
                }
            }
            Ok(())
        });
        let (code, detail, _) = take_status();
        (code, detail[1])
    };
    assert_eq!(check(&[&high, &high]).0, status::OK);
    assert_eq!(
        check(&[&high, &base]),
        (status::ALIAS, f64::from(item(0, 1)))
    );
}

#[test]
fn a_list_leaves_as_headers_that_are_freed_one_by_one() {
    let _lock = area_lock();
    let transposed = array![[1_i16, 2], [3, 4]].reversed_axes();
    let raw = vec![transposed, Array2::zeros((0, 3)), array![[5]]].into_raw();
    // SAFETY: A2, a list has one dimension; A7.
    let headers = unsafe {
        assert_eq!(raw.add(header::RANK).read(), 1);
        let count = raw.add(header::SHAPE).read();
        let data = raw.add(header::DATA).cast::<*const RawArray>().read();
        slice::from_raw_parts(data, count).to_vec()
    };
    // SAFETY: A1, A3; not used again.
    unsafe { __kernel_array_free(raw) };
    let arrays: Vec<Resident> = headers.into_iter().map(Resident).collect();
    call(|scope| {
        // SAFETY: A1, A2, A4.
        let view = |index: usize| unsafe {
            let input = scope.input::<i16>(arrays[index].0, 0)?;
            Ok(input.view::<Ix2>())
        };
        assert_eq!(view(0)?, array![[1, 3], [2, 4]]);
        assert_eq!(view(1)?.dim(), (0, 3));
        assert_eq!(view(2)?, array![[5]]);
        Ok(())
    });
    assert_eq!(take_status().0, status::OK);
    let none = Resident(Vec::<Array2<f64>>::new().into_raw());
    // SAFETY: A2.
    assert_eq!(unsafe { none.0.add(header::SHAPE).read() }, 0);
}
