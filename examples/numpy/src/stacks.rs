//! Stacks of matrices: what has dimensions before the last two, which broadcast.

use kernel_runtime::prelude::*;

/// The shape that two stacks have together.
#[inline(never)]
pub fn broadcast(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let ndim = a.len().max(b.len());
    let size = |shape: &[usize], axis: usize| {
        let own = (axis + shape.len()).checked_sub(ndim);
        own.map_or(1, |own| shape[own])
    };
    let sizes = (0..ndim).map(|axis| match (size(a, axis), size(b, axis)) {
        (1, size) | (size, 1) => Some(size),
        (a, b) => (a == b).then_some(a),
    });
    sizes.collect()
}

/// The matrix at an index of the shape that a stack broadcasts to. The stack itself is not broadcast: that may have more elements than
/// can be counted.
#[inline(never)]
pub fn matrix_at<'a, T>(stack: &'a ArrayViewD<T>, index: &[usize]) -> ArrayView2<'a, T> {
    let own = &index[index.len() + 2 - stack.ndim()..];
    let matrix = own.iter().fold(stack.view(), |stack, &index| {
        let stretched = stack.len_of(Axis(0)) == 1;
        stack.index_axis_move(Axis(0), if stretched { 0 } else { index })
    });
    matrix.into_dimensionality().expect("it has two dimensions")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_has_a_matrix_for_each_index_of_what_it_broadcasts_to() {
        let shape = broadcast(&[4, 1], &[3]);
        assert_eq!(shape, Some(vec![4, 3]));
        assert_eq!(broadcast(&[2], &[3]), None);
        let stack = array![[[[1]]], [[[2]]]].into_dyn();
        assert_eq!(matrix_at(&stack.view(), &[9, 1, 5]), array![[2]]);
    }
}
