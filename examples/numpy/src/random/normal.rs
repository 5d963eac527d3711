//! The standard normal distribution, by the ziggurat.
//!
//! Marsaglia and Tsang, "The Ziggurat Method for Generating Random Variables", Journal of Statistical Software 5, 2000. Which bits of a
//! draw are the layer, the sign and the place in the layer is as in NumPy's `random_standard_normal`.

use super::edges::EDGES;
use std::sync::LazyLock;

/// What is known of each layer.
struct Layers {
    /// Places of 52 bits below which a point lies under the density whatever its height.
    inside: [u64; 256],
    /// The density at each edge.
    heights: [f64; 256],
}

const PLACES: f64 = (1u64 << 52) as f64;
const OUTERMOST: f64 = EDGES[255];

static LAYERS: LazyLock<Layers> = LazyLock::new(|| Layers {
    inside: std::array::from_fn(|i| match i {
        0 => (OUTERMOST / EDGES[0] * PLACES) as u64,
        1 => 0,
        i => (EDGES[i - 1] / EDGES[i] * PLACES) as u64,
    }),
    heights: std::array::from_fn(|i| match i {
        0 => 1.0,
        i => (-0.5 * EDGES[i] * EDGES[i]).exp(),
    }),
});

/// One number, of a source of 64 random bits and one of numbers in [0, 1).
pub fn standard_normal<S>(source: &mut S, bits: fn(&mut S) -> u64, unit: fn(&mut S) -> f64) -> f64 {
    let layers = &*LAYERS;
    loop {
        let drawn = bits(source);
        let layer = (drawn & 0xff) as usize;
        let sign = if drawn >> 8 & 1 == 1 { -1.0 } else { 1.0 };
        let place = drawn >> 9 & ((1 << 52) - 1);
        let x = place as f64 * (EDGES[layer] / PLACES);
        if place < layers.inside[layer] {
            return sign * x;
        }
        if layer == 0 {
            // NumPy has the tail's sign from another bit than the others'.
            let sign = if place >> 8 & 1 == 1 { -1.0 } else { 1.0 };
            return sign * tail(|| unit(source));
        }
        let [above, below] = [layers.heights[layer - 1], layers.heights[layer]];
        if (above - below) * unit(source) + below < (-0.5 * x * x).exp() {
            return sign * x;
        }
    }
}

/// A number beyond the outermost edge.
///
/// Marsaglia, "Generating a Variable from the Tail of the Normal Distribution", Technometrics 6, 1964.
fn tail(mut unit: impl FnMut() -> f64) -> f64 {
    loop {
        let x = -(1.0 / OUTERMOST) * (-unit()).ln_1p();
        let y = -(-unit()).ln_1p();
        if y + y > x * x {
            return OUTERMOST + x;
        }
    }
}
