//! Sums: the same bits whatever the strides, and accurate.

use crate::reference::Random;
use kernel_runtime::math::{dot, squared_distance, sum, sum_of_squares};
use kernel_runtime::prelude::*;

const LENGTHS: [usize; 10] = [0, 1, 15, 16, 17, 127, 128, 129, 1000, 5000];

fn random(len: usize) -> Array1<f64> {
    let mut random = Random(len as u64 + 1);
    Array1::from_shape_simple_fn(len, || random.exponent(-20.0, 20.0))
}

/// The same elements, every third of a larger array, backwards.
fn strided(x: &Array1<f64>) -> Array1<f64> {
    let mut apart = Array1::from_elem(3 * x.len(), 9.0);
    apart.slice_mut(s![..;-3]).assign(x);
    apart
}

#[test]
fn strides_change_no_bit() {
    for len in LENGTHS {
        let (x, y) = (
            random(len),
            random(len)
                .mapv(f64::sqrt)
                .mapv(|y| if y.is_nan() { 0.5 } else { y }),
        );
        let (apart_x, apart_y) = (strided(&x), strided(&y));
        let (u, v) = (apart_x.slice(s![..;-3]), apart_y.slice(s![..;-3]));
        assert_eq!(u, x);
        assert_eq!(sum(&u).to_bits(), sum(&x).to_bits());
        assert_eq!(sum_of_squares(&u).to_bits(), sum_of_squares(&x).to_bits());
        assert_eq!(dot(&u, &y).to_bits(), dot(&x, &y).to_bits());
        assert_eq!(dot(&u, &v).to_bits(), dot(&x, &y).to_bits());
        assert_eq!(
            squared_distance(&u, &v).to_bits(),
            squared_distance(&x, &y).to_bits()
        );
    }
}

#[test]
fn more_dimensions_are_one_in_logical_order() {
    let x = random(5000);
    let matrix = x.to_shape((50, 100)).expect("the same size");
    let columns = matrix.t().as_standard_layout().into_owned();
    assert_eq!(sum(&matrix).to_bits(), sum(&x).to_bits());
    assert_eq!(sum(&columns.t()).to_bits(), sum(&x).to_bits());
    assert_eq!(
        sum_of_squares(&columns.t()).to_bits(),
        sum_of_squares(&x).to_bits()
    );
    assert_eq!(sum(&arr0(3)), 3);
}

#[test]
fn integers_wrap() {
    let x = Array1::<u8>::from_elem(1000, 7);
    assert_eq!(sum(&x), (7000 % 256) as u8);
    assert_eq!(dot(&x, &x), (49_000 % 256) as u8);
    assert_eq!(sum_of_squares(&x), (49_000 % 256) as u8);
    assert_eq!(
        squared_distance(&x, &Array1::from_elem(1000, 9)),
        (4000 % 256) as u8
    );
    let x = Array1::from_iter(0..300i64);
    assert_eq!(sum(&x), 300 * 299 / 2);
}

/// A sum from left to right is off by 1 % here.
#[test]
fn a_long_sum_of_f32_is_accurate() {
    let x = Array1::<f32>::from_elem(1 << 24, 0.1);
    let want = f64::from(0.1f32) * f64::from(1 << 24);
    assert!((f64::from(sum(&x)) - want).abs() < 1e-6 * want);
}

#[test]
#[should_panic(expected = "different lengths")]
fn lengths_must_agree() {
    dot(&array![1.0, 2.0], &array![1.0]);
}
