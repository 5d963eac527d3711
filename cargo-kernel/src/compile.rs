//! One run of Cargo for one variant.

use crate::plan::{Plan, Variant};
use crate::project::Project;
use crate::terminal::{Terminal, Verbosity};
use crate::toolchain::{self, StdMode, TARGET};
use anyhow::{Context, Result, anyhow};
use cargo_metadata::Message;
use std::convert::Infallible;
use std::io::{self, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::thread;

/// Compiles a variant and returns where Cargo put the wasm. `locks` is dropped when Cargo has no more need of the locks of its
/// home: another one that is started before would have one of them complain that it waits.
///
/// # Errors
///
/// Where Cargo can't be started or the crate does not compile; the compiler has then said why.
pub fn compile(
    plan: &Plan,
    variant: Variant,
    project: &Project,
    locks: Sender<Infallible>,
    terminal: &Terminal,
) -> Result<PathBuf> {
    let mut command = command(plan, variant, project, terminal);
    terminal.verbose("Running", format_args!("{command:?}"));
    let mut child = command
        .spawn()
        .with_context(|| format!("can't run `{}`", plan.toolchain.cargo.display()))?;
    let stdout = child.stdout.take().expect("standard output is piped");
    // Read while it is written: a pipe that is full would stop Cargo.
    let said = child
        .stderr
        .take()
        .map(|stderr| thread::spawn(|| io::read_to_string(stderr)));
    let mut wasm = None;
    let mut locks = Some(locks);
    for message in Message::parse_stream(BufReader::new(stdout)) {
        drop(locks.take());
        match message.context("can't read what Cargo says")? {
            Message::CompilerMessage(message) => {
                if let Some(text) = message.message.rendered
                    && !is_expected(&message.message.message)
                {
                    terminal.diagnostic(text);
                }
            }
            Message::CompilerArtifact(artifact) if artifact.package_id == project.package.id => {
                let file =
                    |path: &cargo_metadata::camino::Utf8PathBuf| path.extension() == Some("wasm");
                if let Some(path) = artifact.filenames.into_iter().find(file) {
                    wasm = Some(path.into_std_path_buf());
                }
            }
            _ => {}
        }
    }
    let status = child.wait().context("lost Cargo")?;
    if !status.success() {
        let what = format!(
            "the {} variant of `{}` does not compile; the last good package stays as it is",
            variant.name(),
            project.package.name
        );
        return Err(match said.map(thread::JoinHandle::join) {
            Some(Ok(Ok(said))) => anyhow!(said.trim().to_owned()).context(what),
            _ => anyhow!(what),
        });
    }
    wasm.context("Cargo says that it made no wasm: is the library's `crate-type` a proc-macro?")
}

/// What every build with atomics is told, and nobody can act on.
fn is_expected(message: &str) -> bool {
    message.contains("unstable feature specified for `-Ctarget-feature`")
        || message.ends_with("warning emitted")
        || message.ends_with("warnings emitted")
}

fn command(plan: &Plan, variant: Variant, project: &Project, terminal: &Terminal) -> Command {
    let mut command = Command::new(&plan.toolchain.cargo);
    command.args(["rustc", "--lib", "--crate-type", "cdylib"]);
    command.args(["--target", TARGET]);
    command
        .arg("--manifest-path")
        .arg(&project.package.manifest_path);
    command
        .arg("--target-dir")
        .arg(plan.target_directory(variant, project));
    command.arg("--message-format=json-diagnostic-rendered-ansi");
    let color = match anstream::stderr().current_choice() {
        anstream::ColorChoice::Never => "never",
        _ => "always",
    };
    command.args(["--color", color]);
    if !plan.dev {
        command.arg("--release");
    }
    if !plan.features.is_empty() {
        command.arg("--features").arg(plan.features.join(","));
    }
    // One Cargo shows its progress, that of the sequential variant: two would write over each other.
    let aside = variant == Variant::Threaded;
    match terminal.verbosity() {
        Verbosity::Verbose => {
            command.arg("--verbose");
        }
        Verbosity::Normal if !aside => {}
        Verbosity::Normal | Verbosity::Quiet => {
            command.arg("--quiet");
        }
    }
    if aside && terminal.verbosity() < Verbosity::Verbose {
        command.stderr(Stdio::piped());
    }
    for name in toolchain::unwanted_variables() {
        command.env_remove(name);
    }
    let mut profile = vec![("PANIC", "unwind")];
    if !plan.dev {
        profile.extend([
            ("OPT_LEVEL", "3"),
            ("LTO", "fat"),
            ("CODEGEN_UNITS", "1"),
            ("DEBUG", "false"),
        ]);
    }
    if plan.toolchain.std_mode(variant) == Some(StdMode::Built) {
        // What of std is not compiled with the kernels, which is what is generic, is allocation, locks and panics: small is best.
        command.args(["--config", "profile.release.package.std.opt-level='s'"]);
        command.args([
            "-Zbuild-std=std,panic_unwind",
            "-Zbuild-std-features=panic-unwind",
        ]);
        command.env("RUSTC_BOOTSTRAP", "1");
    } else {
        profile[0].1 = "abort";
    }
    let name = if plan.dev { "DEV" } else { "RELEASE" };
    for (key, value) in profile {
        command.env(format!("CARGO_PROFILE_{name}_{key}"), value);
    }
    command.env("RUSTC", &plan.toolchain.rustc);
    command.env(
        "CARGO_ENCODED_RUSTFLAGS",
        plan.rustflags(variant, project).join("\x1f"),
    );
    command.arg("--").args(plan.last_args(variant));
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command
}
