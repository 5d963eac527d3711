//! Special values: C99, Annex F.9.

use kernel_runtime::math::{self, Float};
use std::f64::consts::{FRAC_PI_2, FRAC_PI_4, PI};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

/// Equal, or both NaN, and of the same sign.
#[track_caller]
fn check<T: Float>(name: &str, arguments: &[f64], got: T, want: f64) {
    let got = got.to_f64().expect("a float");
    // Angles are rounded to `T`, once.
    let want = T::from(want)
        .and_then(|want| want.to_f64())
        .expect("a float");
    let same = got.to_bits() == want.to_bits() || got.is_nan() && want.is_nan();
    let ty = std::any::type_name::<T>();
    assert!(same, "{ty}: {name}{arguments:?} is {got}, not {want}");
}

fn unary<T: Float>(name: &str, function: fn(T) -> T, cases: &[(f64, f64)]) {
    for &(x, want) in cases {
        check(name, &[x], function(T::from(x).expect("a float")), want);
    }
}

fn binary<T: Float>(name: &str, function: fn(T, T) -> T, cases: &[(f64, f64, f64)]) {
    for &(x, y, want) in cases {
        let [a, b] = [x, y].map(|x| T::from(x).expect("a float"));
        check(name, &[x, y], function(a, b), want);
    }
}

/// Of one sign, and of the other.
fn odd(cases: &[(f64, f64)]) -> Vec<(f64, f64)> {
    cases
        .iter()
        .flat_map(|&(x, y)| [(x, y), (-x, -y)])
        .collect()
}

fn unary_functions<T: Float>() {
    let exp = [
        (0.0, 1.0),
        (-0.0, 1.0),
        (-INF, 0.0),
        (INF, INF),
        (NAN, NAN),
        (1e4, INF),
        (-1e4, 0.0),
    ];
    unary::<T>("exp", math::exp, &exp);
    unary::<T>("exp2", math::exp2, &exp);
    unary::<T>(
        "exp2",
        math::exp2,
        &[(10.0, 1024.0), (-3.0, 0.125), (127.0, 2f64.powi(127))],
    );
    let expm1 = [
        (0.0, 0.0),
        (-0.0, -0.0),
        (-INF, -1.0),
        (INF, INF),
        (NAN, NAN),
        (1e4, INF),
        (-1e4, -1.0),
    ];
    unary::<T>("expm1", math::expm1, &expm1);
    let log = [
        (0.0, -INF),
        (-0.0, -INF),
        (1.0, 0.0),
        (-1.0, NAN),
        (-INF, NAN),
        (INF, INF),
        (NAN, NAN),
        (-1e-40, NAN),
    ];
    unary::<T>("ln", math::ln, &log);
    unary::<T>("log2", math::log2, &log);
    unary::<T>("log10", math::log10, &log);
    unary::<T>("log2", math::log2, &[(8.0, 3.0), (0.25, -2.0)]);
    unary::<T>("log10", math::log10, &[(10.0, 1.0), (1000.0, 3.0)]);
    let log1p = [
        (0.0, 0.0),
        (-0.0, -0.0),
        (-1.0, -INF),
        (-2.0, NAN),
        (-INF, NAN),
        (INF, INF),
        (NAN, NAN),
    ];
    unary::<T>("log1p", math::log1p, &log1p);
    unary::<T>(
        "sin",
        math::sin,
        &odd(&[(0.0, 0.0), (INF, NAN), (NAN, NAN)]),
    );
    unary::<T>(
        "cos",
        math::cos,
        &[(0.0, 1.0), (-0.0, 1.0), (INF, NAN), (-INF, NAN), (NAN, NAN)],
    );
    unary::<T>(
        "tan",
        math::tan,
        &odd(&[(0.0, 0.0), (INF, NAN), (NAN, NAN)]),
    );
    unary::<T>(
        "asin",
        math::asin,
        &odd(&[
            (0.0, 0.0),
            (1.0, FRAC_PI_2),
            (2.0, NAN),
            (INF, NAN),
            (NAN, NAN),
        ]),
    );
    let acos = [
        (1.0, 0.0),
        (-1.0, PI),
        (0.0, FRAC_PI_2),
        (-0.0, FRAC_PI_2),
        (2.0, NAN),
        (-2.0, NAN),
        (INF, NAN),
        (NAN, NAN),
    ];
    unary::<T>("acos", math::acos, &acos);
    unary::<T>(
        "atan",
        math::atan,
        &odd(&[(0.0, 0.0), (1.0, FRAC_PI_4), (INF, FRAC_PI_2), (NAN, NAN)]),
    );
    unary::<T>(
        "sinh",
        math::sinh,
        &odd(&[(0.0, 0.0), (INF, INF), (1e4, INF), (NAN, NAN)]),
    );
    unary::<T>(
        "cosh",
        math::cosh,
        &[
            (0.0, 1.0),
            (-0.0, 1.0),
            (INF, INF),
            (-INF, INF),
            (1e4, INF),
            (NAN, NAN),
        ],
    );
    unary::<T>(
        "tanh",
        math::tanh,
        &odd(&[(0.0, 0.0), (INF, 1.0), (50.0, 1.0), (NAN, NAN)]),
    );
    unary::<T>(
        "cbrt",
        math::cbrt,
        &odd(&[(0.0, 0.0), (8.0, 2.0), (27.0, 3.0), (INF, INF), (NAN, NAN)]),
    );
    unary::<T>(
        "erf",
        math::erf,
        &odd(&[(0.0, 0.0), (INF, 1.0), (7.0, 1.0), (NAN, NAN)]),
    );
    unary::<T>(
        "sigmoid",
        math::sigmoid,
        &[
            (0.0, 0.5),
            (-0.0, 0.5),
            (-INF, 0.0),
            (INF, 1.0),
            (100.0, 1.0),
            (-1e4, 0.0),
            (NAN, NAN),
        ],
    );
}

fn atan2<T: Float>() {
    let mut cases = vec![];
    for s in [1.0, -1.0] {
        cases.extend([
            (s * 0.0, -0.0, s * PI),
            (s * 0.0, 0.0, s * 0.0),
            (s * 0.0, -1.0, s * PI),
            (s * 0.0, 1.0, s * 0.0),
            (s * 1.0, 0.0, s * FRAC_PI_2),
            (s * 1.0, -0.0, s * FRAC_PI_2),
            (s * 1.0, -INF, s * PI),
            (s * 1.0, INF, s * 0.0),
            (s * INF, 1.0, s * FRAC_PI_2),
            (s * INF, -1.0, s * FRAC_PI_2),
            (s * INF, -INF, s * 3.0 * FRAC_PI_4),
            (s * INF, INF, s * FRAC_PI_4),
            (s * INF, NAN, NAN),
            (NAN, s, NAN),
        ]);
    }
    binary::<T>("atan2", math::atan2, &cases);
}

fn hypot<T: Float>() {
    let big = T::max_value().to_f64().expect("a float");
    let small = T::min_positive_value().to_f64().expect("a float");
    let cases = [
        (3.0, 4.0, 5.0),
        (-0.0, 0.0, 0.0),
        (-2.0, 0.0, 2.0),
        (INF, NAN, INF),
        (NAN, -INF, INF),
        (NAN, 1.0, NAN),
        (INF, 1.0, INF),
        (big, big, INF),
        (big, 0.0, big),
        (0.75 * big, big * 2f64.powi(-60), 0.75 * big),
        (3.0 * small, 4.0 * small, 5.0 * small),
    ];
    binary::<T>("hypot", math::hypot, &cases);
    let swapped: Vec<_> = cases.iter().map(|&(x, y, h)| (y, x, h)).collect();
    binary::<T>("hypot", math::hypot, &swapped);
}

fn pow<T: Float>() {
    let big = T::max_value().to_f64().expect("a float");
    let mut cases = vec![];
    for s in [1.0, -1.0] {
        cases.extend([
            // Odd integers, and all others
            (s * 0.0, -3.0, s * INF),
            (s * 0.0, -2.0, INF),
            (s * 0.0, -0.5, INF),
            (s * 0.0, -INF, INF),
            (s * 0.0, 3.0, s * 0.0),
            (s * 0.0, 2.0, 0.0),
            (s * 0.0, 0.5, 0.0),
            (s * 0.0, INF, 0.0),
            (-1.0, s * INF, 1.0),
            (1.0, s * INF, 1.0),
            (1.0, s * 0.3, 1.0),
            (s * 0.5, -INF, INF),
            (s * 0.5, INF, 0.0),
            (s * 2.0, -INF, 0.0),
            (s * 2.0, INF, INF),
            (s * 2.0, 3.0, s * 8.0),
            (s * 2.0, -2.0, 0.25),
            (s * 2.0, big, INF),
            (s * 0.5, big, 0.0),
            (-1.0, s * big, 1.0),
            (NAN, s * 0.0, 1.0),
            (INF, s * 0.0, 1.0),
            (0.0, s * 0.0, 1.0),
            (-3.0, s * 0.0, 1.0),
        ]);
    }
    cases.extend([
        (1.0, NAN, 1.0),
        (NAN, 1.0, NAN),
        (2.0, NAN, NAN),
        (-8.0, 1.0 / 3.0, NAN),
        (-2.0, 0.5, NAN),
        (-INF, -3.0, -0.0),
        (-INF, -2.0, 0.0),
        (-INF, -0.5, 0.0),
        (-INF, 3.0, -INF),
        (-INF, 2.0, INF),
        (-INF, 0.5, INF),
        (INF, -0.5, 0.0),
        (INF, 0.5, INF),
        (-INF, INF, INF),
        (-INF, -INF, 0.0),
        (10.0, 2.0, 100.0),
    ]);
    binary::<T>("pow", math::pow, &cases);
}

#[test]
fn special_values() {
    unary_functions::<f32>();
    unary_functions::<f64>();
    atan2::<f32>();
    atan2::<f64>();
    hypot::<f32>();
    hypot::<f64>();
    pow::<f32>();
    pow::<f64>();
}

/// The largest integers are where odd and even end.
#[test]
fn pow_of_negative_numbers_to_large_integers() {
    let odd = (1u64 << 53) as f64 - 1.0;
    assert_eq!(math::pow(-1.0, odd), -1.0);
    assert_eq!(math::pow(-1.0, odd + 1.0), 1.0);
    assert!(math::pow(-1.0, 0.5 * odd).is_nan());
    let odd = (1 << 24) as f32 - 1.0;
    assert_eq!(math::pow(-1.0, odd), -1.0);
    assert_eq!(math::pow(-1.0, odd + 1.0), 1.0);
}

#[test]
fn the_smallest_numbers() {
    let tiny = f64::from_bits(1);
    for x in [tiny, 3.0 * tiny, f64::MIN_POSITIVE] {
        let same: [fn(f64) -> f64; 8] = [
            math::expm1,
            math::log1p,
            math::sin,
            math::tan,
            math::asin,
            math::atan,
            math::sinh,
            math::tanh,
        ];
        for function in same {
            assert_eq!([function(x), function(-x)], [x, -x]);
        }
        assert_eq!(math::atan2(x, 1.0), x);
        assert_eq!(math::hypot(x, 0.0), x);
        assert_eq!(math::pow(x, 1.0), x);
    }
    assert_eq!(math::exp2(-1074.0), tiny);
    assert_eq!(math::log2(tiny), -1074.0);
    assert_eq!(math::exp2(-149f32), f32::from_bits(1));
}
