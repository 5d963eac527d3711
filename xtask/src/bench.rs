//! `cargo xtask bench`: medians and ratios, from one run.

use crate::demo;
use crate::machine;
use crate::packages;
use crate::stages::{Stages, command, execute};
use anyhow::Result;

/// `cargo xtask bench --peers`: `examples/numpy` beside NumPy, TensorFlow.js and numpy-ts, which it installs.
pub fn run_peers() -> Result<()> {
    let mut stages = Stages::default();
    packages::prepare_tools(&mut stages, &["tests", "examples/peers"])?;
    stages.run("package of numpy", packages::build_numpy)?;
    stages.run("Chromium", || {
        execute(&mut command("node", &["tests/js/install.mjs"]))
    })?;
    stages.run("benchmark", || {
        let python = machine::install_numpy()?;
        execute(command("node", &["examples/peers/peers.mjs"]).env("NUMPY_PYTHON", python))
    })?;
    stages.report();
    Ok(())
}

/// Builds everything and runs the benchmark script.
pub fn run() -> Result<()> {
    let mut stages = Stages::default();
    packages::prepare(&mut stages, &["examples", "tests"])?;
    stages.run("native Rust", demo::build_native)?;
    stages.run("packages of the tests", || {
        packages::build_kernels()?;
        packages::build_one_kernel()
    })?;
    stages.run("benchmark", || demo::run_node(&["examples/bench.mjs"]))?;
    stages.run("size", || {
        demo::run_node(&["tests/js/size.mjs", "target/test/one-kernel"])
    })?;
    stages.report();
    Ok(())
}
