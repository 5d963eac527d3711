//! What is right: 200 bits for `f64`, `f64` for `f32`; and how far from it a result is.

use dashu_float::FBig;
use dashu_float::round::mode::HalfEven;

pub type Big = FBig<HalfEven, 2>;

pub const BITS: usize = 200;

/// A number, exactly, whose functions have [`BITS`] bits.
pub fn big(x: f64) -> Big {
    Big::try_from(x)
        .expect("a finite number")
        .with_precision(BITS)
        .value()
}

/// The distance in units of the last place of `f64` at `want`; overflow counts as 2^1024.
pub fn ulps(got: f64, want: &Big) -> f64 {
    let near = want.to_f64().value();
    let exponent = if near.is_infinite() {
        971
    } else {
        (near.to_bits() >> 52 & 0x7ff).max(1) as isize - 1075
    };
    if got.is_nan() {
        return f64::INFINITY;
    }
    let got = if got.is_infinite() {
        if near.is_infinite() && got == near {
            return 0.0;
        }
        (Big::ONE << 1024) * Big::from(got.signum() as i32)
    } else {
        big(got)
    };
    let distance = got - want.clone();
    let distance = if exponent < 0 {
        distance << -exponent
    } else {
        distance >> exponent
    };
    distance.to_f64().value().abs()
}

/// As [`ulps`], of `f32` and against `f64`.
pub fn ulps_single(got: f32, want: f64) -> f64 {
    if got.is_nan() || want.is_nan() {
        return if got.is_nan() && want.is_nan() {
            0.0
        } else {
            f64::INFINITY
        };
    }
    let near = want as f32;
    let exponent = if near.is_infinite() {
        104
    } else {
        (near.to_bits() >> 23 & 0xff).max(1) as i32 - 150
    };
    let value = |x: f64| {
        if x.is_infinite() {
            x.signum() * 2f64.powi(128)
        } else {
            x
        }
    };
    if near.is_infinite() && f64::from(got) == f64::from(near) {
        return 0.0;
    }
    (value(f64::from(got)) - value(want)).abs() * 2f64.powi(-exponent)
}

/// The same in `f64`: Kummer's series has one sign, so that nothing cancels.
pub fn erf_of_double(x: f64) -> f64 {
    // Beyond, the rest is less than half of the last place of `f32`.
    if x.abs() > 5.0 {
        return x.signum();
    }
    let (mut sum, mut term, mut n) = (x, x, 0.0);
    while term.abs() > sum.abs() * 1e-18 {
        n += 1.0;
        term *= x * x / (n + 0.5);
        sum += term;
    }
    sum * (-x * x).exp() * std::f64::consts::FRAC_2_SQRT_PI
}

pub fn erf(x: &Big) -> Big {
    // The series cancels e^(x^2) of its bits; beyond 6 it is 1 to 2^-53.
    let wide = |x: Big| x.with_precision(400).value();
    let x = wide(x.clone());
    let square = -(x.clone() * &x);
    let (mut sum, mut power, mut n) = (x.clone(), x, 0u32);
    loop {
        n += 1;
        power = power * &square / Big::from(n);
        let term = power.clone() / Big::from(2 * n + 1);
        let small = term.clone() * (Big::ONE << 300);
        sum += term;
        if small.to_f64().value().abs() < sum.to_f64().value().abs() {
            break;
        }
    }
    let pi = wide(Big::from(-1)).acos();
    let root = pi.sqrt();
    sum * Big::from(2) / root
}

/// What numbers look like that are drawn.
pub struct Random(pub u64);

impl Random {
    /// SplitMix64.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// In [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Any sign, and an exponent between two.
    pub fn exponent(&mut self, low: f64, high: f64) -> f64 {
        let x = (low + (high - low) * self.unit()).exp2();
        let x = x * (1.0 + self.unit() * 1e-3);
        if self.next() & 1 == 0 { x } else { -x }
    }
}
