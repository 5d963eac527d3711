//! Squares and products of very large and very small numbers have no float64, so what is computed of them is scaled.

use nalgebra::DMatrix;

/// The power of two by which the largest of some numbers comes near to 1; 1 where there is none, or none is finite. Multiplying by it
/// and by its reciprocal is exact.
pub fn scale_of<'a>(values: impl Iterator<Item = &'a f64>) -> f64 {
    let largest = values.fold(0.0f64, |largest, x| largest.max(x.abs()));
    two_to(-exponent_of(largest))
}

/// Sets to 0 what is less than rounding makes of the largest element, and whose square may have no float64.
pub fn without_tiny(a: &mut DMatrix<f64>) {
    let least = a.amax() * 1e-60;
    a.apply(|x| {
        if x.abs() < least {
            *x = 0.0;
        }
    });
}

/// A product that may be infinite or 0 on the way.
pub fn product_of<'a>(factors: impl Iterator<Item = &'a f64>) -> f64 {
    let (mut product, mut exponent) = (1.0f64, 0);
    for factor in factors {
        let by = exponent_of(*factor);
        product *= factor * two_to(-by);
        let more = exponent_of(product);
        product *= two_to(-more);
        exponent += by + more;
    }
    // In two steps, since either may be more than one power of two is; beyond these there is nothing but 0 and infinity.
    let exponent = exponent.clamp(-2040, 2040);
    product * two_to(exponent / 2) * two_to(exponent - exponent / 2)
}

const BIAS: i32 = 1023;

/// So that dividing by two to its power brings a number near to 1; 0 of what is no finite number.
fn exponent_of(x: f64) -> i32 {
    if x == 0.0 || !x.is_finite() {
        return 0;
    }
    // Of the smallest numbers the reciprocal has no float64.
    ((x.abs().to_bits() >> 52) as i32 - BIAS).clamp(1 - BIAS, BIAS - 1)
}

/// A power of two whose reciprocal has a float64.
fn two_to(exponent: i32) -> f64 {
    f64::from_bits(((BIAS + exponent) as u64) << 52)
}

/// Symmetric matrices whose elements become smaller by powers of ten.
#[cfg(test)]
pub fn graded() -> impl Iterator<Item = DMatrix<f64>> {
    let sizes = [5, 13, 21, 25].into_iter();
    let powers = sizes.flat_map(|n| [2, 5, 7, 9, 13].map(|power| (n, power)));
    powers.flat_map(|(n, power)| {
        let places: [fn(usize, usize) -> usize; 2] = [|i, j| i + j, |i, j| i.max(j)];
        places.map(|place| {
            DMatrix::from_fn(n, n, |i, j| {
                let digit = 1 + (7 * i * j + i + j) % 5;
                digit as f64 * 10f64.powi(-power * place(i, j) as i32)
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scaling_is_exact_both_ways() {
        for x in [
            1.0,
            -3.0,
            1e300,
            f64::MAX,
            1e-300,
            f64::MIN_POSITIVE,
            5e-324,
        ] {
            let scale = scale_of([0.5 * x, x].iter());
            assert_eq!(x * scale * scale.recip(), x);
            assert!(
                x.abs() < 1e-307 || (1.0..4.0).contains(&(x * scale).abs()),
                "{x}"
            );
        }
        assert_eq!(scale_of([].iter()), 1.0);
        assert_eq!(scale_of([0.0, f64::NAN].iter()), 1.0);
        assert_eq!(scale_of([1e10, f64::INFINITY].iter()), 1.0);
    }

    #[test]
    fn products_are_right_whatever_is_on_the_way() {
        let product = |factors: &[f64]| product_of(factors.iter());
        assert_eq!(product(&[]), 1.0);
        assert_eq!(product(&[3.0, -0.5, 7.0]), -10.5);
        assert_eq!(
            product(&[[2e200; 9], [0.5e-200; 9]].concat())
                .log10()
                .round(),
            0.0
        );
        assert_eq!(product(&[5e-324, 2f64.powi(1000), 2f64.powi(74)]), 1.0);
        assert_eq!(product(&[1e200, 1e200]), f64::INFINITY);
        assert_eq!(product(&[-1e-200, 1e-200]), 0.0);
        assert_eq!(product(&[f64::MIN_POSITIVE, 0.25]), f64::MIN_POSITIVE / 4.0);
        assert_eq!(product(&[0.0, 1e300]), 0.0);
        assert!(product(&[f64::NAN, 1.0]).is_nan() && product(&[f64::INFINITY, 0.0]).is_nan());
    }
}
