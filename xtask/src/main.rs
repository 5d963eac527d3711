//! The project's own tasks: `cargo xtask demo`, `test`, `bench`, `soak`, `serve`.

mod bench;
mod demo;
mod machine;
mod packages;
mod serve;
mod stages;
mod tests;

use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask <TASK>

Tasks:
  demo   build the examples and run them in Node on real data: one table, one picture
  test   everything that can be tested, browsers included
  bench  native Rust, wasm sequential and threaded, plain JavaScript: medians and ratios;
         with --peers, examples/numpy beside NumPy, TensorFlow.js and numpy-ts
  soak   the long runs of what `test` samples: starts, panics, growth
  serve  serve the examples' pages on localhost, cross-origin isolated

Each installs what it needs.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let result = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["demo"] => demo::run(),
        ["test"] => tests::run(),
        ["bench"] => bench::run(),
        ["bench", "--peers"] => bench::run_peers(),
        ["soak"] => tests::soak(),
        ["serve"] => serve::run(),
        ["--help" | "-h" | "help"] => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
