//! Input data, the same as `reference.js` makes.

/// Marsaglia's xorshift32 (*Xorshift RNGs*, 2003, shifts 13, 17, 5): the numbers after `seed`, which is not 0.
fn xorshift32(seed: u32) -> impl Iterator<Item = u32> {
    std::iter::successors(Some(seed), |&state| {
        let mut next = state;
        next ^= next << 13;
        next ^= next >> 17;
        next ^= next << 5;
        Some(next)
    })
    .skip(1)
}

/// Integers in `low..=high`.
pub fn integers(length: usize, low: i32, high: i32, seed: u32) -> Vec<i32> {
    let values = (high - low) as u32 + 1;
    let random = xorshift32(seed).take(length);
    random.map(|x| low + (x % values) as i32).collect()
}

/// Multiples of 2^-24 in [0, 1).
pub fn floats(length: usize, seed: u32) -> Vec<f32> {
    let random = xorshift32(seed).take(length);
    random.map(|x| (x >> 8) as f32 / (1 << 24) as f32).collect()
}

/// Multiples of 2^-32 in [0, 1).
pub fn doubles(length: usize, seed: u32) -> Vec<f64> {
    let random = xorshift32(seed).take(length);
    random
        .map(|x| f64::from(x) / (1_u64 << 32) as f64)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_marsaglias() {
        let first: Vec<u32> = xorshift32(1).take(3).collect();
        assert_eq!(first, [270_369, 67_634_689, 2_647_435_461]);
    }

    #[test]
    fn integers_fill_their_range() {
        let values = integers(10_000, -100, 100, 1);
        assert_eq!(values.iter().min(), Some(&-100));
        assert_eq!(values.iter().max(), Some(&100));
    }
}
