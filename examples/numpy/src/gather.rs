//! Arrays made of another one's elements: which ones, axis by axis.

use kernel_runtime::prelude::*;

/// The index of an element that is not there; `fill` stands in its place.
pub const NONE: usize = usize::MAX;

/// An array whose element at `[i, j, ...]` is that of `a` at `[indices[0][i], indices[1][j], ...]`.
///
/// # Panics
///
/// Where an index is neither of the axis nor [`NONE`].
pub fn gather<T: Copy>(a: &ArrayViewD<T>, indices: &[Vec<usize>], fill: T) -> ArrayD<T> {
    let shape: Vec<usize> = indices.iter().map(Vec::len).collect();
    let elements = a.as_standard_layout();
    let elements = elements.as_slice().expect("standard layout");
    let mut gathered = Vec::with_capacity(shape.iter().product());
    if gathered.capacity() > 0 {
        rows(elements, a.shape(), indices, fill, &mut gathered);
    }
    ArrayD::from_shape_vec(shape, gathered).expect("an element for each index")
}

fn rows<T: Copy>(
    elements: &[T],
    shape: &[usize],
    indices: &[Vec<usize>],
    fill: T,
    gathered: &mut Vec<T>,
) {
    let (Some((first, rest)), [_, inner @ ..]) = (indices.split_first(), shape) else {
        gathered.extend_from_slice(elements);
        return;
    };
    let row: usize = inner.iter().product();
    for &index in first {
        if index == NONE {
            let count = rest.iter().map(Vec::len).product();
            gathered.extend(std::iter::repeat_n(fill, count));
        } else if rest.is_empty() {
            gathered.push(elements[index]);
        } else {
            rows(&elements[index * row..][..row], inner, rest, fill, gathered);
        }
    }
}

/// Every index of every axis.
pub fn all_of(shape: &[usize]) -> Vec<Vec<usize>> {
    shape.iter().map(|&size| (0..size).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_repeated_left_out_and_filled_in() {
        let a = array![[1, 2, 3], [4, 5, 6]].into_dyn();
        let gathered = gather(&a.view(), &[vec![1, 0, 1], vec![2, NONE]], 0);
        assert_eq!(gathered, array![[6, 0], [3, 0], [6, 0]].into_dyn());
        let gathered = gather(&a.t(), &[vec![NONE, 2], vec![0]], 9);
        assert_eq!(gathered, array![[9], [3]].into_dyn());
    }

    #[test]
    fn arrays_may_have_no_elements_and_no_dimensions() {
        let none = ArrayD::<u8>::zeros(vec![0, 2]);
        assert_eq!(
            gather(&none.view(), &[vec![NONE], vec![0]], 7),
            array![[7]].into_dyn()
        );
        assert_eq!(
            gather(&arr0(5).into_dyn().view(), &[], 0),
            arr0(5).into_dyn()
        );
        assert_eq!(gather(&none.view(), &all_of(&[0, 2]), 0), none);
    }
}
