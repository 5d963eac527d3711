//! Random pairs of views of one buffer: what shares an element never passes, and what is refused beyond that is only what
//! `disjoint` promises to refuse: ranges of addresses that meet, and strides that are not known to keep apart.

use kernel_runtime::__private::{Fault, RawArray, call, disjoint};
use kernel_runtime::exports::{__kernel_area, __kernel_array_free, __kernel_array_new};
use kernel_schema::Dtype;
use kernel_schema::abi::{area, header, status};
use std::collections::HashSet;

const LEN: i64 = 48;
const ROUNDS: usize = if cfg!(miri) { 40 } else { 200_000 };

/// xorshift64 (Marsaglia, "Xorshift RNGs", 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n) as i64
    }
}

/// Elements of a buffer, by their indices in it.
#[derive(Debug)]
struct Layout {
    offset: i64,
    shape: Vec<i64>,
    strides: Vec<i64>,
}

impl Layout {
    /// One that lies in the buffer.
    fn random(random: &mut Random) -> Layout {
        loop {
            let rank = random.below(4);
            let layout = Layout {
                offset: random.below(LEN as u64),
                shape: (0..rank).map(|_| random.below(5)).collect(),
                strides: (0..rank).map(|_| random.below(25) - 12).collect(),
            };
            if layout.elements().iter().all(|&i| (0..LEN).contains(&i)) {
                return layout;
            }
        }
    }

    /// A part of the buffer as a matrix, sliced, reversed and transposed: never one that overlaps itself.
    fn sliced(random: &mut Random) -> Layout {
        let width = [6, 8, 12][random.below(3) as usize];
        let mut layout = Layout {
            offset: 0,
            shape: Vec::new(),
            strides: Vec::new(),
        };
        for (size, stride) in [(LEN / width, width), (width, 1)] {
            let step: i64 = [1, 2, 3, -1, -2][random.below(5) as usize];
            let start = random.below(size as u64);
            let room = if step > 0 { size - start } else { start + 1 };
            layout.offset += start * stride;
            layout
                .shape
                .push(random.below((room as u64).div_ceil(step.unsigned_abs()) + 1));
            layout.strides.push(step * stride);
        }
        if random.below(2) == 1 {
            layout.shape.reverse();
            layout.strides.reverse();
        }
        layout
    }

    /// The index of every element, with repetitions.
    fn elements(&self) -> Vec<i64> {
        let mut indices = vec![self.offset];
        for (&size, &stride) in self.shape.iter().zip(&self.strides) {
            indices = indices
                .iter()
                .flat_map(|first| (0..size).map(move |i| first + i * stride))
                .collect();
        }
        indices
    }

    /// A header over the buffer, which owns nothing.
    fn header(&self, buffer: RawArray) -> RawArray {
        let rank = self.shape.len();
        let raw = __kernel_array_new(Dtype::Int32.code(), rank, 0);
        // SAFETY: A2 of `array.rs`, the layout lies in the buffer; the header has room for the rank.
        unsafe {
            let data = buffer.add(header::DATA).cast::<*mut i32>().read();
            // The first element of an empty array may lie anywhere.
            raw.add(header::DATA)
                .cast::<*mut i32>()
                .write(data.wrapping_offset(self.offset as isize));
            for axis in 0..rank {
                raw.add(header::SHAPE + axis)
                    .write(self.shape[axis] as usize);
                raw.add(header::SHAPE + rank + axis)
                    .cast::<isize>()
                    .write(self.strides[axis] as isize);
            }
        }
        raw
    }
}

/// What `disjoint` says of a pair, the first of which is written to.
fn verdict(mutable: RawArray, other: RawArray) -> u32 {
    call(|scope| -> Result<(), Fault> {
        // SAFETY: A1, A2, A4; no view is made.
        let (a, b) = unsafe {
            (
                scope.input::<i32>(mutable, 0)?,
                scope.input::<i32>(other, 1)?,
            )
        };
        disjoint(&[a.span(true), b.span(false)])
    });
    // SAFETY: B1, this file has one test.
    unsafe {
        __kernel_area()
            .add(area::STATUS)
            .cast::<u32>()
            .replace(status::OK)
    }
}

#[test]
fn no_pair_that_shares_an_element_passes() {
    let buffer = __kernel_array_new(Dtype::Int32.code(), 1, LEN as usize);
    let seed = std::env::var("SEED").map_or(20_261_121, |seed| seed.parse().expect("a number"));
    let mut random = Random(seed);
    let (mut passed, mut interleaved) = (0, 0);
    for _ in 0..ROUNDS {
        let from_slicing = random.below(2) == 1;
        let make = if from_slicing {
            Layout::sliced
        } else {
            Layout::random
        };
        let (a, b) = (make(&mut random), make(&mut random));
        let (raw_a, raw_b) = (a.header(buffer), b.header(buffer));
        let code = verdict(raw_a, raw_b);
        let title = format!("seed {seed}: {a:?} and {b:?}");

        let (elements_a, elements_b) = (a.elements(), b.elements());
        let unique: HashSet<i64> = elements_a.iter().copied().collect();
        let repeats = unique.len() < elements_a.len();
        let shares = elements_b.iter().any(|i| unique.contains(i));
        let range = |elements: &[i64]| Some((*elements.iter().min()?, *elements.iter().max()?));
        let meet = match (range(&elements_a), range(&elements_b)) {
            (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
            _ => false,
        };
        match code {
            status::OK => {
                assert!(!repeats && !shares && !meet, "{title}");
                passed += 1;
            }
            status::ALIAS => {
                assert!(meet, "{title}");
                interleaved += usize::from(!shares);
            }
            status::ALIAS_SELF => assert!(repeats || !from_slicing, "{title}"),
            other => panic!("{title}: status {other}"),
        }
        // SAFETY: A1, A3; not used again.
        unsafe {
            __kernel_array_free(raw_a);
            __kernel_array_free(raw_b);
        }
    }
    // All kinds were met.
    assert!(
        passed > ROUNDS / 100 && interleaved > ROUNDS / 1000,
        "{passed} passed, {interleaved} only interleave"
    );
    // SAFETY: A1, A3; not used again.
    unsafe { __kernel_array_free(buffer) };
}
