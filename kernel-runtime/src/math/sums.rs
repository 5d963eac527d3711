//! Sums with several accumulators in a fixed tree.

use ndarray::iter::Iter;
use ndarray::{ArrayRef, ArrayRef1, Dimension};
use std::array::from_fn;

/// Elements in a block; its sum takes [`LANES`] accumulators.
const BLOCK: usize = 128;
const LANES: usize = 16;

mod sealed {
    /// Arithmetic that wraps in integers.
    pub trait Number: Copy + 'static {
        const ZERO: Self;
        fn plus(self, other: Self) -> Self;
        fn minus(self, other: Self) -> Self;
        fn times(self, other: Self) -> Self;
    }
}

/// What can be summed: all integers, which wrap as in NumPy, `f32` and `f64`. Sealed.
pub trait Number: sealed::Number {}

macro_rules! numbers {
    ($zero:literal $add:ident $sub:ident $mul:ident: $($ty:ident)*) => {$(
        impl Number for $ty {}
        impl sealed::Number for $ty {
            const ZERO: Self = $zero;
            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                self.$add(other)
            }
            #[inline(always)]
            fn minus(self, other: Self) -> Self {
                self.$sub(other)
            }
            #[inline(always)]
            fn times(self, other: Self) -> Self {
                self.$mul(other)
            }
        }
    )*};
}

numbers!(0 wrapping_add wrapping_sub wrapping_mul: i8 i16 i32 i64 u8 u16 u32 u64);

mod floats {
    use super::{Number, sealed};
    use std::ops::{Add, Mul, Sub};
    numbers!(0.0 add sub mul: f32 f64);
}

/// The sum of all elements, in any number of dimensions.
///
/// As in NumPy, blocks of 128 elements are summed with several accumulators, and the blocks' sums pairwise, so that the error grows
/// with the logarithm of the length (Higham, "The accuracy of floating point summation", 1993). Elements come in logical order
/// whatever the strides: the same shape and elements give the same bits.
#[inline]
pub fn sum<T: Number, D: Dimension>(x: &ArrayRef<T, D>) -> T {
    let mut x = Blocks::new(x);
    pairwise(x.len, |len| accumulate(x.next(len), |x| x))
}

/// The sum of all squares, added as [`sum`] does.
#[inline]
pub fn sum_of_squares<T: Number, D: Dimension>(x: &ArrayRef<T, D>) -> T {
    let mut x = Blocks::new(x);
    pairwise(x.len, |len| accumulate(x.next(len), |x| x.times(x)))
}

/// The inner product, added as [`sum`] does.
///
/// # Panics
///
/// Where the lengths differ.
#[inline]
pub fn dot<T: Number>(x: &ArrayRef1<T>, y: &ArrayRef1<T>) -> T {
    accumulate_pairs(x, y, |x, y| x.times(y))
}

/// The squared Euclidean distance, added as [`sum`] does.
///
/// # Panics
///
/// Where the lengths differ.
#[inline]
pub fn squared_distance<T: Number>(x: &ArrayRef1<T>, y: &ArrayRef1<T>) -> T {
    accumulate_pairs(x, y, |x, y| {
        let difference = x.minus(y);
        difference.times(difference)
    })
}

#[inline]
fn accumulate_pairs<T: Number>(x: &ArrayRef1<T>, y: &ArrayRef1<T>, term: impl Fn(T, T) -> T) -> T {
    let (mut x, mut y) = (Blocks::new(x), Blocks::new(y));
    assert_eq!(x.len, y.len, "two arrays of different lengths");
    pairwise(x.len, |len| {
        let (x, y) = (x.next(len), y.next(len));
        let mut sums = [T::ZERO; LANES];
        let (x_chunks, x_rest) = x.as_chunks::<LANES>();
        let (y_chunks, y_rest) = y.as_chunks::<LANES>();
        for (x, y) in x_chunks.iter().zip(y_chunks) {
            sums = from_fn(|lane| sums[lane].plus(term(x[lane], y[lane])));
        }
        for ((sum, x), y) in sums.iter_mut().zip(x_rest).zip(y_rest) {
            *sum = sum.plus(term(*x, *y));
        }
        fold(sums)
    })
}

#[inline]
fn accumulate<T: Number>(x: &[T], term: impl Fn(T) -> T) -> T {
    let mut sums = [T::ZERO; LANES];
    let (chunks, rest) = x.as_chunks::<LANES>();
    for x in chunks {
        sums = from_fn(|lane| sums[lane].plus(term(x[lane])));
    }
    for (sum, x) in sums.iter_mut().zip(rest) {
        *sum = sum.plus(term(*x));
    }
    fold(sums)
}

/// Halves onto each other, as vectors are.
#[inline]
fn fold<T: Number>(mut sums: [T; LANES]) -> T {
    let mut half = LANES / 2;
    while half > 0 {
        for lane in 0..half {
            sums[lane] = sums[lane].plus(sums[lane + half]);
        }
        half /= 2;
    }
    sums[0]
}

/// The blocks' sums, added as the carries of a binary counter run: two of one size at a time.
#[inline]
fn pairwise<T: Number>(len: usize, mut block: impl FnMut(usize) -> T) -> T {
    let mut waiting = [T::ZERO; usize::BITS as usize];
    let mut depth = 0;
    for index in 0..len.div_ceil(BLOCK) {
        let mut sum = block(BLOCK.min(len - index * BLOCK));
        for _ in 0..index.trailing_ones() {
            depth -= 1;
            sum = waiting[depth].plus(sum);
        }
        waiting[depth] = sum;
        depth += 1;
    }
    waiting[..depth]
        .iter()
        .rev()
        .fold(T::ZERO, |sum, &waiting| waiting.plus(sum))
}

/// The elements in logical order, a block at a time, copied together where they are apart.
struct Blocks<'a, T, D> {
    len: usize,
    source: Source<'a, T, D>,
}

enum Source<'a, T, D> {
    Together(&'a [T]),
    Apart(Iter<'a, T, D>, [T; BLOCK]),
}

impl<'a, T: Number, D: Dimension> Blocks<'a, T, D> {
    #[inline]
    fn new(x: &'a ArrayRef<T, D>) -> Self {
        Self {
            len: x.len(),
            source: match x.as_slice() {
                Some(slice) => Source::Together(slice),
                None => Source::Apart(x.iter(), [T::ZERO; BLOCK]),
            },
        }
    }

    #[inline]
    fn next(&mut self, len: usize) -> &[T] {
        match &mut self.source {
            Source::Together(slice) => {
                let (block, rest) = slice.split_at(len);
                *slice = rest;
                block
            }
            Source::Apart(elements, block) => {
                for (slot, element) in block[..len].iter_mut().zip(elements) {
                    *slot = *element;
                }
                &block[..len]
            }
        }
    }
}
