// Two crates: structs under `#[kernel]` in one, kernels that take them in another.

/** The crate `counters`. */
export const COUNTERS = `//! Structs that other crates' kernels take.
use kernel_runtime::prelude::*;

/// Counts.
#[kernel]
pub struct Counter {
    /// How far it is.
    pub count: u32,
}

#[kernel]
impl Counter {
    /// One that begins there.
    pub fn new(count: u32) -> Self {
        Counter { count }
    }

    /// How far it is.
    pub fn read(&self) -> u32 {
        self.count
    }
}

/// As another counter, but for its class.
#[kernel]
pub struct Meter {
    count: u32,
}

#[kernel]
impl Meter {
    /// One that begins there.
    pub fn new(count: u32) -> Self {
        Meter { count }
    }

    /// How far it is.
    pub fn read(&self) -> u32 {
        self.count
    }
}
`;

/** A crate that depends on it. */
export const KERNELS = `
use kernel_runtime::prelude::*;

/// How far it is, from a crate that did not make it.
#[kernel]
pub fn peek(counter: &counters::Counter) -> u32 {
    counter.count
}

/// Moves one on by another, into a third.
#[kernel]
pub fn advance(counter: &mut counters::Counter, by: &counters::Counter) -> counters::Counter {
    counter.count += by.count;
    counters::Counter::new(counter.count)
}

/// One that begins anywhere.
#[kernel]
pub fn counter(count: u32) -> counters::Counter {
    counters::Counter::new(count)
}
`;
