//! What a machine must have; installed where it is missing, and named where it can't be.

use crate::stages::{cargo, command, execute, output, root};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Node 20 or later, with npm.
pub fn check_node() -> Result<()> {
    let version = output(&mut command("node", &["--version"]))
        .context("Node is missing: install version 20 or later from <https://nodejs.org>")?;
    let major: u32 = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse().ok())
        .unwrap_or(0);
    if major < 20 {
        bail!("Node is {}, version 20 or later is needed", version.trim());
    }
    Ok(())
}

/// The npm packages of a folder, as its lock file has them.
pub fn install_npm(folder: &str) -> Result<()> {
    let lock = root().join(folder).join("package-lock.json");
    let installed = root().join(folder).join("node_modules/.package-lock.json");
    if modified(&installed).is_some_and(|time| Some(time) > modified(&lock)) {
        println!("npm packages of {folder} are there");
        return Ok(());
    }
    execute(command("npm", &["ci", "--no-audit", "--no-fund"]).current_dir(root().join(folder)))
}

/// When a file was written last, if it is there.
fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|data| data.modified()).ok()
}

/// NumPy, as `tests/numpy/requirements.txt` has it, in a Python environment of its own: the path of the interpreter.
pub fn install_numpy() -> Result<PathBuf> {
    let venv = target_directory()?.join("venv");
    let python = venv.join("bin/python");
    let requirements = root().join("tests/numpy/requirements.txt");
    // Written last, so that it is there and newer only if all before went well.
    let installed = venv.join("installed");
    if modified(&installed).is_some_and(|time| Some(time) > modified(&requirements)) {
        println!("NumPy is there");
        return Ok(python);
    }
    make_venv(&venv)?;
    let mut pip = command(&python.to_string_lossy(), &["-m", "pip", "install"]);
    pip.args(["--quiet", "--disable-pip-version-check", "--require-hashes"]);
    execute(pip.arg("--requirement").arg(&requirements))
        .context("NumPy can't be installed: it needs Python 3.11 or later")?;
    std::fs::write(&installed, "")?;
    Ok(python)
}

/// A Python environment; where Debian's Python lacks what makes one, that is installed first.
fn make_venv(folder: &Path) -> Result<()> {
    let make = || execute(command("python3", &["-m", "venv", "--clear"]).arg(folder));
    if make().is_ok() {
        return Ok(());
    }
    let apt =
        |args: &[&str]| execute(command("apt-get", args).env("DEBIAN_FRONTEND", "noninteractive"));
    let install = ["install", "-y", "--no-install-recommends", "python3-venv"];
    // A fresh machine has no package lists yet.
    apt(&install)
        .or_else(|_| apt(&["update"]).and_then(|()| apt(&install)))
        .and_then(|()| make())
        .context("Python can't make an environment: run `apt-get install -y python3-venv` as root")
}

/// The tool of this checkout, compiled.
pub fn build_tool() -> Result<()> {
    execute(&mut cargo(&[
        "build",
        "--release",
        "--package",
        "cargo-kernel",
    ]))
}

/// The toolchain for wasm: what `cargo kernel doctor --fix` adds.
pub fn install_toolchain() -> Result<()> {
    execute(&mut command(&tool()?, &["doctor", "--fix"]))
}

/// Miri, a component of the nightly.
pub fn install_miri() -> Result<()> {
    if output(&mut miri(&["--version"])).is_ok() {
        return Ok(());
    }
    execute(&mut command(
        "rustup",
        &[
            "component",
            "add",
            "--toolchain",
            "nightly",
            "miri",
            "rust-src",
        ],
    ))
    .context("Miri is missing: `rustup toolchain install nightly --component miri,rust-src`")
}

/// `cargo +nightly miri`.
pub fn miri(args: &[&str]) -> std::process::Command {
    let mut command = command("cargo", &["+nightly", "miri"]);
    // Set by the toolchain that runs this task; rustup's proxies would keep to it.
    for name in ["RUSTUP_TOOLCHAIN", "CARGO", "RUSTC"] {
        command.env_remove(name);
    }
    command.args(args);
    command
}

/// Path of the compiled tool.
pub fn tool() -> Result<String> {
    Ok(target_directory()?
        .join("release/cargo-kernel")
        .to_string_lossy()
        .into_owned())
}

/// Cargo's target folder.
pub fn target_directory() -> Result<PathBuf> {
    let metadata = output(&mut cargo(&["metadata", "--format-version=1", "--no-deps"]))?;
    let key = "\"target_directory\":\"";
    let start = metadata
        .find(key)
        .context("`cargo metadata` names no target directory")?
        + key.len();
    let end = metadata[start..]
        .find('"')
        .context("`cargo metadata` is cut off")?
        + start;
    Ok(PathBuf::from(&metadata[start..end]))
}
