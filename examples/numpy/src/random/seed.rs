//! NumPy's `SeedSequence`: one number into as many independent words as a generator's state has.
//!
//! The algorithm is that of M. E. O'Neill's `seed_seq_fe` ("Developing a seed_seq Alternative", pcg-random.org, 2015); its constants are
//! those of `numpy/random/bit_generator.pyx`.

const POOL: usize = 4;
const MIX: [u32; 2] = [0xca01_f9dd, 0x4973_f715];

/// A hash whose multiplier changes at each use.
struct Hash {
    multiplier: u32,
    step: u32,
}

impl Hash {
    fn of(&mut self, mut word: u32) -> u32 {
        word ^= self.multiplier;
        self.multiplier = self.multiplier.wrapping_mul(self.step);
        word = word.wrapping_mul(self.multiplier);
        word ^ word >> 16
    }
}

/// The words that `SeedSequence(seed).generate_state(4, np.uint64)` has.
pub fn words(seed: u64) -> [u64; 4] {
    let mut hash = Hash {
        multiplier: 0x43b0_d7e5,
        step: 0x931e_8875,
    };
    let entropy = [seed as u32, (seed >> 32) as u32, 0, 0];
    let mut pool: [u32; POOL] = entropy.map(|word| hash.of(word));
    for from in 0..POOL {
        for to in (0..POOL).filter(|&to| to != from) {
            let left = MIX[0].wrapping_mul(pool[to]);
            let right = MIX[1].wrapping_mul(hash.of(pool[from]));
            let mixed = left.wrapping_sub(right);
            pool[to] = mixed ^ mixed >> 16;
        }
    }
    let mut hash = Hash {
        multiplier: 0x8b51_f9dd,
        step: 0x58f3_8ded,
    };
    let mut word = |i: usize| u64::from(hash.of(pool[i % POOL]));
    std::array::from_fn(|i| word(2 * i) | word(2 * i + 1) << 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_numpys() {
        // np.random.SeedSequence(seed).generate_state(4, np.uint64)
        assert_eq!(
            words(0),
            [
                0xdb2cd7e7b0f478be,
                0xabf4641a2c71ba49,
                0x20c6ed6d9d7b8d41,
                0x2c4099de223c39d4
            ]
        );
        assert_eq!(
            words(42),
            [
                0x9f1e2e6dcd540ab7,
                0xd57873dc79fb94b6,
                0x7d282a1b64d420b7,
                0x336579714692d5ff
            ]
        );
        assert_eq!(
            words(u64::MAX),
            [
                0xaebca151928cad0d,
                0x119c30448638dc7a,
                0x1bbb155659e642a7,
                0xa76b11e3e8c4a8f6
            ]
        );
    }
}
