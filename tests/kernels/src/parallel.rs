//! What the pool must bear: many threads, locks, waiting, nesting.

use kernel_runtime::prelude::*;
use kernel_runtime::rayon;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Barrier, Condvar, Mutex, RwLock};

/// Threads in the pool that runs kernels.
#[kernel]
pub fn pool_size() -> u32 {
    rayon::current_num_threads() as u32
}

/// Index of the thread that the kernel itself runs on.
#[kernel]
pub fn own_index() -> i32 {
    rayon::current_thread_index().map_or(-1, |index| index as i32)
}

/// How many threads take part in `tasks` tasks that each work for a while.
#[kernel]
pub fn threads_seen(tasks: u32) -> u32 {
    let seen = Mutex::new(BTreeSet::new());
    (0..tasks).into_par_iter().with_max_len(1).for_each(|task| {
        let mut value = f64::from(task);
        for _ in 0..200_000 {
            value = std::hint::black_box(value * 1.000_001 + 1.0);
        }
        seen.lock()
            .expect("no task panics")
            .insert(rayon::current_thread_index());
    });
    seen.into_inner().expect("no task panics").len() as u32
}

/// The sum of an array, in parallel.
#[kernel((n) -> ())]
pub fn parallel_sum(x: ArrayView1<i32>) -> i64 {
    x.into_par_iter().map(|&value| i64::from(value)).sum()
}

/// The squares of an array, in parallel.
#[kernel((n) -> (n))]
pub fn parallel_squares(x: ArrayView1<f64>) -> Array1<f64> {
    let mut squares = Array1::zeros(x.len());
    Zip::from(&mut squares)
        .and(&x)
        .par_for_each(|square, &value| *square = value * value);
    squares
}

/// Counts to `count` under a mutex that all threads fight for.
#[kernel]
pub fn count_under_a_mutex(count: u32) -> u32 {
    let total = Mutex::new(0);
    (0..count)
        .into_par_iter()
        .with_max_len(1)
        .for_each(|_| *total.lock().expect("no task panics") += 1);
    total.into_inner().expect("no task panics")
}

/// Counts to `count` under a lock that has readers too.
#[kernel]
pub fn count_under_a_rwlock(count: u32) -> u32 {
    let total = RwLock::new(0);
    (0..count).into_par_iter().with_max_len(1).for_each(|_| {
        let seen = *total.read().expect("no task panics");
        let mut now = total.write().expect("no task panics");
        assert!(*now >= seen, "the count went backwards");
        *now += 1;
    });
    total.into_inner().expect("no task panics")
}

/// Two tasks hand a number to and fro `rounds` times, waiting on a condition variable.
///
/// Needs two threads at least: sequentially each waits for the other for ever, so it counts alone there.
#[kernel]
pub fn ping_pong(rounds: u32) -> u32 {
    if rayon::current_num_threads() < 2 {
        return 2 * rounds;
    }
    let (turn, changed) = (Mutex::new(0_u32), Condvar::new());
    let started = Barrier::new(2);
    let play = |side: u32| {
        started.wait();
        for _ in 0..rounds {
            let mut turn = changed
                .wait_while(turn.lock().expect("no side panics"), |turn| {
                    *turn % 2 != side
                })
                .expect("no side panics");
            *turn += 1;
            changed.notify_all();
        }
    };
    rayon::scope(|scope| {
        scope.spawn(|_| play(1));
        play(0);
    });
    turn.into_inner().expect("no side panics")
}

/// The calling thread waits, without working, for a number that another thread sets.
#[kernel]
pub fn wait_for_another() -> u32 {
    if rayon::current_num_threads() < 2 {
        return 7;
    }
    let (value, set) = (Mutex::new(None), Condvar::new());
    rayon::scope(|scope| {
        scope.spawn(|_| {
            *value.lock().expect("nothing panics") = Some(7);
            set.notify_one();
        });
        let value = set.wait_while(value.lock().expect("nothing panics"), |value| {
            value.is_none()
        });
        value.expect("nothing panics").unwrap_or(0)
    })
}

/// Parallel iterators inside tasks inside joins.
#[kernel]
pub fn nested(depth: u32) -> u64 {
    if depth == 0 {
        return (0..1000_u64).into_par_iter().sum();
    }
    let (left, right) = rayon::join(|| nested(depth - 1), || nested(depth - 1));
    left + right
}

/// Runs a task on every thread and counts them.
#[kernel]
pub fn broadcast() -> u32 {
    let count = AtomicU32::new(0);
    rayon::broadcast(|_| count.fetch_add(1, Ordering::Relaxed));
    count.into_inner()
}
