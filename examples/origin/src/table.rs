//! A question to a table: which row has the largest value in column 1?

use kernel_runtime::prelude::*;
use std::fmt;

/// A table in which no row can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableError {
    /// There is no row.
    NoRows,
    /// There are this many columns, so there is no column 1.
    TooFewColumns(usize),
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRows => f.write_str("`table` has no rows: pass at least one"),
            Self::TooFewColumns(columns) => write!(
                f,
                "`table` must have at least 2 columns, since the largest value of column 1 is looked for, \
                 got {columns}"
            ),
        }
    }
}

impl std::error::Error for TableError {}

/// The row with the largest value in column 1 (the first such row), and that row's value in column 0.
///
/// In NumPy: `i = table[:, 1].argmax(); return i, table[i, 0]`.
///
/// # Errors
///
/// A table without rows, or with fewer than 2 columns.
#[kernel((n, m) -> (), ())]
pub fn row_of_max(table: ArrayView2<i32>) -> Result<(u32, i32), TableError> {
    let (rows, columns) = table.dim();
    if columns < 2 {
        return Err(TableError::TooFewColumns(columns));
    }
    if rows == 0 {
        return Err(TableError::NoRows);
    }
    let row = argmax(table.column(1));
    Ok((row as u32, table[[row, 0]]))
}

/// The index of the first largest value of a view that is not empty.
fn argmax(x: ArrayView1<i32>) -> usize {
    let first = (0, x[0]);
    // A fold and no loop: ndarray's iterator takes a stride in one loop only when it is driven from within.
    let (index, _) =
        x.iter().enumerate().fold(
            first,
            |best, (index, &value)| {
                if value > best.1 { (index, value) } else { best }
            },
        );
    index
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel_runtime::ndarray::{arr2, s};

    #[test]
    fn the_first_maximum_wins() {
        let table = arr2(&[[7, 1, 0], [8, 9, 0], [9, 9, 0], [6, -3, 0]]);
        assert_eq!(row_of_max(table.view()), Ok((1, 8)));
        assert_eq!(row_of_max(table.slice(s![..;-1, ..])), Ok((1, 9)));
    }

    #[test]
    fn negative_values_have_a_maximum_too() {
        let table = arr2(&[[1, i32::MIN], [2, -5], [3, -4]]);
        assert_eq!(row_of_max(table.view()), Ok((2, 3)));
        assert_eq!(row_of_max(arr2(&[[4, i32::MIN]]).view()), Ok((0, 4)));
    }

    #[test]
    fn a_table_without_rows_is_refused() {
        let error = row_of_max(Array2::zeros((0, 2)).view()).unwrap_err();
        assert_eq!(error.to_string(), "`table` has no rows: pass at least one");
    }

    #[test]
    fn a_table_without_a_column_1_is_refused() {
        let error = row_of_max(Array2::zeros((3, 1)).view()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`table` must have at least 2 columns, since the largest value of column 1 is looked for, got 1"
        );
    }
}
