//! `cargo xtask bench`: medians and ratios, from one run.

use crate::demo;
use crate::packages;
use crate::stages::Stages;
use anyhow::Result;

/// Builds everything and runs the benchmark script.
pub fn run() -> Result<()> {
    let mut stages = Stages::default();
    packages::prepare(&mut stages, &["examples", "tests"])?;
    stages.run("native Rust", demo::build_native)?;
    stages.run("package with one scalar kernel", || {
        packages::build_one_kernel()
    })?;
    stages.run("benchmark", || demo::run_node(&["examples/bench.mjs"]))?;
    stages.run("size", || {
        demo::run_node(&["tests/js/size.mjs", "target/test/one-kernel"])
    })?;
    stages.report();
    Ok(())
}
