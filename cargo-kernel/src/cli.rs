use crate::commands::{Build, Doctor};
use crate::terminal::{Terminal, Verbosity};
use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::process::ExitCode;

/// Builds typed npm packages from crates of `#[kernel]` functions.
#[derive(Parser)]
#[command(
    name = "cargo kernel",
    bin_name = "cargo kernel",
    version,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(Build),
    Doctor(Doctor),
}

/// What every command takes.
#[derive(Args, Debug, Clone)]
pub(crate) struct Output {
    /// Say nothing but warnings and errors
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Show the commands that are run
    #[arg(short, long)]
    verbose: bool,
    /// When to color the output
    #[arg(long, value_name = "WHEN", default_value = "auto", value_enum)]
    color: Color,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum Color {
    /// Where the output is a terminal
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

impl Output {
    pub(crate) fn terminal(&self) -> Terminal {
        match self.color {
            Color::Auto => {}
            Color::Always => anstream::ColorChoice::Always.write_global(),
            Color::Never => anstream::ColorChoice::Never.write_global(),
        }
        Terminal::new(match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        })
    }
}

/// Runs the command line. Exit code 1 is an error of ours, 2 a wrong use, as clap has it.
pub fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let mut args: Vec<OsString> = args.collect();
    // Cargo runs `cargo-kernel kernel build ...` for `cargo kernel build ...`.
    if args.get(1).is_some_and(|arg| arg == "kernel") {
        args.remove(1);
    }
    let cli = Cli::parse_from(args);
    let (terminal, result) = match cli.command {
        Command::Build(build) => {
            let terminal = build.output.terminal();
            let result = build.run(&terminal);
            (terminal, result)
        }
        Command::Doctor(doctor) => {
            let terminal = doctor.output.terminal();
            let result = doctor.run(&terminal);
            (terminal, result)
        }
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            terminal.error(&error);
            ExitCode::FAILURE
        }
    }
}
