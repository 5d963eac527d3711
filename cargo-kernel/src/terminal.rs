//! All output to people goes through here, in the form that Cargo has.

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use std::collections::HashSet;
use std::fmt::Display;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub enum Verbosity {
    /// Warnings and errors.
    Quiet,
    /// What is being done.
    Normal,
    /// And with which commands.
    Verbose,
}

/// Standard error, where Cargo's status lines go.
pub struct Terminal {
    verbosity: Verbosity,
    /// What variants that are built side by side may all say, and is said once.
    said: Mutex<HashSet<String>>,
}

const STATUS: Style = AnsiColor::Green.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const ERROR: Style = AnsiColor::Red.on_default().bold();

impl Terminal {
    /// A terminal that says as much as `verbosity`.
    pub fn new(verbosity: Verbosity) -> Self {
        Terminal {
            verbosity,
            said: Mutex::default(),
        }
    }

    /// How much is said.
    pub fn verbosity(&self) -> Verbosity {
        self.verbosity
    }

    /// A status line: a verb, right-aligned as Cargo's are, and what it is done to.
    pub fn status(&self, verb: &str, what: impl Display) {
        if self.verbosity >= Verbosity::Normal {
            anstream::eprintln!("{STATUS}{verb:>12}{STATUS:#} {what}");
        }
    }

    /// A line that only `--verbose` shows.
    pub fn verbose(&self, verb: &str, what: impl Display) {
        if self.verbosity >= Verbosity::Verbose {
            anstream::eprintln!("{STATUS}{verb:>12}{STATUS:#} {what}");
        }
    }

    /// Text as it is, unless quiet.
    pub fn text(&self, text: impl Display) {
        if self.verbosity >= Verbosity::Normal {
            anstream::eprintln!("{text}");
        }
    }

    /// Something that is lost or may surprise. Said once.
    pub fn warning(&self, what: impl Display) {
        self.diagnostic(format!("{WARNING}warning{WARNING:#}: {what}\n"));
    }

    /// What a compiler says, as it is. Said once.
    pub fn diagnostic(&self, text: String) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if !said.contains(&text) {
            // In one piece: a Cargo that still runs writes between the pieces.
            let choice = anstream::stderr().current_choice();
            let mut styled = AutoStream::new(Vec::new(), choice);
            let _ = styled.write_all(text.as_bytes());
            let _ = io::stderr().write_all(&styled.into_inner());
            said.insert(text);
        }
    }

    /// The error that ends the command, with its causes.
    pub fn error(&self, error: &anyhow::Error) {
        anstream::eprintln!("{ERROR}error{ERROR:#}: {error}");
        for cause in error.chain().skip(1) {
            anstream::eprintln!("  caused by: {cause}");
        }
    }
}
