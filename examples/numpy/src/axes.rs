//! Axes, as NumPy counts them.

use crate::Error;

/// The index of an axis; a negative one counts from the end.
pub fn axis_of(axis: i32, ndim: usize) -> Result<usize, Error> {
    let index = if axis < 0 { axis + ndim as i32 } else { axis };
    match usize::try_from(index) {
        Ok(index) if index < ndim => Ok(index),
        _ => Err(Error::Axis { axis, ndim }),
    }
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
}
