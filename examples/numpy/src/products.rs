//! Sums of products.

use crate::Error;
use crate::axes::axis_of;
use crate::elements::{self, array_of, elements_of};
use crate::gemm::{Product, multiply};
use crate::stacks::{broadcast, matrix_at};
use kernel_runtime::ndarray;
use kernel_runtime::prelude::*;

/// The matrix product of the last two dimensions; those before them broadcast. A vector is a row on the left and a column on the
/// right, and that dimension is left out of the result.
///
/// # Errors
///
/// Where an argument has no dimensions, or the sizes do not fit.
#[kernel((..), (..) -> (..), types(T = [i32, i64, f32, f64]), single)]
pub fn matmul<T: Product>(x1: ArrayViewD<T>, x2: ArrayViewD<T>) -> Result<ArrayD<T>, Error> {
    let Stacked {
        batches,
        size,
        shape,
    } = Stacked::new(x1.shape(), x2.shape())?;
    let (row, column) = (x1.ndim() == 1, x2.ndim() == 1);
    let a = if row { x1.insert_axis(Axis(0)) } else { x1 };
    let b = if column { x2.insert_axis(Axis(1)) } else { x2 };
    let mut products = vec![T::zero(); elements::count(&shape)];
    // Of no elements there is nothing to do, and they can't be cut into matrices.
    let matrices = products.chunks_mut(size.max(1));
    for (batch, product) in ndarray::indices(&batches[..]).into_iter().zip(matrices) {
        let [a, b] = [&a, &b].map(|stack| matrix_at(stack, batch.slice()));
        T::add_product(a, b, product);
    }
    Ok(array_of(shape, products))
}

/// What two stacks of matrices have for a product.
struct Stacked {
    /// The shape of the stack.
    batches: Vec<usize>,
    /// How many elements a matrix has.
    size: usize,
    /// The whole shape.
    shape: Vec<usize>,
}

impl Stacked {
    #[inline(never)]
    fn new(a: &[usize], b: &[usize]) -> Result<Stacked, Error> {
        let scalar = |name| Error::argument(name, "has no dimensions: multiply by it instead");
        let (before_a, n, k) = match a {
            [] => return Err(scalar("x1")),
            [k] => (&[][..], None, *k),
            [before @ .., n, k] => (before, Some(*n), *k),
        };
        let (before_b, rows, m) = match b {
            [] => return Err(scalar("x2")),
            [rows] => (&[][..], *rows, None),
            [before @ .., rows, m] => (before, *rows, Some(*m)),
        };
        if k != rows {
            let problem = format!("has {rows} rows, `x1` has {k} columns");
            return Err(Error::argument("x2", problem));
        }
        let batches = broadcast(before_a, before_b).ok_or_else(|| {
            let problem = format!("is a stack of shape {before_b:?}, `x1` of {before_a:?}");
            Error::argument("x2", problem)
        })?;
        let matrix: Vec<usize> = n.into_iter().chain(m).collect();
        Ok(Stacked {
            size: elements::count(&matrix),
            shape: [&batches[..], &matrix].concat(),
            batches,
        })
    }
}

/// The inner product of the last dimension of `a` and the last but one of `b`: of matrices `matmul`, of vectors the inner product; a single
/// value multiplies.
///
/// # Errors
///
/// Where the sizes differ.
#[kernel((..), (..) -> (..), types(T = [i32, i64, f32, f64]), single)]
pub fn dot<T: Product>(a: ArrayViewD<T>, b: ArrayViewD<T>) -> Result<ArrayD<T>, Error> {
    match (a.ndim(), b.ndim()) {
        (0, _) => Ok(times(a[[]], b)),
        (_, 0) => Ok(times(b[[]], a)),
        (last, 1) => contract(a, &[last - 1], b, &[0]),
        (last, other) => contract(a, &[last - 1], b, &[other - 2]),
    }
}

fn times<T: LinalgScalar>(a: T, b: ArrayViewD<T>) -> ArrayD<T> {
    let products = elements_of(&b).iter().map(|&b| a * b).collect();
    array_of(b.shape().to_vec(), products)
}

/// The products of all elements of both, summed over some axes: of so many axes at the end of `a` and the beginning of `b`, two by default,
/// or over `[[axes of a], [axes of b]]`.
///
/// # Errors
///
/// Where an axis does not exist, or sizes differ.
#[kernel((..), (..), (..) -> (..), types(T = [i32, i64, f32, f64]), single)]
pub fn tensordot<T: Product>(
    a: ArrayViewD<T>,
    b: ArrayViewD<T>,
    axes: Option<ArrayViewD<i32>>,
) -> Result<ArrayD<T>, Error> {
    let (of_a, of_b): (Vec<i32>, Vec<i32>) = match &axes {
        Some(axes) if axes.ndim() > 0 && axes.len_of(Axis(0)) == 2 && axes.ndim() <= 2 => {
            let [a, b] = [0, 1].map(|half| axes.index_axis(Axis(0), half));
            (a.iter().copied().collect(), b.iter().copied().collect())
        }
        Some(axes) if axes.ndim() > 0 => {
            return Err(Error::argument(
                "axes",
                "must be a number or two lists of axes",
            ));
        }
        axes => {
            // One more than there are is the first that is told of.
            let most = 1 + a.ndim().max(b.ndim()) as i32;
            let count = axes.as_ref().map_or(2, |axes| axes[[]]).clamp(0, most);
            (((-count)..0).collect(), (0..count).collect())
        }
    };
    let find = |axes: Vec<i32>, ndim| {
        let mut found = Vec::new();
        for axis in axes {
            let index = axis_of(axis, ndim)?;
            if found.contains(&index) {
                return Err(Error::Repeated { axis });
            }
            found.push(index);
        }
        Ok(found)
    };
    let (of_a, of_b) = (find(of_a, a.ndim())?, find(of_b, b.ndim())?);
    contract(a, &of_a, b, &of_b)
}

/// Sums over pairs of axes, as the product of two matrices.
fn contract<T: Product>(
    a: ArrayViewD<T>,
    of_a: &[usize],
    b: ArrayViewD<T>,
    of_b: &[usize],
) -> Result<ArrayD<T>, Error> {
    let sizes = |x: &ArrayViewD<T>, axes: &[usize]| -> Vec<usize> {
        axes.iter().map(|&axis| x.len_of(Axis(axis))).collect()
    };
    let (ours, theirs) = (sizes(&a, of_a), sizes(&b, of_b));
    if ours != theirs {
        let problem = format!("has sizes {theirs:?} along the axes to sum over, `a` has {ours:?}");
        return Err(Error::argument("b", problem));
    }
    let rest = |x: &ArrayViewD<T>, axes: &[usize]| -> Vec<usize> {
        (0..x.ndim()).filter(|axis| !axes.contains(axis)).collect()
    };
    let (rest_a, rest_b) = (rest(&a, of_a), rest(&b, of_b));
    let shape = [sizes(&a, &rest_a), sizes(&b, &rest_b)].concat();
    let (n, k, m): (usize, usize, usize) = (
        sizes(&a, &rest_a).iter().product(),
        ours.iter().product(),
        sizes(&b, &rest_b).iter().product(),
    );
    elements::count(&shape);
    let a = a.permuted_axes([&rest_a[..], of_a].concat());
    let b = b.permuted_axes([of_b, &rest_b[..]].concat());
    let a = a.to_shape((n, k)).expect("as many elements");
    let b = b.to_shape((k, m)).expect("as many elements");
    let product = multiply(a.view(), b.view());
    Ok(product
        .into_shape_with_order(shape)
        .expect("as many elements"))
}

/// The products of all pairs of elements, a row for each of `a`.
#[kernel((..), (..) -> (_, _), types(T = [i32, i64, f32, f64]))]
pub fn outer<T: LinalgScalar>(a: ArrayViewD<T>, b: ArrayViewD<T>) -> Array2<T> {
    let (a, b) = (elements_of(&a), elements_of(&b));
    let products = a.iter().flat_map(|&a| b.iter().map(move |&b| a * b));
    let mut all = Vec::with_capacity(elements::count(&[a.len(), b.len()]));
    all.extend(products);
    Array2::from_shape_vec((a.len(), b.len()), all).expect("all pairs")
}

/// The sum of a diagonal: `offset` places above the main one, 0 by default; of the matrices in the first two axes, or in `axis1` and `axis2`.
///
/// # Errors
///
/// Where there are fewer than two dimensions, or an axis does not exist or is given twice.
#[kernel((..), (), (), () -> (..), types(T = [i32, i64, f32, f64]), single)]
pub fn trace<T: LinalgScalar>(
    a: ArrayViewD<T>,
    offset: Option<i32>,
    axis1: Option<i32>,
    axis2: Option<i32>,
) -> Result<ArrayD<T>, Error> {
    if a.ndim() < 2 {
        return Err(Error::argument("a", "must have two dimensions at least"));
    }
    let offset = offset.unwrap_or(0);
    let first = axis_of(axis1.unwrap_or(0), a.ndim())?;
    let axis = axis2.unwrap_or(1);
    let second = axis_of(axis, a.ndim())?;
    if first == second {
        return Err(Error::Repeated { axis });
    }
    let (offset, shape) = (i64::from(offset), a.shape());
    let down = offset.min(0).unsigned_abs() as usize;
    let right = offset.max(0).unsigned_abs() as usize;
    let (rows, columns) = (shape[first], shape[second]);
    let len = rows.saturating_sub(down).min(columns.saturating_sub(right));
    let mut rest: Vec<usize> = (0..a.ndim()).collect();
    rest.retain(|&axis| axis != first && axis != second);
    let shape: Vec<usize> = rest.iter().map(|&axis| shape[axis]).collect();
    let a = a.permuted_axes([&rest[..], &[first, second]].concat());
    let elements = elements_of(&a);
    let sum = |matrix: usize| {
        let first = matrix * rows * columns + down * columns + right;
        let diagonal = (0..len).map(|index| elements[first + index * (columns + 1)]);
        diagonal.fold(T::zero(), |sum, x| sum + x)
    };
    let sums = (0..elements::count(&shape)).map(sum).collect();
    Ok(array_of(shape, sums))
}
