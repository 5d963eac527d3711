//! A flight through a tunnel of noise, one frame at a time.

use crate::sin::sin32;
use kernel_runtime::prelude::*;

/// Pixels that are computed side by side, so that LLVM vectorises the loops over them.
const LANES: usize = 32;

/// One `f32` of each of them.
type Lanes = [f32; LANES];

/// What the noise stretches a sine by, to make it look random: 43758.5453 for the place of a spot.
const PLACE: f32 = 43_758.547;

/// The same for its brightness: 833458.57832.
const BRIGHTNESS: f32 = 833_458.56;

/// Opaque black.
const BLACK: u32 = 0xff00_0000;

/// A frame of the tunnel at a time, as 32-bit ARGB. The rows are computed in parallel.
///
/// With fract(x) = x - trunc(x): for pixel (x, y), p = 1.2 (x - trunc(width / 2), y - trunc(height / 2)), r = 1 / |p|
/// and q = p r - (r + 2 (time - 6000 trunc(time / 6000)), 0), the brightness is v = noise(5 q) + 0.240 r and the
/// colour (0.659 v, 0.772 v, v). The centre, where p = 0, is black.
#[kernel((), (), () -> (height, width))]
pub fn tunnel(time: f32, height: u32, width: u32) -> Array2<u32> {
    let mut image = Array2::zeros((height as usize, width as usize));
    let depth = 2.0 * (time - (time / 6000.0).trunc() * 6000.0);
    image
        .axis_iter_mut(Axis(0))
        .into_par_iter()
        .enumerate()
        .for_each(|(y, mut row)| {
            let row = row
                .as_slice_mut()
                .expect("rows of a new array are contiguous");
            let py = 1.2 * (y as f32 - (height / 2) as f32);
            for (block, pixels) in row.chunks_mut(LANES).enumerate() {
                let px = std::array::from_fn(|lane| {
                    1.2 * ((block * LANES + lane) as f32 - (width / 2) as f32)
                });
                pixels.copy_from_slice(&colours(&px, py, depth)[..pixels.len()]);
            }
        });
    image
}

/// The colours of `LANES` pixels of one row.
fn colours(px: &Lanes, py: f32, depth: f32) -> [u32; LANES] {
    let r: Lanes = std::array::from_fn(|lane| 1.0 / (px[lane] * px[lane] + py * py).sqrt());
    let x = std::array::from_fn(|lane| 5.0 * (px[lane] * r[lane] - (r[lane] + depth)));
    let y = std::array::from_fn(|lane| 5.0 * (py * r[lane]));
    let noise = noise(&x, &y);
    std::array::from_fn(|lane| {
        if px[lane] == 0.0 && py == 0.0 {
            return BLACK;
        }
        let v = noise[lane] + 0.240 * r[lane];
        BLACK | channel(0.659 * v) << 16 | channel(0.772 * v) << 8 | channel(v)
    })
}

/// A channel from [0, 1], clamped, to 0..=255, rounded down.
#[inline(always)]
fn channel(value: f32) -> u32 {
    (value.clamp(0.0, 1.0) * 255.0) as u32
}

/// Voronoi noise at `LANES` points: in each of the 25 cells around the point lies a spot of random place and
/// brightness, and the noise is their mean, weighted by nearness.
fn noise(x: &Lanes, y: &Lanes) -> Lanes {
    let (cell_x, cell_y) = (x.map(trunc), y.map(trunc));
    let (x, y) = (x.map(fract), y.map(fract));
    let mut brightness = [0.0; LANES];
    let mut weight = [0.0; LANES];
    for i in -2..=2_i8 {
        for j in -2..=2_i8 {
            let (i, j) = (f32::from(i), f32::from(j));
            // Out of line: within the loops LLVM does not vectorise it.
            add_spots(
                [&cell_x, &cell_y],
                [&x, &y],
                [i, j],
                &mut brightness,
                &mut weight,
            );
        }
    }
    std::array::from_fn(|lane| brightness[lane] / weight[lane])
}

/// Adds the spots of the cells `step` away from the points' own, weighted, and their weights.
#[inline(never)]
fn add_spots(
    cell: [&Lanes; 2],
    point: [&Lanes; 2],
    step: [f32; 2],
    brightness: &mut Lanes,
    weight: &mut Lanes,
) {
    for lane in 0..LANES {
        let (ux, uy) = (cell[0][lane] + step[0], cell[1][lane] + step[1]);
        let centre_x = fract(PLACE * sin32(ux * 127.1 + uy * 311.7));
        let centre_y = fract(PLACE * sin32(ux * 269.5 + uy * 183.3));
        let dx = step[0] - point[0][lane] + centre_x;
        let dy = step[1] - point[1][lane] + centre_y;
        let w = 1.0 - smoothstep((dx * dx + dy * dy).sqrt());
        brightness[lane] += w * fract(BRIGHTNESS * sin32(ux * 419.2 + uy * 371.9));
        weight[lane] += w;
    }
}

/// GLSL's smoothstep(0, 1.414, d).
#[inline(always)]
fn smoothstep(d: f32) -> f32 {
    let k = (d / 1.414).clamp(0.0, 1.0);
    k * k * (3.0 - 2.0 * k)
}

/// The integer part of |x| < 2^22, with the sign of `x`. `f32::trunc` is a library call on plain x86-64.
#[inline(always)]
fn trunc(x: f32) -> f32 {
    /// Adding it rounds to the nearest integer.
    const ROUND: f32 = 1.5 * (1 << 23) as f32;
    let nearest = (x + ROUND) - ROUND;
    let too_far = nearest.abs() > x.abs();
    nearest - if too_far { 1_f32.copysign(x) } else { 0.0 }
}

#[inline(always)]
fn fract(x: f32) -> f32 {
    x - trunc(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, pixel by pixel, with the library's sine.
    fn pixel(time: f32, [x, y]: [u32; 2], [width, height]: [u32; 2]) -> u32 {
        let p = [
            x as f32 - (width / 2) as f32,
            y as f32 - (height / 2) as f32,
        ]
        .map(|x| 1.2 * x);
        if p == [0.0, 0.0] {
            return BLACK;
        }
        let r = 1.0 / (p[0] * p[0] + p[1] * p[1]).sqrt();
        let depth = 2.0 * (time - (time / 6000.0).trunc() * 6000.0);
        let s = [p[0] * r - (r + depth), p[1] * r].map(|q| 5.0 * q);
        let v = noise_at(s) + 0.240 * r;
        let [red, green, blue] =
            [0.659 * v, 0.772 * v, v].map(|c| (c.clamp(0.0, 1.0) * 255.0) as u32);
        BLACK | red << 16 | green << 8 | blue
    }

    fn noise_at(s: [f32; 2]) -> f32 {
        let (mut brightness, mut weight) = (0.0, 0.0);
        for (i, j) in (-2..=2).flat_map(|i| (-2..=2).map(move |j| (i as f32, j as f32))) {
            let u = [s[0].trunc() + i, s[1].trunc() + j];
            let hash = |scale: f32, [a, b]: [f32; 2]| {
                let x = scale * f64::from(u[0] * a + u[1] * b).sin() as f32;
                x - x.trunc()
            };
            let dx = i - (s[0] - s[0].trunc()) + hash(PLACE, [127.1, 311.7]);
            let dy = j - (s[1] - s[1].trunc()) + hash(PLACE, [269.5, 183.3]);
            let k = ((dx * dx + dy * dy).sqrt() / 1.414).clamp(0.0, 1.0);
            let w = 1.0 - k * k * (3.0 - 2.0 * k);
            brightness += w * hash(BRIGHTNESS, [419.2, 371.9]);
            weight += w;
        }
        brightness / weight
    }

    /// The share of pixels that differ from the definition.
    fn share_of_differing(time: f32, size: [u32; 2]) -> f64 {
        let [width, height] = size;
        let differing = tunnel(time, height, width)
            .indexed_iter()
            .filter(|&((y, x), &colour)| colour != pixel(time, [x as u32, y as u32], size))
            .count();
        differing as f64 / f64::from(width * height)
    }

    #[test]
    fn every_pixel_follows_the_definition() {
        for size in [[1, 1], [2, 3], [97, 61], [300, 200]] {
            assert_eq!(share_of_differing(10.0, size), 0.0, "{size:?}");
        }
    }

    #[test]
    fn at_any_time_few_pixels_differ() {
        for (time, share) in [(0.0, 0.001), (-3.5, 0.001), (100.0, 0.01), (6100.0, 0.01)] {
            let differing = share_of_differing(time, [200, 120]);
            assert!(differing <= share, "{differing} at time {time}");
        }
    }

    #[test]
    fn the_centre_is_black_and_every_pixel_opaque() {
        let image = tunnel(10.0, 20, 31);
        assert_eq!(image[[10, 15]], BLACK);
        assert!(image.iter().all(|colour| colour & BLACK == BLACK));
        assert!(image.iter().any(|&colour| colour != BLACK));
    }

    #[test]
    fn no_pixels_are_nothing() {
        assert_eq!(tunnel(10.0, 0, 5).dim(), (0, 5));
        assert_eq!(tunnel(10.0, 5, 0).dim(), (5, 0));
    }

    #[test]
    fn trunc_rounds_toward_zero() {
        for x in [
            0.0_f32,
            -0.0,
            0.49,
            0.5,
            0.999,
            1.0,
            1.5,
            2.5,
            59_999.996,
            1e6,
            4_194_303.5,
        ] {
            assert_eq!(trunc(x), x.trunc());
            assert_eq!(trunc(-x), (-x).trunc());
        }
    }
}
