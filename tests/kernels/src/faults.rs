//! Panics, on the calling thread and inside rayon.

use kernel_runtime::prelude::*;

/// Panics with a message that has the number in it.
#[kernel]
pub fn panics(number: u32) {
    panic!("number {number} — as asked");
}

/// Indexes beyond the end where `index` is too large.
#[kernel]
pub fn element(x: ArrayView1<i32>, index: u32) -> i32 {
    let x = x.to_vec();
    x[index as usize]
}

/// Sums 0 to `count` in parallel and panics at `at`, if it is among them.
#[kernel]
pub fn parallel_panic(count: u32, at: u32) -> u64 {
    (0..count)
        .into_par_iter()
        .map(|number| {
            // Allocated on the panicking thread, so that unwinding has something to free there.
            let held = vec![u64::from(number); 1 + number as usize % 100];
            assert!(number != at, "number {number} of {count}");
            held[0]
        })
        .sum()
}

/// Panics in every task at once.
#[kernel]
pub fn panics_everywhere(count: u32) -> u64 {
    (0..count)
        .into_par_iter()
        .with_max_len(1)
        .map(|number| -> u64 { panic!("task {number}") })
        .sum()
}

/// A payload that is no text.
#[kernel]
pub fn panics_with_a_number() {
    std::panic::panic_any(17_i32);
}

/// A panic while two large arrays are alive; they must be freed.
#[kernel((n))]
pub fn panics_holding(x: ArrayView1<f64>) {
    let copy = x.to_owned();
    let sum = &copy + &x;
    panic!("holding {}", copy.len() + sum.len());
}

/// Panics behind a mutex, which is then poisoned for this call alone.
#[kernel]
pub fn panics_under_a_lock(count: u32) -> u64 {
    let total = std::sync::Mutex::new(0_u64);
    (0..count).into_par_iter().for_each(|number| {
        let mut total = total.lock().expect("the lock is poisoned");
        assert!(number != count / 2, "number {number} under a lock");
        *total += u64::from(number);
    });
    total.into_inner().expect("the lock is poisoned")
}
