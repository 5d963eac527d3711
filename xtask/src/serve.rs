//! `cargo xtask serve`: the examples' pages.

use crate::packages;
use crate::stages::{Stages, command, execute};
use anyhow::Result;

/// Builds the examples where they are not built, and serves them until it is stopped.
pub fn run() -> Result<()> {
    let mut stages = Stages::default();
    packages::prepare(&mut stages, &["examples"])?;
    stages.run("package of numpy", packages::build_numpy)?;
    execute(&mut command("node", &["examples/serve.mjs"]))
}
