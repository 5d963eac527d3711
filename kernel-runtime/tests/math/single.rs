//! `f32` against `f64`.

use crate::reference::{self, Random, ulps_single};
use kernel_runtime::math;
use rayon::prelude::*;
use std::env;

type Unary = (&'static str, f64, fn(f32) -> f32, fn(f64) -> f64);

/// Name, bound in ulp, the function, and `f64`'s.
const UNARY: &[Unary] = &[
    ("exp", 2.0, math::exp, f64::exp),
    ("exp2", 2.0, math::exp2, f64::exp2),
    ("expm1", 2.0, math::expm1, f64::exp_m1),
    ("ln", 2.0, math::ln, f64::ln),
    ("log2", 2.0, math::log2, f64::log2),
    ("log10", 2.0, math::log10, f64::log10),
    ("log1p", 2.0, math::log1p, f64::ln_1p),
    ("sin", 2.0, math::sin, f64::sin),
    ("cos", 2.0, math::cos, f64::cos),
    ("tan", 2.0, math::tan, f64::tan),
    ("asin", 2.0, math::asin, f64::asin),
    ("acos", 2.0, math::acos, f64::acos),
    ("atan", 2.0, math::atan, f64::atan),
    ("sinh", 2.0, math::sinh, f64::sinh),
    ("cosh", 2.0, math::cosh, f64::cosh),
    ("tanh", 2.0, math::tanh, f64::tanh),
    ("cbrt", 2.0, math::cbrt, f64::cbrt),
    ("erf", 4.0, math::erf, reference::erf_of_double),
    ("sigmoid", 2.0, math::sigmoid, |x| 1.0 / (1.0 + (-x).exp())),
];

/// One function if `MATH` names it.
fn check_unary(stride: usize) {
    let only = env::var("MATH").ok();
    let chosen = |name: &str| only.as_ref().is_none_or(|only| only == name);
    UNARY
        .par_iter()
        .for_each(|&(name, bound, function, reference)| {
            if !chosen(name) {
                return;
            }
            let mut worst = (0.0, 0f32);
            for bits in (0..=u32::MAX).step_by(stride) {
                let x = f32::from_bits(bits);
                let error = ulps_single(function(x), reference(f64::from(x)));
                if error > worst.0 {
                    worst = (error, x);
                }
            }
            println!("{name}: {:.3} ulp at {:e}", worst.0, worst.1);
            assert!(worst.0 <= bound, "{name}: {} ulp at {:e}", worst.0, worst.1);
        });
}

#[test]
fn unary_functions_at_every_99991st_value() {
    check_unary(99_991);
}

#[test]
#[ignore = "every value there is: hours in release, or minutes with `MATH=exp` or `STRIDE=31`"]
fn unary_functions_everywhere() {
    let stride = env::var("STRIDE").map_or(1, |stride| stride.parse().expect("a number"));
    check_unary(stride);
}

/// Bits at random, and values of common size.
fn pairs(seed: u64, count: usize) -> impl Iterator<Item = (f32, f32)> {
    let mut random = Random(seed);
    (0..count).map(move |i| {
        if i % 2 == 0 {
            let bits = random.next();
            (
                f32::from_bits(bits as u32),
                f32::from_bits((bits >> 32) as u32),
            )
        } else {
            let mut common = || random.exponent(-8.0, 8.0) as f32;
            (common(), common())
        }
    })
}

#[test]
fn binary_functions() {
    type Binary = (&'static str, f64, fn(f32, f32) -> f32, fn(f64, f64) -> f64);
    const BINARY: &[Binary] = &[
        ("atan2", 2.0, math::atan2, f64::atan2),
        ("pow", 4.0, math::pow, f64::powf),
        ("hypot", 2.0, math::hypot, f64::hypot),
    ];
    const SEED: u64 = 20;
    let count = if cfg!(debug_assertions) {
        60_000
    } else {
        20_000_000
    };
    for &(name, bound, function, reference) in BINARY {
        let mut worst = (0.0, (0.0, 0.0));
        for (x, y) in pairs(SEED, count) {
            let error = ulps_single(function(x, y), reference(x.into(), y.into()));
            if error > worst.0 {
                worst = (error, (x, y));
            }
        }
        println!("{name}: {:.3} ulp at {:?}", worst.0, worst.1);
        assert!(
            worst.0 <= bound,
            "{name}, seed {SEED}: {} ulp at {:?}",
            worst.0,
            worst.1
        );
    }
}
