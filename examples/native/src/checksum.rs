//! Checksums of results, the same as those of `reference.js`. Each depends on the order of the elements.

/// Of integers, exact: `hash * 31 + value` modulo 2^32 over the elements, from 0.
pub fn exact<T: Into<i64>>(values: impl IntoIterator<Item = T>) -> f64 {
    f64::from(values.into_iter().fold(0_u32, |hash, value| {
        hash.wrapping_mul(31).wrapping_add(value.into() as u32)
    }))
}

/// Of floats: the sum of the elements, each times `1 + index % 7`.
pub fn weighted<T: Into<f64>>(values: impl IntoIterator<Item = T>) -> f64 {
    let weights = (1..=7).cycle();
    let terms = values.into_iter().zip(weights);
    terms.fold(0.0, |sum, (value, weight)| {
        sum + value.into() * f64::from(weight)
    })
}

/// Of ARGB pixels: [`weighted`] over red + green + blue.
pub fn brightness<'a>(pixels: impl IntoIterator<Item = &'a u32>) -> f64 {
    let channels = |&argb: &u32| argb.to_be_bytes().map(u32::from)[1..].iter().sum::<u32>();
    weighted(pixels.into_iter().map(channels))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_counts() {
        assert_eq!(exact([1, -2]), 29.0);
        assert_eq!(exact([-2, 1]), f64::from(u32::MAX - 60));
        assert_eq!(weighted([1.0, 0.5]), 2.0);
        assert_eq!(brightness(&[0xff01_0203, 0xff00_0001]), 8.0);
    }
}
