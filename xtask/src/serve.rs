//! `cargo xtask serve`: the examples' pages.

use crate::machine;
use crate::packages;
use crate::stages::{Stages, command, execute};
use anyhow::Result;

/// Builds the examples where they are not built, and serves them until it is stopped.
pub fn run() -> Result<()> {
    let mut stages = Stages::default();
    stages.run("node", machine::check_node)?;
    stages.run("npm packages of examples", || {
        machine::install_npm("examples")
    })?;
    stages.run("cargo-kernel", machine::build_tool)?;
    stages.run("toolchain", machine::install_toolchain)?;
    stages.run("packages of the examples", packages::build_examples)?;
    run_server()
}

fn run_server() -> Result<()> {
    execute(&mut command("node", &["examples/serve.mjs"]))
}
