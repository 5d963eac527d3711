//! Structs as JavaScript holds them: O1 to O3 of `opaque.rs`.

use super::{area_lock, take_status};
use kernel_runtime::__private::{Opaque, RawHandle, call, distinct, drop_raw, into_raw};
use kernel_schema::abi::status;
use std::cell::Cell;
use std::rc::Rc;

/// Not `Send`, and it tells when it is dropped.
struct Counter {
    count: Vec<u32>,
    dropped: Rc<Cell<u32>>,
}

// SAFETY: no other type has the symbol.
unsafe impl Opaque for Counter {
    const SYMBOL: &'static str = "counter";
}

impl Drop for Counter {
    fn drop(&mut self) {
        self.dropped.set(self.dropped.get() + 1);
        assert!(!self.count.is_empty(), "nothing was counted");
    }
}

struct Unit;

// SAFETY: as above.
unsafe impl Opaque for Unit {
    const SYMBOL: &'static str = "unit";
}

fn counter(count: &[u32]) -> (RawHandle, Rc<Cell<u32>>) {
    let dropped = Rc::new(Cell::new(0));
    let counter = Counter {
        count: count.to_vec(),
        dropped: Rc::clone(&dropped),
    };
    (into_raw(counter), dropped)
}

/// As the export of `fn(&mut self, other: &Counter)`.
fn append(this: RawHandle, other: RawHandle) {
    call(|scope| {
        // SAFETY: O1 and O3, as JavaScript keeps them.
        let (this, other) = unsafe {
            (
                scope.handle::<Counter>(this, status::RECEIVER),
                scope.handle::<Counter>(other, 0),
            )
        };
        distinct(&[this.claim(true), other.claim(false)])?;
        // SAFETY: O2, both were compared.
        let (this, other) = unsafe { (this.get_mut(), other.get()) };
        this.count.extend(&other.count);
        Ok(())
    });
}

fn read(raw: RawHandle) -> Vec<u32> {
    let mut count = Vec::new();
    call(|scope| {
        // SAFETY: O1 and O3; nothing is mutable.
        count = unsafe { scope.handle::<Counter>(raw, 0).get() }
            .count
            .clone();
        Ok(())
    });
    count
}

#[test]
fn o1_a_struct_lives_from_its_making_to_its_drop() {
    let _lock = area_lock();
    let (raw, dropped) = counter(&[1]);
    assert_eq!((read(raw), dropped.get()), (vec![1], 0));
    // SAFETY: O1; not used again.
    unsafe { drop_raw::<Counter>(raw) };
    assert_eq!((take_status().0, dropped.get()), (status::OK, 1));
}

#[test]
fn o2_a_mutable_handle_is_no_other_argument() {
    let _lock = area_lock();
    let ((one, _), (two, _)) = (counter(&[1]), counter(&[2]));
    append(one, two);
    assert_eq!((take_status().0, read(one)), (status::OK, vec![1, 2]));
    append(one, one);
    let (found, detail, _) = take_status();
    assert_eq!(found, status::ALIAS_HANDLE);
    assert_eq!(detail[..2], [f64::from(status::RECEIVER), 0.0]);
    assert_eq!(read(one), [1, 2]);
    // SAFETY: O1; not used again.
    unsafe {
        drop_raw::<Counter>(one);
        drop_raw::<Counter>(two);
    }
}

#[test]
fn o2_structs_without_a_size_have_addresses_of_their_own() {
    let _lock = area_lock();
    let units = [into_raw(Unit), into_raw(Unit)];
    call(|scope| {
        // SAFETY: O1 and O3.
        let lent = units.map(|raw| unsafe { scope.handle::<Unit>(raw, 0) });
        distinct(&[lent[0].claim(true), lent[1].claim(true)])?;
        // SAFETY: O2, both were compared.
        let [Unit, Unit] = lent.map(|lent| unsafe { lent.get_mut() });
        Ok(())
    });
    assert_eq!(take_status().0, status::OK);
    for unit in units {
        // SAFETY: O1; not used again.
        unsafe { drop_raw::<Unit>(unit) };
    }
}

#[test]
fn o3_a_borrow_ends_with_a_call_that_panics() {
    let _lock = area_lock();
    let (raw, _) = counter(&[1]);
    call(|scope| {
        // SAFETY: O1, O2, O3: the only handle of the call.
        let this = unsafe { scope.handle::<Counter>(raw, 0).get_mut() };
        this.count.push(2);
        if this.count.len() == 2 {
            panic!("halfway");
        }
        Ok(())
    });
    assert_eq!(take_status().0, status::PANIC);
    assert_eq!(read(raw), [1, 2]);
    // SAFETY: O1; not used again.
    unsafe { drop_raw::<Counter>(raw) };
}

#[test]
fn a_destructor_that_panics_is_reported() {
    let _lock = area_lock();
    let (raw, dropped) = counter(&[]);
    // SAFETY: O1; not used again.
    unsafe { drop_raw::<Counter>(raw) };
    let (found, _, [message, _]) = take_status();
    assert_eq!(
        (found, message.as_str()),
        (status::PANIC, "nothing was counted")
    );
    assert_eq!(dropped.get(), 1);
}
