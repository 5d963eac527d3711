//! Parameters that may be left out.

use kernel_runtime::prelude::*;

/// Sum of the elements that `mask` lets through, all of them without it, times `scale`.
#[kernel((n), (n), () -> ())]
pub fn optional_sum(x: ArrayView1<f64>, mask: Option<ArrayView1<bool>>, scale: Option<f64>) -> f64 {
    let sum = match mask {
        None => x.sum(),
        Some(mask) => x.iter().zip(mask).map(|(x, &on)| x * f64::from(on)).sum(),
    };
    sum * scale.unwrap_or(1.0)
}

/// A bit for each argument that is there, then what they are: the bool, sums of signed and of unsigned ones, the floats.
#[kernel]
#[expect(clippy::too_many_arguments, reason = "one of each type")]
pub fn optional_scalars(
    a: Option<bool>,
    b: Option<i8>,
    c: Option<i16>,
    d: Option<i32>,
    e: Option<i64>,
    f: Option<u8>,
    g: Option<u16>,
    h: Option<u32>,
    i: Option<u64>,
    j: Option<f32>,
    k: Option<f64>,
) -> (u32, bool, i64, u64, f32, f64) {
    let there = [
        a.is_some(),
        b.is_some(),
        c.is_some(),
        d.is_some(),
        e.is_some(),
        f.is_some(),
        g.is_some(),
        h.is_some(),
        i.is_some(),
        j.is_some(),
        k.is_some(),
    ];
    let bits = there
        .iter()
        .rev()
        .fold(0, |bits, &on| bits << 1 | u32::from(on));
    let signed = [b.map(i64::from), c.map(i64::from), d.map(i64::from), e];
    let unsigned = [f.map(u64::from), g.map(u64::from), h.map(u64::from), i];
    (
        bits,
        a.unwrap_or_default(),
        signed.into_iter().flatten().sum(),
        unsigned.into_iter().flatten().sum(),
        j.unwrap_or_default(),
        k.unwrap_or_default(),
    )
}

/// Within the bounds that there are.
#[kernel((n), (), () -> (n), types(T = numbers))]
pub fn optional_clip<T: Copy + PartialOrd>(
    x: ArrayView1<T>,
    low: Option<T>,
    high: Option<T>,
) -> Array1<T> {
    x.mapv(|x| match (low, high) {
        (Some(low), _) if x < low => low,
        (_, Some(high)) if x > high => high,
        _ => x,
    })
}

/// The default of a type that maybe nothing tells.
#[kernel(types(T = [u8, i64, f64]))]
pub fn optional_value<T: Default>(x: Option<T>) -> T {
    x.unwrap_or_default()
}

/// One in the middle.
#[kernel]
pub fn optional_middle(a: f64, b: Option<u8>, c: f64) -> f64 {
    a + f64::from(b.unwrap_or(10)) + c
}

/// Doubles, into `out` too.
#[kernel((n), (n) -> (n))]
pub fn optional_out(x: ArrayView1<f32>, out: Option<ArrayViewMut1<f32>>) -> Array1<f32> {
    let doubled = &x * 2.0;
    if let Some(mut out) = out {
        out.assign(&doubled);
    }
    doubled
}

/// Of a size that either tells, or neither.
#[kernel((n), (n), () -> (n))]
pub fn optional_sizes(
    a: Option<ArrayView1<u8>>,
    b: Option<ArrayView1<u8>>,
    size: u32,
) -> Array1<u8> {
    let all = a.into_iter().chain(b);
    all.fold(Array1::zeros(size as usize), |sum, x| sum + x)
}

/// Weighted sums.
#[kernel((n), (n), () -> (), broadcast)]
pub fn optional_weighted(
    x: ArrayView1<f64>,
    weights: Option<ArrayView1<f64>>,
    scale: Option<f64>,
) -> f64 {
    weights.map_or_else(|| x.sum(), |weights| x.dot(&weights)) * scale.unwrap_or(1.0)
}

/// Sums, and the parts of them in `out`.
#[kernel((n), (n) -> (), broadcast)]
pub fn optional_parts(x: ArrayView1<f64>, out: Option<ArrayViewMut1<f64>>) -> f64 {
    if let Some(mut out) = out {
        let mut sum = 0.0;
        out.zip_mut_with(&x, |out, x| {
            sum += x;
            *out = sum;
        });
    }
    x.sum()
}
