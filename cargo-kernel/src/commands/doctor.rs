use crate::cli::Output;
use crate::optimize;
use crate::plan::Variant;
use crate::terminal::Terminal;
use crate::toolchain::{self, DEBIAN_PACKAGES, Origin, StdMode, TARGET, Toolchain};
use anyhow::Result;
use clap::Args;
use std::process::{Command, ExitCode, Stdio};

/// Say what this machine can build, what is missing, and the command that adds it
///
/// Exits with 0 where both variants can be built, with 1 otherwise.
#[derive(Args, Debug)]
pub(crate) struct Doctor {
    /// Run the commands
    #[arg(long)]
    fix: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Commands that add what is missing. One of several ways: the first that works is enough.
struct Remedy(Vec<Vec<String>>);

impl Doctor {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<ExitCode> {
        let mut toolchains = toolchain::detect()?;
        if self.fix && !is_complete(&toolchains) {
            for remedy in remedies(&toolchains) {
                if remedy.run(terminal) {
                    toolchains = toolchain::detect()?;
                    if is_complete(&toolchains) {
                        break;
                    }
                }
            }
        }
        describe(&toolchains, terminal);
        if is_complete(&toolchains) {
            return Ok(ExitCode::SUCCESS);
        }
        let remedies = remedies(&toolchains);
        if remedies.is_empty() {
            terminal.text("missing: a Rust toolchain with the source of std; install one from <https://rustup.rs>");
        } else {
            terminal.text("to build both variants, one of these is enough (`cargo kernel doctor --fix` tries them):");
            for remedy in &remedies {
                terminal.text(format_args!("    {}", remedy.text()));
            }
        }
        Ok(ExitCode::FAILURE)
    }
}

fn is_complete(toolchains: &[Toolchain]) -> bool {
    toolchain::choose(toolchains, &[Variant::Sequential, Variant::Threaded]).is_ok()
}

fn describe(toolchains: &[Toolchain], terminal: &Terminal) {
    if toolchains.is_empty() {
        terminal.text("no Rust toolchain was found");
    }
    for toolchain in toolchains {
        let origin = match toolchain.origin {
            Origin::Current => "current",
            Origin::Debian => "Debian's packages",
        };
        terminal.text(format_args!(
            "rustc {} ({origin}, {})",
            toolchain.release,
            toolchain.sysroot.display()
        ));
        line(terminal, toolchain.has_std_source, "source of std");
        line(
            terminal,
            toolchain.has_wasm_std,
            &format!("compiled std for {TARGET}"),
        );
        line(terminal, toolchain.linker.is_some(), "linker (rust-lld)");
    }
    for variant in [Variant::Sequential, Variant::Threaded] {
        let can = match toolchain::choose(toolchains, &[variant]) {
            Err(_) => "can't be built",
            Ok(found) if found.std_mode(variant) == Some(StdMode::Built) => "can be built",
            Ok(_) => "can be built, but a panic aborts and leaks what the kernel holds",
        };
        terminal.text(format_args!("the {} variant {can}", variant.name()));
    }
    match toolchain::find_on_path("wasm-opt") {
        None => terminal.text(
            "no `wasm-opt` (optional, makes the wasm smaller): `npm install --global binaryen`",
        ),
        Some(path) => terminal.text(format_args!(
            "wasm-opt {} ({})",
            optimize::version(&path).map_or("of unknown version".to_owned(), |v| v.to_string()),
            path.display()
        )),
    }
}

fn line(terminal: &Terminal, there: bool, what: &str) {
    terminal.text(format_args!(
        "    {} {what}",
        if there { "has " } else { "no  " }
    ));
}

/// What could be done, the best first: rustup's component, then Debian's packages.
fn remedies(toolchains: &[Toolchain]) -> Vec<Remedy> {
    let mut remedies = Vec::new();
    let current = toolchains
        .iter()
        .find(|toolchain| toolchain.origin == Origin::Current);
    if let Some(name) = current.and_then(rustup_name) {
        let add = [
            "rustup",
            "component",
            "add",
            "rust-src",
            "--toolchain",
            &name,
        ];
        remedies.push(Remedy(vec![words(&add)]));
    }
    let wants_debian = std::env::var(toolchain::SELECT).as_deref() != Ok("current");
    if wants_debian && toolchain::find_on_path("apt-get").is_some() {
        let mut install = vec!["apt-get", "install", "-y", "--no-install-recommends"];
        install.extend(DEBIAN_PACKAGES);
        remedies.push(Remedy(vec![words(&["apt-get", "update"]), words(&install)]));
    }
    remedies
}

/// The name by which rustup knows a toolchain: the last part of its sysroot, where that is in rustup's folder.
fn rustup_name(toolchain: &Toolchain) -> Option<String> {
    toolchain::find_on_path("rustup")?;
    let parent = toolchain.sysroot.parent()?;
    let name = toolchain.sysroot.file_name()?.to_str()?;
    (parent.file_name()? == "toolchains").then(|| name.to_owned())
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

impl Remedy {
    fn text(&self) -> String {
        let commands: Vec<String> = self.0.iter().map(|command| command.join(" ")).collect();
        commands.join(" && ")
    }

    fn run(&self, terminal: &Terminal) -> bool {
        self.0.iter().all(|command| run(command, terminal))
    }
}

fn run(command: &[String], terminal: &Terminal) -> bool {
    let text = command.join(" ");
    terminal.status("Running", &text);
    let status = Command::new(&command[0])
        .args(&command[1..])
        .stdin(Stdio::null())
        .status();
    match status {
        Ok(status) if status.success() => true,
        Ok(status) => {
            terminal.warning(format_args!("`{text}` failed ({status})"));
            false
        }
        Err(error) => {
            terminal.warning(format_args!("`{text}` can't be run: {error}"));
            false
        }
    }
}
