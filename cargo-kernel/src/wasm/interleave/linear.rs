//! Addresses and counters: sums of locals, each as many times as a constant says, and a constant.

use std::collections::BTreeMap;
use walrus::ir::BinaryOp;
use walrus::{InstrSeqBuilder, LocalId};

/// What each iteration adds to a local.
pub type Steps = BTreeMap<LocalId, i32>;

/// A sum as i32 instructions make it: modulo 2^32.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linear {
    /// How many times a local counts: never 0 times.
    times: BTreeMap<LocalId, i32>,
    add: i32,
}

impl From<LocalId> for Linear {
    fn from(local: LocalId) -> Linear {
        let times = BTreeMap::from([(local, 1)]);
        Linear { times, add: 0 }
    }
}

impl From<i32> for Linear {
    fn from(add: i32) -> Linear {
        let times = BTreeMap::new();
        Linear { times, add }
    }
}

impl Linear {
    pub fn plus(mut self, other: &Linear) -> Linear {
        for (&local, &times) in &other.times {
            let sum = self.times.entry(local).or_insert(0);
            *sum = sum.wrapping_add(times);
        }
        self.times.retain(|_, &mut times| times != 0);
        self.add = self.add.wrapping_add(other.add);
        self
    }

    pub fn minus(self, other: &Linear) -> Linear {
        self.plus(&other.clone().scaled(-1))
    }

    pub fn scaled(mut self, factor: i32) -> Linear {
        for times in self.times.values_mut() {
            *times = times.wrapping_mul(factor);
        }
        self.times.retain(|_, &mut times| times != 0);
        self.add = self.add.wrapping_mul(factor);
        self
    }

    /// Its value, if it is one.
    pub fn constant(&self) -> Option<i32> {
        self.times.is_empty().then_some(self.add)
    }

    pub fn locals(&self) -> impl Iterator<Item = LocalId> {
        self.times.keys().copied()
    }

    /// A local and what is added to it, if it is no more than that.
    pub fn local_and_step(&self) -> Option<(LocalId, i32)> {
        let mut times = self.times.iter();
        match (times.next(), times.next()) {
            (Some((&local, 1)), None) => Some((local, self.add)),
            _ => None,
        }
    }

    /// What each iteration adds to it.
    pub fn step(&self, steps: &Steps) -> i32 {
        let step = |(local, times): (_, &i32)| match steps.get(local) {
            Some(step) => step.wrapping_mul(*times),
            None => 0,
        };
        self.times.iter().map(step).fold(0, i32::wrapping_add)
    }

    /// Itself without its constant, and that, if it can be the offset of a load or store.
    pub fn split_offset(mut self) -> (Linear, u64) {
        match u64::try_from(self.add) {
            Ok(offset) => {
                self.add = 0;
                (self, offset)
            }
            Err(_) => (self, 0),
        }
    }

    pub fn emit(&self, sequence: &mut InstrSeqBuilder) {
        let mut is_first = true;
        // What is subtracted comes last, so that it need not be subtracted from 0.
        let mut terms: Vec<_> = self.times.iter().collect();
        terms.sort_by_key(|&(_, &times)| times == -1);
        for (&local, &times) in terms {
            if is_first && times == -1 {
                sequence.i32_const(0);
                is_first = false;
            }
            sequence.local_get(local);
            if times != 1 && times != -1 {
                sequence.i32_const(times).binop(BinaryOp::I32Mul);
            }
            if !is_first {
                sequence.binop(match times {
                    -1 => BinaryOp::I32Sub,
                    _ => BinaryOp::I32Add,
                });
            }
            is_first = false;
        }
        if is_first {
            sequence.i32_const(self.add);
        } else if self.add != 0 {
            sequence.i32_const(self.add).binop(BinaryOp::I32Add);
        }
    }
}
