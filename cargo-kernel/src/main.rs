//! The `cargo kernel` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    cargo_kernel::run(std::env::args_os())
}
