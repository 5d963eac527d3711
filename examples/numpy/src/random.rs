//! Random numbers: those that NumPy's `default_rng(seed)` gives.
//!
//! Tested bit by bit against NumPy; only the tail of the normal distribution, beyond 3.65, may differ by the rounding of a logarithm.

mod edges;
mod normal;
mod seed;

use crate::Error;
use kernel_runtime::prelude::*;
use rand_pcg::{Pcg64, rand_core::Rng};

/// A source of random numbers: PCG64 (M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for
/// Random Number Generation", 2014), with NumPy's seeding and NumPy's distributions.
#[kernel]
pub struct Generator {
    bits: Pcg64,
    /// What a draw of 32 bits has left of 64.
    half: Option<u32>,
}

#[kernel]
impl Generator {
    /// The generator that `np.random.default_rng(seed)` is.
    pub fn new(seed: u64) -> Generator {
        let words = seed::words(seed).map(u128::from);
        let [state, stream] = [words[0] << 64 | words[1], words[2] << 64 | words[3]];
        Generator {
            bits: Pcg64::new(state, stream),
            half: None,
        }
    }

    /// Floats in [0, 1), in an array of the shape `size`; one without dimensions where it is left out.
    ///
    /// # Errors
    ///
    /// Where the array would be too large.
    #[kernel((..) -> (..), single)]
    pub fn random(&mut self, size: Option<ArrayViewD<u32>>) -> Result<ArrayD<f64>, Error> {
        self.fill(size, Generator::unit)
    }

    /// Floats in [`low`, `high`), by default in [0, 1).
    ///
    /// # Errors
    ///
    /// Where `high` is less than `low`, or their difference is not finite.
    #[kernel((), (), (..) -> (..), single)]
    pub fn uniform(
        &mut self,
        low: Option<f64>,
        high: Option<f64>,
        size: Option<ArrayViewD<u32>>,
    ) -> Result<ArrayD<f64>, Error> {
        let low = low.unwrap_or(0.0);
        let range = high.unwrap_or(1.0) - low;
        if !range.is_finite() {
            return Err(Error::argument(
                "high",
                "is not a finite number more than `low`",
            ));
        }
        if range.is_sign_negative() {
            return Err(Error::argument("high", "is less than `low`"));
        }
        self.fill(size, |generator| low + range * generator.unit())
    }

    /// Floats of the normal distribution with the mean `loc`, by default 0, and the standard deviation `scale`, by default 1.
    ///
    /// # Errors
    ///
    /// Where `scale` is negative.
    #[kernel((), (), (..) -> (..), single)]
    pub fn normal(
        &mut self,
        loc: Option<f64>,
        scale: Option<f64>,
        size: Option<ArrayViewD<u32>>,
    ) -> Result<ArrayD<f64>, Error> {
        let [loc, scale] = [loc.unwrap_or(0.0), scale.unwrap_or(1.0)];
        if scale.is_sign_negative() && !scale.is_nan() {
            return Err(Error::negative("scale", scale));
        }
        self.fill(size, |generator| {
            loc + scale * normal::standard_normal(generator, Generator::bits, Generator::unit)
        })
    }

    /// Integers from `low` to `high`, exclusive; below `low` where there is no `high`.
    ///
    /// # Errors
    ///
    /// Where there are none.
    #[kernel((), (), (..) -> (..), single)]
    pub fn integers(
        &mut self,
        low: i64,
        high: Option<i64>,
        size: Option<ArrayViewD<u32>>,
    ) -> Result<ArrayD<i64>, Error> {
        let (name, low, high) = match high {
            Some(high) => ("high", low, high),
            None => ("low", 0, low),
        };
        // As in NumPy, none of none may be asked for.
        let is_empty = size
            .as_ref()
            .is_some_and(|size| size.iter().any(|&n| n == 0));
        if low >= high && !is_empty {
            return Err(Error::argument(name, "leaves no integers to choose from"));
        }
        let most = high.wrapping_sub(1).wrapping_sub(low) as u64;
        self.fill(size, |generator| {
            low.wrapping_add(generator.up_to(most) as i64)
        })
    }

    /// The integers below `n`, in random order.
    #[kernel(() -> (n))]
    pub fn permutation(&mut self, n: u32) -> Array1<i32> {
        let mut order = Vec::with_capacity(n as usize);
        order.extend(0..n as i32);
        for i in (1..order.len()).rev() {
            order.swap(i, self.masked_up_to(i as u32) as usize);
        }
        order.into()
    }

    fn fill<T>(
        &mut self,
        size: Option<ArrayViewD<u32>>,
        mut draw: impl FnMut(&mut Generator) -> T,
    ) -> Result<ArrayD<T>, Error> {
        let shape: Vec<usize> = match size {
            Some(size) if size.ndim() > 1 => {
                return Err(Error::argument(
                    "size",
                    "is neither a number nor a list of them",
                ));
            }
            Some(size) => size.iter().map(|&n| n as usize).collect(),
            None => Vec::new(),
        };
        // Sizes beside one of 0 count too.
        let count = shape
            .iter()
            .try_fold(1, |count: usize, &n| count.checked_mul(n.max(1)));
        match count {
            Some(count) if count <= isize::MAX as usize / size_of::<T>() => {
                Ok(ArrayD::from_shape_simple_fn(shape, || draw(self)))
            }
            _ => Err(Error::argument("size", "is more than the memory can hold")),
        }
    }

    fn bits(&mut self) -> u64 {
        self.bits.next_u64()
    }

    /// The lower half of 64 bits, then the upper one.
    fn half_bits(&mut self) -> u32 {
        self.half.take().unwrap_or_else(|| {
            let bits = self.bits();
            self.half = Some((bits >> 32) as u32);
            bits as u32
        })
    }

    /// In [0, 1)
    fn unit(&mut self) -> f64 {
        const ULP: f64 = 1.0 / (1u64 << 53) as f64;
        (self.bits() >> 11) as f64 * ULP
    }

    /// An integer of at most `most`: as many bits as it has, drawn until they are no more. NumPy shuffles with these.
    fn masked_up_to(&mut self, most: u32) -> u32 {
        let mask = u32::MAX.unbounded_shr(most.leading_zeros());
        loop {
            let drawn = self.half_bits() & mask;
            if drawn <= most {
                return drawn;
            }
        }
    }

    /// An integer of at most `most`: the upper half of a product, without the draws that would make some likelier than others.
    ///
    /// Lemire, "Fast Random Integer Generation in an Interval", ACM Transactions on Modeling and Computer Simulation 29, 2019.
    /// Like NumPy it draws 32 bits where they are enough.
    fn up_to(&mut self, most: u64) -> u64 {
        match most {
            0 => 0,
            0xffff_ffff => self.half_bits().into(),
            u64::MAX => self.bits(),
            1..0xffff_ffff => {
                let count = most as u32 + 1;
                let least = count.wrapping_neg() % count;
                loop {
                    let product = u64::from(self.half_bits()) * u64::from(count);
                    if product as u32 >= least {
                        return product >> 32;
                    }
                }
            }
            _ => {
                let count = most + 1;
                let least = count.wrapping_neg() % count;
                loop {
                    let product = u128::from(self.bits()) * u128::from(count);
                    if product as u64 >= least {
                        return (product >> 64) as u64;
                    }
                }
            }
        }
    }
}

/// Floats in [0, 1): the first that NumPy's `default_rng(seed)` gives, in an array of the shape `size`, or one.
///
/// # Errors
///
/// Where the array would be too large.
#[kernel((), (..) -> (..), single)]
pub fn random(seed: u64, size: Option<ArrayViewD<u32>>) -> Result<ArrayD<f64>, Error> {
    Generator::new(seed).random(size)
}

/// Floats in [`low`, `high`), by default in [0, 1): the first that NumPy's `default_rng(seed)` gives, in an array of the shape `size`, or
/// one.
///
/// # Errors
///
/// Where `high` is less than `low`, or their difference is not finite.
#[kernel((), (), (), (..) -> (..), single)]
pub fn uniform(
    seed: u64,
    low: Option<f64>,
    high: Option<f64>,
    size: Option<ArrayViewD<u32>>,
) -> Result<ArrayD<f64>, Error> {
    Generator::new(seed).uniform(low, high, size)
}

/// Floats of the normal distribution with the mean `loc`, by default 0, and the standard deviation `scale`, by default 1: the first that
/// NumPy's `default_rng(seed)` gives, in an array of the shape `size`, or one.
///
/// # Errors
///
/// Where `scale` is negative.
#[kernel((), (), (), (..) -> (..), single)]
pub fn normal(
    seed: u64,
    loc: Option<f64>,
    scale: Option<f64>,
    size: Option<ArrayViewD<u32>>,
) -> Result<ArrayD<f64>, Error> {
    Generator::new(seed).normal(loc, scale, size)
}

/// Integers from `low` to `high`, exclusive, or below `low` where there is no `high`: the first that NumPy's `default_rng(seed)` gives, in
/// an array of the shape `size`, or one.
///
/// # Errors
///
/// Where there are none.
#[kernel((), (), (), (..) -> (..), single)]
pub fn integers(
    seed: u64,
    low: i64,
    high: Option<i64>,
    size: Option<ArrayViewD<u32>>,
) -> Result<ArrayD<i64>, Error> {
    Generator::new(seed).integers(low, high, size)
}

/// The integers below `n` in random order: the first one that NumPy's `default_rng(seed)` gives.
#[kernel((), () -> (n))]
pub fn permutation(seed: u64, n: u32) -> Array1<i32> {
    Generator::new(seed).permutation(n)
}

#[cfg(test)]
mod tests {
    use super::{edges::EDGES, *};

    // rng = np.random.default_rng(42), and each call in turn
    #[test]
    fn draws_are_numpys() -> Result<(), Error> {
        let mut rng = Generator::new(42);
        let three = array![3u32].into_dyn();
        let size = || Some(three.view());
        assert_eq!(
            rng.random(size())?,
            array![0.7739560485559633, 0.4388784397520523, 0.8585979199113825].into_dyn()
        );
        assert_eq!(
            rng.uniform(Some(-2.0), Some(7.5), size())?,
            array![4.624996276063957, -1.1053151950673294, 7.268412340549181].into_dyn()
        );
        assert_eq!(
            rng.normal(Some(1.0), Some(2.0), size())?,
            array![1.2556808063345708, 0.3675148153128356, 0.9663976849914224].into_dyn()
        );
        assert_eq!(rng.integers(10, None, size())?, array![8, 4, 5].into_dyn());
        assert_eq!(
            rng.integers(-1 << 62, Some(1 << 62), size())?,
            array![
                3936212264454834519,
                1326921525630756611,
                2976950438412308571
            ]
            .into_dyn()
        );
        assert_eq!(
            rng.integers(5, Some(5 + (1 << 32)), size())?,
            array![1592565392, 2342600232, 1904449487].into_dyn()
        );
        assert_eq!(
            rng.integers(0, Some(1 << 31), size())?,
            array![967354525, 487991439, 197860369].into_dyn()
        );
        assert_eq!(rng.permutation(10), array![5, 8, 2, 1, 7, 4, 0, 6, 9, 3]);
        assert_eq!(
            rng.random(size())?,
            array![0.8931211213221977, 0.7783834970737619, 0.19463870785196757].into_dyn()
        );
        Ok(())
    }

    /// All that the ziggurat has: every layer, wedges and the tail.
    #[test]
    fn a_million_normal_numbers_are_numpys() -> Result<(), Error> {
        let size = array![1_000_000].into_dyn();
        let drawn = Generator::new(7).normal(None, None, Some(size.view()))?;
        let (inner, tail): (Vec<f64>, Vec<f64>) = drawn.iter().partition(|x| x.abs() < EDGES[255]);
        assert_eq!(tail.len(), 247);
        assert_eq!(
            inner.iter().fold(0, |bits, x| bits ^ x.to_bits()),
            0xc1c73244e3cc653a
        );
        Ok(())
    }

    #[test]
    fn what_has_no_value_is_refused() {
        let mut rng = Generator::new(1);
        assert!(rng.uniform(Some(3.0), Some(1.0), None).is_err());
        assert!(rng.uniform(Some(-1e308), Some(1e308), None).is_err());
        assert!(rng.uniform(Some(f64::NAN), None, None).is_err());
        assert!(rng.normal(None, Some(-0.0), None).is_err());
        assert!(rng.integers(3, Some(3), None).is_err());
        assert!(rng.integers(0, None, None).is_err());
        let size = array![u32::MAX, u32::MAX, u32::MAX].into_dyn();
        assert!(rng.random(Some(size.view())).is_err());
        assert_eq!(rng.permutation(0).len(), 0);
    }
}
