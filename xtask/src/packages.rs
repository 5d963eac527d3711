//! The packages that the demo and the tests use, built by the tool of this checkout.

use crate::machine::tool;
use crate::stages::{command, execute, root};
use anyhow::Result;
use std::process::Command;

/// The examples, sequential and threaded, where their pages look for them.
pub fn build_examples() -> Result<()> {
    for name in ["origin", "futhark"] {
        build(name, &format!("examples/{name}/pkg"), &["--threads"])?;
    }
    Ok(())
}

/// The package with one scalar kernel, as small as it gets: with npm's `wasm-opt`, which the tests install.
pub fn build_one_kernel() -> Result<()> {
    let mut command = build_command("one-kernel", "target/test/one-kernel", &[])?;
    let bin = root().join("tests/node_modules/.bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let paths = std::iter::once(bin).chain(std::env::split_paths(&path));
    execute(command.env("PATH", std::env::join_paths(paths)?))
}

/// Builds a package of this workspace.
pub fn build(package: &str, out_dir: &str, flags: &[&str]) -> Result<()> {
    execute(&mut build_command(package, out_dir, flags)?)
}

fn build_command(package: &str, out_dir: &str, flags: &[&str]) -> Result<Command> {
    let mut args = vec!["build", "-p", package, "--out-dir", out_dir];
    args.extend(flags);
    Ok(command(&tool()?, &args))
}
