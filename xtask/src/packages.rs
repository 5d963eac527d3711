//! The packages that the demo and the tests use, built by the tool of this checkout.

use crate::machine::tool;
use crate::stages::{command, execute};
use anyhow::Result;

/// The examples, sequential and threaded, where their pages look for them.
pub fn build_examples() -> Result<()> {
    for name in ["origin", "futhark"] {
        build(name, &format!("examples/{name}/pkg"), &["--threads"])?;
    }
    Ok(())
}

/// Builds a package of this workspace.
pub fn build(package: &str, out_dir: &str, flags: &[&str]) -> Result<()> {
    let mut args = vec!["build", "-p", package, "--out-dir", out_dir];
    args.extend(flags);
    execute(&mut command(&tool()?, &args))
}
