//! Arrays made of another one's elements: which ones, axis by axis.

use crate::elements::{array_of, count, elements_of};
use kernel_runtime::prelude::*;

/// The index of an element that is not there; another value stands in its place.
pub const NONE: usize = usize::MAX;

/// Which elements a result is made of. It knows no type, so the code that makes one is there once for all.
pub struct Gather {
    /// The shape that the array is seen in, with as many elements as it has.
    pub seen: Vec<usize>,
    /// The result's element at `[i, j, ...]` is the one at `[indices[0][i], indices[1][j], ...]`.
    pub indices: Vec<Vec<usize>>,
    /// The result's shape, where it is another one than the lengths of `indices`.
    pub shape: Option<Vec<usize>>,
}

impl Gather {
    /// All elements of an array of this shape, where they are.
    pub fn all(shape: &[usize]) -> Gather {
        Gather {
            seen: shape.to_vec(),
            indices: shape.iter().map(|&size| (0..size).collect()).collect(),
            shape: None,
        }
    }

    /// The result, with `fill` where there is no element.
    ///
    /// # Panics
    ///
    /// Where an index is neither one of the axis nor [`NONE`].
    #[inline(never)]
    pub fn of<T: Copy>(self, a: &ArrayViewD<T>, fill: T) -> ArrayD<T> {
        let elements = elements_of(a);
        let shape: Vec<usize> = self.indices.iter().map(Vec::len).collect();
        let len = count(&shape);
        let mut gathered = Vec::with_capacity(len);
        if len > 0 {
            rows(&elements, &self.seen, &self.indices, fill, &mut gathered);
        }
        array_of(self.shape.unwrap_or(shape), gathered)
    }
}

fn rows<T: Copy>(
    elements: &[T],
    shape: &[usize],
    indices: &[Vec<usize>],
    fill: T,
    gathered: &mut Vec<T>,
) {
    let ([first, rest @ ..], [_, inner @ ..]) = (indices, shape) else {
        return gathered.extend_from_slice(elements);
    };
    let row = count(inner);
    for &index in first {
        if index == NONE {
            let missing = rest.iter().map(Vec::len).product();
            gathered.extend(std::iter::repeat_n(fill, missing));
        } else if rest.is_empty() {
            gathered.push(elements[index]);
        } else {
            rows(&elements[index * row..][..row], inner, rest, fill, gathered);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gather<T: Copy>(a: ArrayViewD<T>, indices: Vec<Vec<usize>>, fill: T) -> ArrayD<T> {
        let gather = Gather {
            indices,
            ..Gather::all(a.shape())
        };
        gather.of(&a, fill)
    }

    #[test]
    fn elements_are_repeated_left_out_and_filled_in() {
        let a = array![[1, 2, 3], [4, 5, 6]].into_dyn();
        let gathered = gather(a.view(), vec![vec![1, 0, 1], vec![2, NONE]], 0);
        assert_eq!(gathered, array![[6, 0], [3, 0], [6, 0]].into_dyn());
        let gathered = gather(a.t(), vec![vec![NONE, 2], vec![0]], 9);
        assert_eq!(gathered, array![[9], [3]].into_dyn());
    }

    #[test]
    fn arrays_may_have_no_elements_and_no_dimensions() {
        let none = ArrayD::<u8>::zeros(vec![0, 2]);
        let gathered = gather(none.view(), vec![vec![NONE], vec![0]], 7);
        assert_eq!(gathered, array![[7]].into_dyn());
        let single = arr0(5).into_dyn();
        assert_eq!(gather(single.view(), vec![], 0), single);
        assert_eq!(Gather::all(&[0, 2]).of(&none.view(), 0), none);
    }
}
