//! The Mandelbrot set, by escape time.

use kernel_runtime::prelude::*;

/// Pixels that are computed side by side, so that LLVM vectorises them.
const LANES: usize = 8;

/// Steps between two looks at whether any of them is still inside.
const STRIDE: i32 = 4;

/// For every pixel of a rectangle, how many steps of `z * z + c` stay within the circle of radius 2, at most `limit`.
///
/// Pixel (px, py) stands for `c = (xmin + px (xmax - xmin) / width, ymin + py (ymax - ymin) / height)`, and `z` starts
/// at `c`. Rows are `py`, columns `px`. The rows are computed in parallel.
#[kernel((), (), (), (), (), (), () -> (height, width))]
pub fn mandelbrot(
    width: u32,
    height: u32,
    limit: i32,
    xmin: f32,
    ymin: f32,
    xmax: f32,
    ymax: f32,
) -> Array2<i32> {
    let mut image = Array2::zeros((height as usize, width as usize));
    let x = |px: usize| xmin + px as f32 * (xmax - xmin) / width as f32;
    let y = |py: usize| ymin + py as f32 * (ymax - ymin) / height as f32;
    image
        .axis_iter_mut(Axis(0))
        .into_par_iter()
        .enumerate()
        .for_each(|(py, mut row)| {
            let row = row
                .as_slice_mut()
                .expect("rows of a new array are contiguous");
            for (block, counts) in row.chunks_mut(LANES).enumerate() {
                let xs = std::array::from_fn(|lane| x(block * LANES + lane));
                counts.copy_from_slice(&escape_times(xs, y(py), limit)[..counts.len()]);
            }
        });
    image
}

/// The steps of `LANES` pixels of one row. Out of line, since LLVM vectorises it only by itself.
#[inline(never)]
fn escape_times(x: [f32; LANES], y: f32, limit: i32) -> [i32; LANES] {
    let (mut zx, mut zy) = (x, [y; LANES]);
    let mut counts = [0; LANES];
    // All ones while the pixel is inside. It never turns back, so what becomes of `z` outside does not matter.
    let mut inside = [-1; LANES];
    let mut steps = 0;
    while steps < limit {
        for _ in 0..STRIDE.min(limit - steps) {
            for lane in 0..LANES {
                let (xx, yy) = (zx[lane] * zx[lane], zy[lane] * zy[lane]);
                inside[lane] &= -i32::from(xx + yy < 4.0);
                counts[lane] -= inside[lane];
                let xy = zx[lane] * zy[lane];
                zx[lane] = xx - yy + x[lane];
                zy[lane] = xy + xy + y;
            }
        }
        if inside.iter().all(|&lane| lane == 0) {
            break;
        }
        steps += STRIDE;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel_runtime::ndarray::arr2;

    /// The definition, pixel by pixel.
    fn count(cx: f32, cy: f32, limit: i32) -> i32 {
        let (mut x, mut y) = (cx, cy);
        let mut count = 0;
        while count < limit && x * x + y * y < 4.0 {
            (x, y) = (x * x - y * y + cx, x * y + x * y + cy);
            count += 1;
        }
        count
    }

    #[test]
    fn every_pixel_follows_the_definition() {
        for (width, height, limit) in [(1, 1, 255), (7, 5, 3), (64, 48, 255), (61, 33, 1000)] {
            let image = mandelbrot(width, height, limit, -2.23, -1.15, 0.83, 1.15);
            let expected = Array2::from_shape_fn(image.dim(), |(py, px)| {
                let cx = -2.23 + px as f32 * (0.83 - -2.23) / width as f32;
                let cy = -1.15 + py as f32 * (1.15 - -1.15) / height as f32;
                count(cx, cy, limit)
            });
            assert_eq!(image, expected);
        }
    }

    #[test]
    fn the_set_itself_reaches_the_limit_and_its_outside_does_not() {
        let image = mandelbrot(4, 2, 50, -2.0, -2.0, 2.0, 2.0);
        assert_eq!(image, arr2(&[[0, 0, 0, 0], [0, 50, 50, 1]]));
    }

    #[test]
    fn no_limit_and_no_pixels_are_nothing() {
        assert_eq!(
            mandelbrot(3, 1, 0, -1.0, -1.0, 1.0, 1.0),
            arr2(&[[0, 0, 0]])
        );
        assert_eq!(
            mandelbrot(3, 1, -1, -1.0, -1.0, 1.0, 1.0),
            arr2(&[[0, 0, 0]])
        );
        assert_eq!(mandelbrot(0, 4, 9, -1.0, -1.0, 1.0, 1.0).dim(), (4, 0));
        assert_eq!(mandelbrot(4, 0, 9, -1.0, -1.0, 1.0, 1.0).dim(), (0, 4));
    }
}
