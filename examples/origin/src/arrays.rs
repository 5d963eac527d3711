//! Kernels over arrays of any length. Integers wrap around, as NumPy's do.

use kernel_runtime::prelude::*;

/// The sum of all elements, 0 for none.
#[kernel((n) -> ())]
pub fn sum(x: ArrayView1<i32>) -> i32 {
    // A slice lets LLVM vectorise the loop; a view with strides is walked element by element.
    match x.as_slice_memory_order() {
        Some(x) => x.iter().copied().fold(0, i32::wrapping_add),
        None => x.iter().copied().fold(0, i32::wrapping_add),
    }
}

/// The sums of the first 1, 2, ... elements.
#[kernel((n) -> (n))]
pub fn cumsum(x: ArrayView1<i32>) -> Array1<i32> {
    let mut sums = x.to_owned();
    let mut sum = 0_i32;
    // Not `mapv`, which goes through memory and not through the view.
    for value in &mut sums {
        sum = sum.wrapping_add(*value);
        *value = sum;
    }
    sums
}

/// The products of the elements of `x` and `y`.
#[kernel((n), (n) -> (n))]
pub fn multiply(x: ArrayView1<i32>, y: ArrayView1<i32>) -> Array1<i32> {
    Zip::from(x).and(y).map_collect(|&x, &y| x.wrapping_mul(y))
}

/// `a * x + y`, element by element.
#[kernel((), (n), (n) -> (n))]
pub fn axpy(a: f64, x: ArrayView1<f64>, y: ArrayView1<f64>) -> Array1<f64> {
    Zip::from(x).and(y).map_collect(|&x, &y| a * x + y)
}

/// Moves every element of `x` into `low..=high`, in place; `high` where `low` is above it, as in NumPy.
#[kernel((n), (), ())]
pub fn clip(mut x: ArrayViewMut1<i32>, low: i32, high: i32) {
    x.mapv_inplace(|value| value.max(low).min(high));
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel_runtime::ndarray::{arr1, s};

    #[test]
    fn sum_of_nothing_is_zero() {
        assert_eq!(sum(arr1(&[]).view()), 0);
    }

    #[test]
    fn sum_wraps_around() {
        assert_eq!(sum(arr1(&[i32::MAX, 1, 5]).view()), i32::MIN + 5);
    }

    #[test]
    fn sum_follows_any_stride() {
        let x = Array1::from_iter(0..1000);
        assert_eq!(sum(x.view()), 499_500);
        assert_eq!(sum(x.slice(s![..;-1])), 499_500);
        assert_eq!(sum(x.slice(s![1..;3])), (1..1000).step_by(3).sum::<i32>());
    }

    #[test]
    fn cumsum_follows_the_order_of_the_view() {
        let x = arr1(&[1, -2, 3, i32::MAX]);
        assert_eq!(cumsum(x.view()), arr1(&[1, -1, 2, i32::MIN + 1]));
        assert_eq!(cumsum(x.slice(s![..3;-1])), arr1(&[3, 1, 2]));
    }

    #[test]
    fn two_arrays_are_combined_element_by_element() {
        let (x, y) = (arr1(&[1, 2, i32::MAX]), arr1(&[5, -6, 2]));
        assert_eq!(multiply(x.view(), y.view()), arr1(&[5, -12, -2]));
        let (x, y) = (arr1(&[1.0, 2.0]), arr1(&[0.5, 0.25]));
        assert_eq!(axpy(2.0, x.view(), y.view()), arr1(&[2.5, 4.25]));
    }

    #[test]
    fn clip_changes_the_array_in_place() {
        let mut x = arr1(&[-5, 0, 5, 50]);
        clip(x.view_mut(), -1, 10);
        assert_eq!(x, arr1(&[-1, 0, 5, 10]));
        clip(x.view_mut(), 3, 2);
        assert_eq!(x, arr1(&[2, 2, 2, 2]));
    }
}
