//! `cargo xtask demo`: from nothing to the main job.

use crate::machine;
use crate::packages;
use crate::stages::{Stages, cargo, command, execute};
use anyhow::Result;

/// Installs, builds, runs, prints the table, writes the picture.
pub fn run() -> Result<()> {
    let mut stages = Stages::default();
    packages::prepare(&mut stages, &["examples"])?;
    stages.run("native Rust", build_native)?;
    stages.run("the programs, in Node", || {
        run_node(&["examples/demo.mjs", "--picture", "out/mandelbrot.png"])
    })?;
    stages.report();
    println!("\nthe picture is out/mandelbrot.png; `cargo xtask serve` opens the pages");
    Ok(())
}

/// The programs as an ordinary executable.
pub fn build_native() -> Result<()> {
    execute(&mut cargo(&["build", "--release", "--package", "native"]))
}

/// Runs a script of ours in Node, told where the native program is.
pub fn run_node(args: &[&str]) -> Result<()> {
    let native = machine::target_directory()?.join("release/native");
    execute(command("node", args).env("KERNEL_NATIVE", native))
}
