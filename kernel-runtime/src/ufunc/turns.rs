//! The order in which a loop over large arrays goes through memory.

use std::ops::Range;

/// All indices below a length: some in each of several places in turn, then those that are left.
///
/// A processor fetches ahead of a loop within a page, and waits at the start of each; in several places it waits for several at once.
/// Comparisons, which do nothing but wait, take 0.88 of the time over 4M `f32` and 0.9 over 4M `f64` (medians in Node; 0.92 with 2
/// places, 0.91 with 4; additions, which write four times as much, take as long as before).
pub(super) struct Turns {
    len: usize,
    /// How many indices each place has.
    place: usize,
    turn: usize,
}

impl Turns {
    const PLACES: usize = 3;

    /// Indices of a turn: few, so that a page takes several turns.
    const LEN: usize = 8;

    /// Fewer indices than these are not worth it.
    const LEAST: usize = 1 << 12;

    pub(super) fn new(len: usize) -> Turns {
        let most = if len < Turns::LEAST {
            0
        } else {
            len / Turns::PLACES
        };
        Turns {
            len,
            place: most - most % Turns::LEN,
            turn: 0,
        }
    }
}

impl Iterator for Turns {
    type Item = Range<usize>;

    #[inline(always)]
    fn next(&mut self) -> Option<Range<usize>> {
        let place = self.turn % Turns::PLACES;
        let done = self.turn / Turns::PLACES * Turns::LEN;
        self.turn += 1;
        if done < self.place {
            let start = place * self.place + done;
            return Some(start..start + Turns::LEN);
        }
        let rest = Turns::PLACES * self.place..self.len;
        (place == 0).then_some(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_index_has_one_turn() {
        for len in (0..300).chain(Turns::LEAST - 1..Turns::LEAST + 100) {
            let mut seen = vec![0; len];
            for turn in Turns::new(len) {
                seen[turn].iter_mut().for_each(|count| *count += 1);
            }
            assert!(seen.iter().all(|&count| count == 1), "{len} indices");
        }
    }

    #[test]
    fn places_take_turns() {
        let starts: Vec<usize> = Turns::new(Turns::LEAST).map(|turn| turn.start).collect();
        let place = Turns::LEAST / Turns::PLACES / Turns::LEN * Turns::LEN;
        assert_eq!(
            starts[..4],
            [0, place, 2 * place, Turns::LEN],
            "the first turns of {place} indices"
        );
        assert_eq!(starts.last(), Some(&(Turns::PLACES * place)));
    }
}
