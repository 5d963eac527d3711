//! `cargo xtask test` and `cargo xtask soak`.

use crate::demo;
use crate::machine;
use crate::packages;
use crate::stages::{Stages, cargo, command, execute, execute_together, root};
use anyhow::Result;
use std::process::Command;

/// Lints of what the macros make for wasm alone, without a wasm toolchain: in that one crate, this machine says that it is one.
const EXPANSIONS_FOR_WASM: &[&str] = &[
    "clippy",
    "--package=kernel-tests",
    "--test=expand",
    "--no-deps",
    "--",
    "--deny=warnings",
    "--allow=explicit_builtin_cfgs_in_flags",
    "--cfg=target_family=\"wasm\"",
];

/// Everything that can be tested.
pub fn run() -> Result<()> {
    let mut stages = Stages::default();
    stages.run("format", || run_cargo(&["fmt", "--all", "--check"]))?;
    stages.run("clippy", || {
        run_cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ])?;
        run_cargo(EXPANSIONS_FOR_WASM)
    })?;
    prepare(&mut stages)?;
    // After the toolchain is complete: messages of rustc quote the source of std where it is there.
    stages.run("cargo test", || run_cargo(&["test", "--workspace"]))?;
    stages.run("miri", miri)?;
    stages.run("types", types)?;
    stages.run("programs: plain JavaScript and native Rust", || {
        demo::build_native()?;
        demo::run_node(&[
            "--test",
            "--test-reporter=spec",
            "examples/programs.test.js",
        ])
    })?;
    stages.run("the package, in Node", || {
        node_test(&[
            "roundtrip",
            "ndarray",
            "views",
            "creation",
            "complex",
            "format",
            "npy",
            "overlap",
            "refused",
            "optional",
            "generic",
            "lists",
            "broadcast",
            "ufunc",
            "handles",
            "memory",
            "threads",
            "package",
            "math",
        ])
    })?;
    stages.run("NumPy", || execute(&mut numpy_command()?))?;
    stages.run("numpy, the example, beside NumPy", || {
        execute(&mut numpy_example_command()?)
    })?;
    stages.run("browsers", || {
        execute(&mut command("node", &["tests/js/install.mjs"]))?;
        node_test(&["browsers", "pages"])
    })?;
    stages.run("command line", || node_test(&["cli"]))?;
    stages.run("doctor's three situations", || node_test(&["doctor"]))?;
    stages.report();
    Ok(())
}

/// The long runs.
pub fn soak() -> Result<()> {
    let mut stages = Stages::default();
    prepare(&mut stages)?;
    stages.run("soak", || {
        execute(node_test_command(&["threads", "memory", "npy"])?.env("KERNEL_SOAK", "1"))
    })?;
    stages.run("elementary functions, in a soak", || {
        let args = [
            "test",
            "--release",
            "--package=kernel-runtime",
            "--test=math",
        ];
        let mut math = cargo(&args);
        // Every `f32` of every function would take hours.
        math.args(["--", "--include-ignored"]).env("STRIDE", "31");
        execute(&mut math)
    })?;
    stages.run("NumPy, in a soak", || {
        execute(numpy_command()?.env("KERNEL_SOAK", "1"))?;
        execute(numpy_example_command()?.env("KERNEL_SOAK", "1"))
    })?;
    stages.report();
    Ok(())
}

fn run_cargo(args: &[&str]) -> Result<()> {
    execute(&mut cargo(args))
}

fn miri() -> Result<()> {
    machine::install_miri()?;
    let miri = |args: &[&str]| {
        let mut command = machine::miri(&["test", "--package", "kernel-runtime"]);
        command
            .env("MIRIFLAGS", "-Zmiri-strict-provenance")
            .args(args);
        command
    };
    let tests = ["boundary", "overlap", "ufunc"];
    let mut args = vec!["--no-run"];
    args.extend(tests.iter().flat_map(|test| ["--test", test]));
    execute(&mut miri(&args))?;
    // One Miri is one thread. That of the ufuncs takes longest: it is cut in two.
    execute_together(vec![
        miri(&["--test", "ufunc", "map::"]),
        miri(&["--test", "ufunc", "--", "--skip", "map::"]),
        miri(&["--test", "boundary", "--test", "overlap"]),
    ])
}

fn prepare(stages: &mut Stages) -> Result<()> {
    packages::prepare(stages, &["examples", "tests"])?;
    stages.run("package of numpy", packages::build_numpy)?;
    stages.run("packages of the tests", || {
        packages::build_kernels()?;
        packages::build_one_kernel()
    })
}

/// `tsc --strict` over the embedded JavaScript and over programs that use the declarations.
fn types() -> Result<()> {
    for project in ["tests/types/javascript.json", "tests/types"] {
        execute(&mut command(
            "tests/node_modules/.bin/tsc",
            &["--project", project],
        ))?;
    }
    Ok(())
}

/// The package beside NumPy, which is installed where it is missing.
fn numpy_command() -> Result<Command> {
    let python = machine::install_numpy()?;
    let mut node = node_test_command(&["numpy"])?;
    node.env("NUMPY_PYTHON", python);
    Ok(node)
}

/// Every function of the example beside NumPy's.
fn numpy_example_command() -> Result<Command> {
    let mut node = command("node", &["--test", "--test-reporter=spec"]);
    node.arg(root().join("examples/numpy/test/numpy.test.mjs"))
        .env("NUMPY_PYTHON", machine::install_numpy()?);
    Ok(node)
}

fn node_test(names: &[&str]) -> Result<()> {
    execute(&mut node_test_command(names)?)
}

fn node_test_command(names: &[&str]) -> Result<Command> {
    let mut node = command("node", &["--test", "--test-reporter=spec"]);
    for name in names {
        node.arg(root().join("tests/js").join(format!("{name}.test.mjs")));
    }
    let target = machine::target_directory()?;
    node.env("CARGO_KERNEL", machine::tool()?)
        .env("KERNELS_PKG", target.join("test/kernels"))
        .env("ONE_KERNEL_PKG", target.join("test/one-kernel"));
    Ok(node)
}
