//! `f64` against 200 bits.

use crate::reference::{self, Big, Random, big, ulps};
use kernel_runtime::math;

struct Unary {
    name: &'static str,
    bound: f64,
    function: fn(f64) -> f64,
    reference: fn(&Big) -> Big,
    /// Where the result is neither special nor what every function would give.
    domain: (f64, f64),
    /// Where a formula changes, or a result overflows.
    edges: &'static [f64],
}

const UNARY: &[Unary] = &[
    Unary {
        name: "exp",
        bound: 2.0,
        function: math::exp,
        reference: |x| x.exp(),
        domain: (-746.0, 710.0),
        edges: &[
            0.34657359,
            709.782712893384,
            -708.39641853226,
            -745.1332191019412,
        ],
    },
    Unary {
        name: "exp2",
        bound: 2.0,
        function: math::exp2,
        reference: |x| (x * big(2.0).ln()).exp(),
        domain: (-1075.0, 1025.0),
        edges: &[0.5, 1024.0, -1022.0, -1074.0],
    },
    Unary {
        name: "expm1",
        bound: 2.0,
        function: math::expm1,
        reference: |x| x.exp_m1(),
        domain: (-60.0, 710.0),
        edges: &[0.34657359, -0.34657359, 1.0397, 709.782712893384, -37.5],
    },
    Unary {
        name: "ln",
        bound: 2.0,
        function: math::ln,
        reference: |x| x.ln(),
        domain: (5e-324, f64::MAX),
        edges: &[
            1.0,
            std::f64::consts::FRAC_1_SQRT_2,
            std::f64::consts::SQRT_2,
            2.2250738585072014e-308,
        ],
    },
    Unary {
        name: "log2",
        bound: 2.0,
        function: math::log2,
        reference: |x| x.ln() / big(2.0).ln(),
        domain: (5e-324, f64::MAX),
        edges: &[
            1.0,
            std::f64::consts::FRAC_1_SQRT_2,
            std::f64::consts::SQRT_2,
            2.2250738585072014e-308,
        ],
    },
    Unary {
        name: "log10",
        bound: 2.0,
        function: math::log10,
        reference: |x| x.ln() / big(10.0).ln(),
        domain: (5e-324, f64::MAX),
        edges: &[
            1.0,
            std::f64::consts::FRAC_1_SQRT_2,
            std::f64::consts::SQRT_2,
            1e5,
            1e22,
        ],
    },
    Unary {
        name: "log1p",
        bound: 2.0,
        function: math::log1p,
        reference: |x| x.ln_1p(),
        domain: (-1.0 + 1e-16, f64::MAX),
        edges: &[5e-17, -0.2928932188134524, 0.41421356237309515, -0.9999999],
    },
    Unary {
        name: "sin",
        bound: 2.0,
        function: math::sin,
        reference: |x| x.sin(),
        domain: (-f64::MAX, f64::MAX),
        edges: TURNS,
    },
    Unary {
        name: "cos",
        bound: 2.0,
        function: math::cos,
        reference: |x| x.cos(),
        domain: (-f64::MAX, f64::MAX),
        edges: TURNS,
    },
    Unary {
        name: "tan",
        bound: 2.0,
        function: math::tan,
        reference: |x| x.tan(),
        domain: (-f64::MAX, f64::MAX),
        edges: TURNS,
    },
    Unary {
        name: "asin",
        bound: 2.0,
        function: math::asin,
        reference: |x| x.asin(),
        domain: (-1.0, 1.0),
        edges: &[0.5, -0.5, 0.9999999],
    },
    Unary {
        name: "acos",
        bound: 2.0,
        function: math::acos,
        reference: |x| x.acos(),
        domain: (-1.0, 1.0),
        edges: &[0.5, -0.5, 0.9999999, -0.9999999],
    },
    Unary {
        name: "atan",
        bound: 2.0,
        function: math::atan,
        reference: |x| x.atan(),
        domain: (-f64::MAX, f64::MAX),
        edges: &[0.41421356, 1.0, 2.41421356],
    },
    Unary {
        name: "sinh",
        bound: 2.0,
        function: math::sinh,
        reference: |x| x.sinh(),
        domain: (-711.0, 711.0),
        edges: &[1.0, 710.4758600739439],
    },
    Unary {
        name: "cosh",
        bound: 2.0,
        function: math::cosh,
        reference: |x| x.cosh(),
        domain: (-711.0, 711.0),
        edges: &[1.0, 710.4758600739439],
    },
    Unary {
        name: "tanh",
        bound: 2.0,
        function: math::tanh,
        reference: |x| x.tanh(),
        domain: (-40.0, 40.0),
        edges: &[0.1732867951, 0.54930614, 19.06],
    },
    Unary {
        name: "cbrt",
        bound: 2.0,
        function: math::cbrt,
        reference: cbrt,
        domain: (-f64::MAX, f64::MAX),
        edges: &[1.0, 2.0, 4.0, 8.0],
    },
    Unary {
        name: "erf",
        bound: 4.0,
        function: math::erf,
        reference: reference::erf,
        domain: (-6.0, 6.0),
        edges: &[1.0, -1.0, 5.9],
    },
    Unary {
        name: "sigmoid",
        bound: 2.0,
        function: math::sigmoid,
        reference: |x| {
            let e = (-x).exp();
            Big::ONE / (Big::ONE + e)
        },
        domain: (-746.0, 40.0),
        edges: &[0.0, -708.4, -745.13],
    },
];

/// Multiples of pi/2, 2^84 where the window changes, and the `f64` closest to a multiple of pi/2 (Muller, "Elementary Functions").
const TURNS: &[f64] = &[
    std::f64::consts::FRAC_PI_4,
    std::f64::consts::FRAC_PI_2,
    std::f64::consts::PI,
    3.0 * std::f64::consts::PI,
    1e22,
    19342813113834066795298816.0,
    // 6381956970095103 * 2^797
    5.319372648326541e255,
];

fn cbrt(x: &Big) -> Big {
    let third = (x.clone() * x).ln() / Big::from(6);
    let root = third.with_precision(reference::BITS).value().exp();
    if *x < Big::ZERO { -root } else { root }
}

fn inputs(case: &Unary, seed: u64, count: usize) -> impl Iterator<Item = f64> {
    let mut random = Random(seed);
    let (low, high) = case.domain;
    let edges = case.edges;
    (0..count)
        .map(move |i| match i % 5 {
            0 => f64::from_bits(random.next()),
            1 => random.exponent(-30.0, high.log2().min(30.0)),
            2 => low.max(-50.0) + (high.min(50.0) - low.max(-50.0)) * random.unit(),
            3 => {
                // Near a multiple of pi/2, which is as good as any number to the others
                let turns = random.exponent(0.0, 60.0).round();
                let x = turns * std::f64::consts::FRAC_PI_2;
                f64::from_bits(x.to_bits().wrapping_add(random.next() % 5).wrapping_sub(2))
            }
            _ => {
                let edge = edges[random.next() as usize % edges.len()];
                let far = random.unit() * 50.0;
                let steps = far.exp2() as u64;
                let sign = if random.next() & 1 == 0 {
                    steps
                } else {
                    steps.wrapping_neg()
                };
                f64::from_bits(edge.to_bits().wrapping_add(sign))
            }
        })
        .chain(edges.iter().copied())
        .filter(move |x| (low..=high).contains(x) && *x != 0.0)
}

fn check_unary(case: &Unary, count: usize) {
    const SEED: u64 = 1;
    let mut worst = (0.0, 0.0);
    for x in inputs(case, SEED, count) {
        let want = (case.reference)(&big(x));
        let error = ulps((case.function)(x), &want);
        if error > worst.0 {
            worst = (error, x);
        }
    }
    println!("{}: {:.3} ulp at {:e}", case.name, worst.0, worst.1);
    assert!(
        worst.0 <= case.bound,
        "{}, seed {SEED}: {} ulp at {:e}",
        case.name,
        worst.0,
        worst.1
    );
}

/// What takes seconds.
const COUNT: usize = if cfg!(debug_assertions) {
    4_000
} else {
    20_000
};

#[test]
fn unary_functions() {
    for case in UNARY {
        check_unary(case, COUNT);
    }
}

type Binary = fn(f64, f64) -> f64;

fn check_binary(
    name: &str,
    bound: f64,
    function: Binary,
    reference: fn(&Big, &Big) -> Big,
    pairs: impl Iterator<Item = (f64, f64)>,
) {
    let mut worst = (0.0, (0.0, 0.0));
    for (x, y) in pairs {
        let error = ulps(function(x, y), &reference(&big(x), &big(y)));
        if error > worst.0 {
            worst = (error, (x, y));
        }
    }
    println!("{name}: {:.3} ulp at {:?}", worst.0, worst.1);
    assert!(worst.0 <= bound, "{name}: {} ulp at {:?}", worst.0, worst.1);
}

/// Pairs of all exponents, and of close ones.
fn pairs(seed: u64) -> impl Iterator<Item = (f64, f64)> {
    let mut random = Random(seed);
    (0..COUNT).map(move |i| match i % 3 {
        0 => (
            random.exponent(-1070.0, 1023.0),
            random.exponent(-1070.0, 1023.0),
        ),
        1 => (random.exponent(-8.0, 8.0), random.exponent(-8.0, 8.0)),
        _ => {
            let x = random.exponent(-1000.0, 1000.0);
            (x, x * random.exponent(-3.0, 3.0))
        }
    })
}

#[test]
fn binary_functions() {
    let hypot = |x: &Big, y: &Big| (x.clone() * x + y.clone() * y).sqrt();
    check_binary("hypot, seed 2", 2.0, math::hypot, hypot, pairs(2));
    check_binary(
        "atan2, seed 3",
        2.0,
        math::atan2,
        |y, x| y.atan2(x),
        pairs(3),
    );
    check_binary("pow, seed 4", 4.0, math::pow, pow, powers(4));
    // Powers of a negative number are those with an integer.
    let negative = powers(5).enumerate().map(|(i, (x, y))| {
        let whole = y.trunc();
        // Half of them odd, where there are odd numbers
        let odd = i % 2 == 0 && whole % 2.0 == 0.0 && whole.abs() < LARGEST_ODD;
        (-x, if odd { whole + 1.0 } else { whole })
    });
    check_binary(
        "pow of negative numbers, seed 5",
        4.0,
        math::pow,
        pow,
        negative,
    );
}

/// From here on every `f64` is an even integer.
const LARGEST_ODD: f64 = 9007199254740992.0;

fn pow(x: &Big, y: &Big) -> Big {
    if *x > Big::ZERO {
        return (x.ln() * y).exp();
    }
    let size = ((-x).ln() * y).exp();
    let y = y.to_f64().value();
    if y % 2.0 == 0.0 { size } else { -size }
}

/// Positive numbers, and exponents for which the result is anything between the smallest and the largest number.
fn powers(seed: u64) -> impl Iterator<Item = (f64, f64)> {
    let mut random = Random(seed);
    (0..COUNT).map(move |i| {
        let x = match i % 4 {
            0 => random.exponent(-1070.0, 1023.0).abs(),
            1 => random.exponent(-2.0, 2.0).abs(),
            // Close to 1, where the logarithm is small and the exponent large
            2 => 1.0 + random.exponent(-50.0, -1.1),
            // Closer, so that exponents are beyond the odd numbers
            _ => 1.0 + f64::EPSILON * (1.0 + (random.unit() * 50.0).trunc()),
        };
        (x, (random.unit() * 1454.0 - 744.4) / x.ln())
    })
}
