//! What lies along an axis, as numbers that are sorted.

use crate::Error;
use crate::axes::axis_of;
use crate::elements::{array_of, count, elements_of};
use crate::threads::map_indices;
use kernel_runtime::prelude::*;
use std::cmp::Ordering;

/// A type of numbers that a `u64` can stand for, in NumPy's order: NaN comes last.
///
/// All types share one sort of these, which is a fraction of the code of a sort for each.
pub trait Key: Copy + Send + Sync + 'static {
    /// Whether the largest key is NaN.
    const NAN: bool = false;
    /// -0 is before 0.
    fn key(self) -> u64;
    /// The number again.
    fn from_key(key: u64) -> Self;
    /// -0 is 0.
    fn rank(self) -> u64 {
        self.key()
    }
}

const SIGN: u64 = 1 << 63;

macro_rules! integers {
    ($wide:ident $sign:literal: $($ty:ident)*) => {$(
        impl Key for $ty {
            fn key(self) -> u64 {
                self as $wide as u64 ^ $sign << 63
            }
            fn from_key(key: u64) -> Self {
                (key ^ $sign << 63) as Self
            }
        }
    )*};
}

integers!(i64 1: i8 i16 i32 i64);
integers!(u64 0: u8 u16 u32 u64);

impl Key for bool {
    fn key(self) -> u64 {
        self.into()
    }
    fn from_key(key: u64) -> Self {
        key != 0
    }
}

impl Key for f64 {
    const NAN: bool = true;
    fn key(self) -> u64 {
        let bits = self.to_bits();
        match bits {
            _ if self.is_nan() => u64::MAX,
            SIGN.. => !bits,
            _ => bits | SIGN,
        }
    }
    fn from_key(key: u64) -> Self {
        f64::from_bits(if key < SIGN { !key } else { key ^ SIGN })
    }
    fn rank(self) -> u64 {
        (self + 0.0).key()
    }
}

impl Key for f32 {
    const NAN: bool = true;
    fn key(self) -> u64 {
        f64::from(self).key()
    }
    fn from_key(key: u64) -> Self {
        f64::from_key(key) as f32
    }
    fn rank(self) -> u64 {
        f64::from(self).rank()
    }
}

/// What an array's elements become, lane after lane along one axis.
pub struct Lanes<K> {
    /// Of each element.
    pub values: Vec<K>,
    /// How many a lane has.
    pub len: usize,
    /// How many lanes there are.
    count: usize,
    /// The array's shape, the axis last.
    shape: Vec<usize>,
    /// Where the array's axes are then.
    places: Vec<usize>,
}

/// Lanes are shared between the threads in pieces of so many elements.
const PIECE: usize = 1 << 12;

impl<K: Sync> Lanes<K> {
    /// Along an axis, the last one where none is given.
    #[inline(never)]
    pub fn new<T: Copy>(
        a: ArrayViewD<T>,
        axis: Option<i32>,
        convert: fn(T) -> K,
    ) -> Result<Lanes<K>, Error> {
        let ndim = a.ndim();
        let axis = axis_of(axis.unwrap_or(-1), ndim)?;
        let others = (0..ndim).filter(|&other| other != axis);
        let a = a.permuted_axes(others.chain([axis]).collect::<Vec<_>>());
        let place = |other: usize| match other.cmp(&axis) {
            Ordering::Less => other,
            Ordering::Equal => ndim - 1,
            Ordering::Greater => other - 1,
        };
        Ok(Lanes {
            values: converted(&a, convert),
            len: a.shape()[ndim - 1],
            count: count(&a.shape()[..ndim - 1]),
            shape: a.shape().to_vec(),
            places: (0..ndim).map(place).collect(),
        })
    }

    /// What a function makes of each lane, one after the other.
    pub fn map<R: Clone + Send>(&self, function: &(dyn Fn(&[K]) -> Vec<R> + Sync)) -> Vec<R> {
        let lane = |index: usize| function(&self.values[index * self.len..][..self.len]);
        map_indices(self.count, PIECE.div_ceil(self.len.max(1)), &lane).concat()
    }

    /// An array of the same shape, but for the axis, which has `len` of these values.
    #[inline(never)]
    pub fn restore<R>(&self, values: Vec<R>, len: usize) -> ArrayD<R> {
        let mut shape = self.shape.clone();
        shape[self.places.len() - 1] = len;
        array_of(shape, values).permuted_axes(&self.places[..])
    }
}

/// What the elements become, in row-major order.
#[inline(never)]
pub fn converted<T: Copy, K>(a: &ArrayViewD<T>, convert: fn(T) -> K) -> Vec<K> {
    elements_of(a).iter().map(|&x| convert(x)).collect()
}

/// Keys in order.
pub fn sorted(mut keys: Vec<u64>) -> Vec<u64> {
    keys.sort_unstable();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ascending<T: Key + PartialEq + std::fmt::Debug>(values: &[T]) {
        assert!(values.is_sorted_by_key(|x| x.key()), "{values:?}");
        for &value in values {
            assert_eq!(T::from_key(value.key()), value);
        }
    }

    #[test]
    fn keys_have_the_order_of_numbers() {
        ascending(&[false, true]);
        ascending(&[i8::MIN, -1, 0, 1, i8::MAX]);
        ascending(&[i64::MIN, -1, 0, 1, i64::MAX]);
        ascending(&[0, 1, u64::MAX]);
        ascending(&[f32::NEG_INFINITY, -1e-45, -0.0, 0.0, 1e-45, f32::INFINITY]);
        ascending(&[f64::NEG_INFINITY, -1.5, -5e-324, -0.0, 0.0, f64::INFINITY]);
        assert!(f64::INFINITY.key() < (-f64::NAN).key());
        assert!(f32::from_key(f32::NAN.key()).is_nan());
        assert_eq!((-0.0f32).rank(), 0.0f32.rank());
    }

    #[test]
    fn lanes_become_the_array_again() -> Result<(), Error> {
        let a = ArrayD::from_shape_fn(vec![2, 3, 4], |i| (i[0] * 12 + i[1] * 4 + i[2]) as u32);
        for axis in [None, Some(0), Some(1), Some(-1)] {
            let lanes = Lanes::new(a.view(), axis, |x| x)?;
            assert_eq!(lanes.restore(lanes.map(&<[u32]>::to_vec), lanes.len), a);
        }
        let lanes = Lanes::new(a.view(), Some(1), |x| x)?;
        assert_eq!(lanes.values[..4], [0, 4, 8, 1]);
        let lasts = lanes.map(&|lane| vec![lane[2]]);
        assert_eq!(
            lanes.restore(lasts, 1),
            a.slice(s![.., 2..3, ..]).into_dyn()
        );
        Ok(())
    }
}
