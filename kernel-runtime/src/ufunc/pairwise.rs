//! The order in which a reduction combines its elements: a tree that depends on their number alone.
//!
//! So the result has the same bits for any number of threads and any layout of the array. In a tree rounding errors grow with
//! the logarithm of the number of elements (N. Higham, "The accuracy of floating point summation", SIAM J. Sci. Comput. 14, 1993:
//! pairwise summation).
//!
//! - Up to [`block`] elements: [`width`] accumulators take them in turn; then the second half of the accumulators is folded onto the
//!   first until one is left, where their number is odd without the middle one. (NumPy's sums have 8 accumulators and blocks of 128.)
//! - More: those before the first multiple of a block that is no less than half, and the rest.

use super::Op;
use crate::scalar::Element;

/// Accumulators of a block: four registers of a vector machine, two for wide elements.
pub(super) const fn width(size: usize) -> usize {
    if size <= 4 { WIDE } else { NARROW }
}

const WIDE: usize = 16;
const NARROW: usize = 8;

/// Elements of a block, for elements of `size` bytes: as many as NumPy's have. With 512 a sum of 10^7 times 0.1 in `f32` was twice as
/// far away as NumPy's, for the same time. (Under Miri, small arrays take several.)
pub(super) const fn block(size: usize) -> usize {
    if cfg!(miri) { 4 * width(size) } else { 128 }
}

/// Elements of the left half, where there is more than a block.
pub(super) fn split(n: usize, size: usize) -> usize {
    n.div_ceil(2).next_multiple_of(block(size))
}

/// The reduction of elements that lie side by side; there is one.
pub(super) fn reduce<O: Op<Args = (T, T), Output = T>, T: Element>(x: &[T]) -> T {
    let size = size_of::<T>();
    if x.len() > block(size) {
        let (left, right) = x.split_at(split(x.len(), size));
        return of_two::<O, T>(reduce::<O, T>(left), reduce::<O, T>(right));
    }
    match width(size) {
        WIDE => accumulate::<O, T, WIDE>(x),
        _ => accumulate::<O, T, NARROW>(x),
    }
}

fn accumulate<O: Op<Args = (T, T), Output = T>, T: Element, const W: usize>(x: &[T]) -> T {
    let (rows, rest) = x.as_chunks::<W>();
    let Some((first, rows)) = rows.split_first() else {
        return fold_few::<O, T, W>(rest);
    };
    let mut acc = *first;
    if size_of::<T>() < 4 {
        for row in rows {
            onto_row::<O, T, W>(&mut acc, row);
        }
    } else {
        // Of constant indices alone, so that they stay in registers.
        let mut sums = acc;
        for row in rows {
            for j in 0..W {
                sums[j] = of_two::<O, T>(sums[j], row[j]);
            }
        }
        acc = sums;
    }
    for (acc, &value) in acc.iter_mut().zip(rest) {
        *acc = one::<O, T>(*acc, value);
    }
    let mut half = W / 2;
    while half > 0 {
        for j in 0..half {
            acc[j] = of_two::<O, T>(acc[j], acc[half + j]);
        }
        half /= 2;
    }
    acc[0]
}

/// One register, mostly. Inlined, LLVM would vectorise the loop around it, of 16 lanes that lie apart: slow, and ten times the code.
#[inline(never)]
fn onto_row<O, T, const W: usize>(acc: &mut [T; W], row: &[T; W])
where
    O: Op<Args = (T, T), Output = T>,
    T: Element,
{
    for j in 0..W {
        acc[j] = of_two::<O, T>(acc[j], row[j]);
    }
}

/// Fewer elements than accumulators; there is one.
fn fold_few<O: Op<Args = (T, T), Output = T>, T: Element, const W: usize>(x: &[T]) -> T {
    let mut acc = [x[0]; W];
    acc[..x.len()].copy_from_slice(x);
    let mut left = x.len();
    while left > 1 {
        let half = left.div_ceil(2);
        for j in 0..left - half {
            acc[j] = one::<O, T>(acc[j], acc[half + j]);
        }
        left = half;
    }
    acc[0]
}

/// The function, which is always inlined, where LLVM may choose: all folds of a large one share a copy.
#[inline(always)]
pub(super) fn of_two<O: Op<Args = (T, T), Output = T>, T: Element>(a: T, b: T) -> T {
    fn copy<O: Op<Args = (T, T), Output = T>, T: Element>(a: T, b: T) -> T {
        O::apply((a, b))
    }
    // Through a pointer, since rustc itself would inline the call, before it knows how large the function is.
    let copy: fn(T, T) -> T = copy::<O, T>;
    copy(a, b)
}

/// A call where a loop runs a few times: vectorised and unrolled it would be ten times the code, for every instance of every ufunc.
#[inline(never)]
fn one<O: Op<Args = (T, T), Output = T>, T: Element>(a: T, b: T) -> T {
    of_two::<O, T>(a, b)
}
