//! Axes, as NumPy counts them.

use crate::Error;
use kernel_runtime::prelude::*;

/// The index of an axis; a negative one counts from the end.
pub fn axis_of(axis: i32, ndim: usize) -> Result<usize, Error> {
    let index = i64::from(axis) + if axis < 0 { ndim as i64 } else { 0 };
    match usize::try_from(index) {
        Ok(index) if index < ndim => Ok(index),
        _ => Err(Error::Axis { axis, ndim }),
    }
}

/// One axis or several, in order; all where there is none.
pub fn axes_of(axis: Option<ArrayViewD<i32>>, ndim: usize) -> Result<Vec<usize>, Error> {
    let Some(axis) = axis else {
        return Ok((0..ndim).collect());
    };
    if axis.ndim() > 1 {
        return Err(Error::argument(
            "axis",
            "must be an integer or a list of integers",
        ));
    }
    let mut axes = Vec::new();
    for &axis in &axis {
        let index = axis_of(axis, ndim)?;
        if axes.contains(&index) {
            return Err(Error::Repeated { axis });
        }
        axes.push(index);
    }
    axes.sort_unstable();
    Ok(axes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn negative_axes_count_from_the_end() {
        assert_eq!(axis_of(-1, 3), Ok(2));
        assert_eq!(axis_of(0, 1), Ok(0));
        assert_eq!(axis_of(3, 3), Err(Error::Axis { axis: 3, ndim: 3 }));
        assert_eq!(axis_of(-1, 0), Err(Error::Axis { axis: -1, ndim: 0 }));
    }

    #[test]
    fn several_axes_are_each_given_once() {
        let axes = |axes: &[i32]| axes_of(Some(ArrayView1::from(axes).into_dyn()), 3);
        assert_eq!(axes(&[-1, 0]), Ok(vec![0, 2]));
        assert_eq!(axes(&[1, -2]), Err(Error::Repeated { axis: -2 }));
        assert_eq!(axes_of(None, 2), Ok(vec![0, 1]));
    }
}
