//! The packages that the tasks use, built by the tool of this checkout.

use crate::machine::{self, tool};
use crate::stages::{Stages, command, execute, root};
use anyhow::Result;
use std::process::Command;

/// What every task begins with: what builds, and the examples.
pub fn prepare(stages: &mut Stages, folders: &[&str]) -> Result<()> {
    prepare_tools(stages, folders)?;
    stages.run("packages of the examples", build_examples)
}

/// What builds: Node, the npm packages of `folders`, the tool, a toolchain for it.
pub fn prepare_tools(stages: &mut Stages, folders: &[&str]) -> Result<()> {
    stages.run("node", machine::check_node)?;
    for folder in folders {
        stages.run(&format!("npm packages of {folder}"), || {
            machine::install_npm(folder)
        })?;
    }
    stages.run("cargo-kernel", machine::build_tool)?;
    stages.run("toolchain", machine::install_toolchain)
}

/// The examples whose programs are demonstrated and measured.
fn build_examples() -> Result<()> {
    ["origin", "futhark"]
        .into_iter()
        .try_for_each(build_example)
}

/// The example that is as large as a package gets.
pub fn build_numpy() -> Result<()> {
    build_example("numpy")
}

/// An example, sequential and threaded, where its page looks for it.
fn build_example(name: &str) -> Result<()> {
    build(name, &format!("examples/{name}/pkg"), &["--threads"])
}

/// The package of the tests, sequential and threaded.
pub fn build_kernels() -> Result<()> {
    build("kernels", "target/test/kernels", &["--threads"])
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
fn build(package: &str, out_dir: &str, flags: &[&str]) -> Result<()> {
    execute(&mut build_command(package, out_dir, flags)?)
}

fn build_command(package: &str, out_dir: &str, flags: &[&str]) -> Result<Command> {
    let mut args = vec!["build", "-p", package, "--out-dir", out_dir];
    args.extend(flags);
    Ok(command(&tool()?, &args))
}
