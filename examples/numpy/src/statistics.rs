//! How values are distributed.

use crate::Error;
use crate::elements::array_of;
use crate::lanes::{Key, converted, sorted};
use crate::reduce::{Plan, reduce};
use kernel_runtime::prelude::*;
use num_traits::{AsPrimitive, Zero};

/// The median, over all axes by default. NaN where there is one, and of nothing.
///
/// # Errors
///
/// Where an axis does not exist or is given twice.
#[kernel((..), (..), () -> (..), single, types(T = floats))]
pub fn median<T: Key + NdFloat>(
    a: ArrayViewD<T>,
    axis: Option<ArrayViewD<i32>>,
    keepdims: Option<bool>,
) -> Result<ArrayD<T>, Error> {
    reduce(a, axis, keepdims, &|lane| {
        let (len, two) = (lane.len(), T::one() + T::one());
        if len == 0 {
            return Ok(T::nan());
        }
        let keys = sorted(lane.iter().map(|x| x.key()).collect());
        let [low, high, last] = [(len - 1) / 2, len / 2, len - 1].map(|i| T::from_key(keys[i]));
        Ok(match () {
            () if last.is_nan() => last,
            () if len % 2 == 1 => low,
            () => (low + high) / two,
        })
    })
}

/// The values below which `q` percent of the elements are, over all axes by default, interpolated linearly: method 7 of Hyndman and
/// Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50, 1996. NaN where there is one. The result has the
/// dimensions of `q` first.
///
/// # Errors
///
/// Where an axis does not exist or is given twice, there are no elements, or `q` is not from 0 to 100.
#[kernel((..), (..), (..), () -> (..), single, types(T = floats))]
pub fn percentile<T: Key + NdFloat + Into<f64>>(
    a: ArrayViewD<T>,
    q: ArrayViewD<f64>,
    axis: Option<ArrayViewD<i32>>,
    keepdims: Option<bool>,
) -> Result<ArrayD<f64>, Error> {
    let plan = Plan::new(a.shape(), axis, keepdims == Some(true))?;
    if plan.len == 0 {
        let function = "percentile";
        return Err(Error::Empty { function });
    }
    if let Some(q) = q.iter().find(|q| !(0.0..=100.0).contains(*q)) {
        let problem = format!("must be from 0 to 100, got {q}");
        return Err(Error::argument("q", problem));
    }
    let keys = converted(&a.permuted_axes(plan.order), T::key);
    let lanes: Vec<Vec<u64>> = keys
        .chunks(plan.len)
        .map(|lane| sorted(lane.to_vec()))
        .collect();
    let values = q.iter().flat_map(|q| {
        let place = q / 100.0 * (plan.len - 1) as f64;
        lanes.iter().map(move |lane| interpolated::<T>(lane, place))
    });
    Ok(array_of(
        [q.shape(), &plan.shape].concat(),
        values.collect(),
    ))
}

/// What is at a place between two of sorted values: from the nearer one, as NumPy's `_lerp`.
fn interpolated<T: Key + NdFloat + Into<f64>>(keys: &[u64], place: f64) -> f64 {
    let last = keys.len() - 1;
    let index = place as usize;
    let part = place - index as f64;
    let [low, high, last] =
        [index.min(last), (index + 1).min(last), last].map(|i| T::from_key(keys[i]));
    let step: f64 = (high - low).into();
    if last.is_nan() {
        f64::NAN
    } else if part < 0.5 {
        low.into() + step * part
    } else {
        high.into() - step * (1.0 - part)
    }
}

/// How often each integer is in `x`, or the sums of their `weights`: for as many integers as the largest needs, at least `minlength`.
///
/// # Errors
///
/// Where `x` has negative elements, or one that is too large to be counted up to.
#[kernel((n), (n), () -> (_), types(T = [bool, i8, i16, i32, i64, u8, u16, u32, u64]))]
pub fn bincount<T: Copy + TryInto<u32>>(
    x: ArrayView1<T>,
    weights: Option<ArrayView1<f64>>,
    minlength: Option<u32>,
) -> Result<Array1<f64>, Error> {
    let values: Result<Vec<u32>, _> = x.iter().map(|&x| x.try_into()).collect();
    let values = values
        .map_err(|_| Error::argument("x", "has an element that is not from 0 to 4294967295"))?;
    let largest = match values.iter().max() {
        None => 0,
        Some(&x) => (x as usize)
            .checked_add(1)
            .ok_or_else(|| too_many("x", x as usize))?,
    };
    let least = minlength.unwrap_or(0) as usize;
    let counts = if largest < least {
        zeros("minlength", least)
    } else {
        zeros("x", largest)
    };
    Ok(counted(counts?, &values, weights))
}

fn counted(mut counts: Vec<f64>, values: &[u32], weights: Option<ArrayView1<f64>>) -> Array1<f64> {
    for (i, &x) in values.iter().enumerate() {
        counts[x as usize] += weights.map_or(1.0, |weights| weights[i]);
    }
    counts.into()
}

/// How many elements there are in each of `bins` parts, by default 10, of the `range` from the smallest to the largest, and the
/// edges of the parts. The last one has its upper edge.
///
/// # Errors
///
/// Where there are no parts, or more than there are numbers in the range, or that has no finite edges in order.
#[kernel((..), (), (2) -> (_), (_), types(T = numbers))]
pub fn histogram<T: Copy + AsPrimitive<f64>>(
    a: ArrayViewD<T>,
    bins: Option<u32>,
    range: Option<ArrayView1<f64>>,
) -> Result<(Array1<i32>, Array1<f64>), Error> {
    let values: Vec<f64> = a.iter().map(|&x| x.as_()).collect();
    let range = range.map(|range| [range[0], range[1]]);
    histogram_of(&values, bins.unwrap_or(10), range)
}

fn histogram_of(
    values: &[f64],
    bins: u32,
    range: Option<[f64; 2]>,
) -> Result<(Array1<i32>, Array1<f64>), Error> {
    if bins == 0 {
        return Err(Error::argument("bins", "is not positive"));
    }
    let (first, last) = outer_edges(values, range)?;
    let (count, width) = (f64::from(bins), last - first);
    let mut counts = zeros("bins", bins as usize)?;
    let mut edges = zeros("bins", bins as usize + 1)?;
    for (i, edge) in edges.iter_mut().enumerate() {
        *edge = i as f64 * (width / count) + first;
    }
    edges[bins as usize] = last;
    if !edges.is_sorted_by(|edge, next| edge < next) {
        let problem = format!("are too many for the range from {first} to {last}");
        return Err(Error::argument("bins", problem));
    }
    for &x in values.iter().filter(|&&x| first <= x && x <= last) {
        // The product may be off by a rounding, the edges decide.
        let bin = ((x - first) / width * count) as usize;
        let bin = bin.min(counts.len() - 1);
        let bin = if x < edges[bin] {
            bin - 1
        } else if x >= edges[bin + 1] && bin + 1 < counts.len() {
            bin + 1
        } else {
            bin
        };
        counts[bin] += 1;
    }
    Ok((counts.into(), edges.into()))
}

fn outer_edges(values: &[f64], range: Option<[f64; 2]>) -> Result<(f64, f64), Error> {
    let (name, [first, last]) = match range {
        Some(range) => ("range", range),
        None if values.is_empty() => ("a", [0.0, 1.0]),
        None => {
            // NaN stays.
            let extreme = |before: fn(&f64, &f64) -> bool| {
                let first = |a, b| if before(&b, &a) || b.is_nan() { b } else { a };
                values.iter().copied().reduce(first).unwrap_or_default()
            };
            ("a", [extreme(f64::lt), extreme(f64::gt)])
        }
    };
    if first > last {
        return Err(Error::argument("range", "has its larger edge first"));
    }
    if !(first.is_finite() && last.is_finite()) {
        return Err(Error::argument(
            name,
            format!("has a range from {first} to {last}, which is not finite"),
        ));
    }
    Ok(if first == last {
        (first - 0.5, last + 0.5)
    } else {
        (first, last)
    })
}

/// As many zeros as an argument asks for.
fn zeros<T: Clone + Zero>(name: &'static str, len: usize) -> Result<Vec<T>, Error> {
    let mut zeros = Vec::new();
    match zeros.try_reserve_exact(len) {
        Ok(()) => {
            zeros.resize(len, T::zero());
            Ok(zeros)
        }
        Err(_) => Err(too_many(name, len)),
    }
}

fn too_many(name: &'static str, len: usize) -> Error {
    let problem = format!("asks for {len} values, more than the memory can hold");
    Error::argument(name, problem)
}
