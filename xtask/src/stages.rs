//! Stages: what is being done, while it is done, and how long each took.

use anyhow::{Context, Result, bail};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// The stages of one task.
#[derive(Default)]
pub struct Stages {
    done: Vec<(String, Duration)>,
}

impl Stages {
    /// Runs a stage.
    pub fn run<T>(&mut self, name: &str, stage: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n==> {name}");
        let start = Instant::now();
        let result = stage().with_context(|| format!("stage `{name}` failed"))?;
        let took = start.elapsed();
        println!("<== {name}: {:.1} s", took.as_secs_f64());
        self.done.push((name.to_owned(), took));
        Ok(result)
    }

    /// Prints the time of each stage.
    pub fn report(&self) {
        println!("\nstages, seconds:");
        for (name, took) in &self.done {
            println!("{:>8.1}  {name}", took.as_secs_f64());
        }
        let total: Duration = self.done.iter().map(|(_, took)| took).sum();
        println!("{:>8.1}  in all", total.as_secs_f64());
    }
}

/// Folder of the repository.
pub fn root() -> PathBuf {
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask
        .parent()
        .expect("xtask lies in the workspace")
        .to_owned()
}

/// A command that runs in the repository.
pub fn command(program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root());
    command
}

/// Cargo, as the one that runs this task.
pub fn cargo(args: &[&str]) -> Command {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = command(&cargo, args);
    // Set by `cargo run` for this task alone; a different value would rebuild what reads it.
    command.env_remove("CARGO_MANIFEST_DIR");
    if std::env::var_os("CI").is_some() {
        // Built once: what another build could start from is disk space alone.
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// Runs a command to its end, its output shown.
pub fn execute(command: &mut Command) -> Result<()> {
    println!("$ {}", text(command));
    let status = command
        .status()
        .with_context(|| format!("can't run `{}`", text(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", text(command));
    }
    Ok(())
}

/// Runs commands side by side to their ends; what each prints is shown when it is done, in their order.
pub fn execute_together(commands: Vec<Command>) -> Result<()> {
    let running: Vec<_> = commands
        .into_iter()
        .map(|mut command| {
            let text = text(&command);
            (text, thread::spawn(move || command.output()))
        })
        .collect();
    let mut failed = Vec::new();
    for (text, running) in running {
        let output = running
            .join()
            .expect("a thread that waits for a command does not panic")
            .with_context(|| format!("can't run `{text}`"))?;
        println!("$ {text}");
        io::stderr().write_all(&output.stderr)?;
        io::stdout().write_all(&output.stdout)?;
        if !output.status.success() {
            failed.push(format!("`{text}` failed ({})", output.status));
        }
    }
    if !failed.is_empty() {
        bail!("{}", failed.join("; "));
    }
    Ok(())
}

/// What a command prints.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("can't run `{}`", text(command)))?;
    if !output.status.success() {
        bail!(
            "`{}` failed ({}): {}",
            text(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` prints no UTF-8", text(command)))
}

fn text(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect();
    words.join(" ")
}
