//! What to run, from the command line.

use anyhow::{Context, Result, bail};
use kernel_runtime::rayon::ThreadPoolBuilder;
use std::str::FromStr;

/// Runs an example kernel natively and prints the time of each round.
#[derive(clap::Parser)]
pub struct Plan {
    /// The kernel, by its Rust name: `sum`, `mandelbrot`, ...
    pub program: String,
    /// Its arguments, as `reference.js` has them: a length, a size, two numbers to add
    #[arg(allow_negative_numbers = true)]
    pub args: Vec<String>,
    /// Print a JSON object per round and no table
    #[arg(long)]
    pub json: bool,
    /// Rounds, each on fresh input
    #[arg(long, default_value_t = 5)]
    pub rounds: usize,
    /// Calls per round; the time is that of one
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub calls: u32,
    /// Threads of the parallel kernels [default: one per logical core]
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub threads: usize,
}

impl Plan {
    /// Sizes rayon's pool.
    pub fn start_threads(&self) -> Result<()> {
        ThreadPoolBuilder::new()
            .num_threads(self.threads)
            .build_global()
            .context("the thread pool can't be started")
    }

    /// The arguments, of which the program takes `N`.
    pub fn arguments<T: FromStr, const N: usize>(&self) -> Result<[T; N]> {
        let parsed: Vec<T> = self
            .args
            .iter()
            .filter_map(|arg| arg.parse().ok())
            .collect();
        match parsed.try_into() {
            Ok(arguments) if self.args.len() == N => Ok(arguments),
            _ => bail!(
                "`{}` takes {N} integer(s), got {:?}",
                self.program,
                self.args.join(" ")
            ),
        }
    }
}
