//! The programs: their input, their kernel, and the checksum of their result.

use crate::checksum::{brightness, exact, weighted};
use crate::data::{doubles, floats, integers};
use crate::plan::Plan;
use crate::report::Round;
use anyhow::{Result, bail};
use kernel_runtime::prelude::*;
use std::f64::consts::PI;
use std::hint::black_box;
use std::time::Instant;

/// Runs the program that the plan names.
pub fn run_program(plan: &Plan) -> Result<Vec<Round>> {
    let rounds = match plan.program.as_str() {
        "add" => {
            let numbers: [i32; 2] = plan.arguments()?;
            time(
                plan,
                || numbers,
                |&mut [x, y]| origin::add(x, y),
                |&sum| exact([sum]),
            )
        }
        "sum" => {
            let [n] = plan.arguments()?;
            let input = || Array1::from(integers(n, -100, 100, 1));
            time(plan, input, |x| origin::sum(x.view()), |&sum| exact([sum]))
        }
        "cumsum" => {
            let [n] = plan.arguments()?;
            let input = || Array1::from(integers(n, -100, 100, 1));
            time(
                plan,
                input,
                |x| origin::cumsum(x.view()),
                |sums| exact(sums.iter().copied()),
            )
        }
        "multiply" => {
            let [n] = plan.arguments()?;
            let input = || [1, 2].map(|seed| Array1::from(integers(n, -100, 100, seed)));
            let kernel = |[x, y]: &mut [Array1<i32>; 2]| origin::multiply(x.view(), y.view());
            time(plan, input, kernel, |products| {
                exact(products.iter().copied())
            })
        }
        "axpy" => {
            let [n] = plan.arguments()?;
            let input = || [1, 2].map(|seed| Array1::from(doubles(n, seed)));
            let kernel = |[x, y]: &mut [Array1<f64>; 2]| origin::axpy(1.5, x.view(), y.view());
            time(plan, input, kernel, |sums| weighted(sums.iter().copied()))
        }
        "clip" => {
            let [n] = plan.arguments()?;
            let input = || Array1::from(integers(n, -100, 100, 1));
            in_place(
                plan,
                input,
                |x| origin::clip(x.view_mut(), -50, 50),
                |x| exact(x.iter().copied()),
            )
        }
        "row_of_max" => {
            let [rows, columns] = plan.arguments()?;
            let input = || {
                matrix(
                    [rows, columns],
                    integers(rows * columns, -100_000, 100_000, 1),
                )
            };
            let kernel = |x: &mut Array2<i32>| origin::row_of_max(x.view());
            time(plan, input, kernel, |found| match found {
                Ok((row, value)) => exact([i64::from(*row), i64::from(*value)]),
                Err(_) => f64::NAN,
            })
        }
        "increment" => {
            let [x] = plan.arguments()?;
            time(
                plan,
                || x,
                |x| futhark::increment(*x),
                |&next| exact([next]),
            )
        }
        "scale" => {
            let [rows, columns] = plan.arguments()?;
            let input = || matrix([rows, columns], floats(rows * columns, 1));
            time(
                plan,
                input,
                |x| futhark::scale(1.5, x.view()),
                |x| weighted(x.iter().copied()),
            )
        }
        "dotprod" => {
            let [n] = plan.arguments()?;
            let input = || [1, 2].map(|seed| Array1::from(floats(n, seed)));
            let kernel = |[x, y]: &mut [Array1<f32>; 2]| futhark::dotprod(x.view(), y.view());
            time(plan, input, kernel, |&product| weighted([product]))
        }
        "matmul" => {
            let [n] = plan.arguments()?;
            let input = || [1, 2].map(|seed| matrix([n, n], floats(n * n, seed)));
            let kernel = |[a, b]: &mut [Array2<f32>; 2]| futhark::matmul(a.view(), b.view());
            time(plan, input, kernel, |c| weighted(c.iter().copied()))
        }
        "matmul64" => {
            let [n] = plan.arguments()?;
            let input = || [1, 2].map(|seed| matrix([n, n], doubles(n * n, seed)));
            let kernel = |[a, b]: &mut [Array2<f64>; 2]| futhark::matmul64(a.view(), b.view());
            time(plan, input, kernel, |c| weighted(c.iter().copied()))
        }
        "prefix_sum" => {
            let [n] = plan.arguments()?;
            let input = || Array1::from(doubles(n, 1));
            in_place(
                plan,
                input,
                |x| futhark::prefix_sum(x.view_mut()),
                |x| weighted(x.iter().copied()),
            )
        }
        "integral" => {
            let [n] = plan.arguments()?;
            time(
                plan,
                || n,
                |n| futhark::integral(0.0, PI, *n),
                |&area| weighted([area]),
            )
        }
        "mandelbrot" => {
            let [n] = plan.arguments()?;
            let kernel = |n: &mut u32| futhark::mandelbrot(*n, *n, 255, -2.23, -1.15, 0.83, 1.15);
            time(plan, || n, kernel, |counts| exact(counts.iter().copied()))
        }
        "tunnel" => {
            let [n] = plan.arguments()?;
            time(
                plan,
                || n,
                |n| futhark::tunnel(10.0, *n, *n),
                |pixels| brightness(pixels),
            )
        }
        other => bail!("there is no program `{other}`"),
    };
    Ok(rounds)
}

/// Times a kernel that returns its result.
fn time<I, R>(
    plan: &Plan,
    input: impl Fn() -> I,
    kernel: impl Fn(&mut I) -> R,
    checksum: impl Fn(&R) -> f64,
) -> Vec<Round> {
    let round = |_| {
        let mut input = input();
        let start = Instant::now();
        for _ in 1..plan.calls {
            black_box(kernel(black_box(&mut input)));
        }
        let result = black_box(kernel(black_box(&mut input)));
        Round {
            time: start.elapsed() / plan.calls,
            checksum: checksum(&result),
        }
    };
    (0..plan.rounds).map(round).collect()
}

/// Times a kernel whose result is what its argument has become.
fn in_place<I>(
    plan: &Plan,
    input: impl Fn() -> I,
    kernel: impl Fn(&mut I),
    checksum: impl Fn(&I) -> f64,
) -> Vec<Round> {
    let round = |_| {
        let mut input = input();
        let start = Instant::now();
        for _ in 0..plan.calls {
            kernel(black_box(&mut input));
        }
        Round {
            time: start.elapsed() / plan.calls,
            checksum: checksum(&input),
        }
    };
    (0..plan.rounds).map(round).collect()
}

fn matrix<T>(shape: [usize; 2], data: Vec<T>) -> Array2<T> {
    Array2::from_shape_vec(shape, data).expect("as many elements as the shape has")
}
