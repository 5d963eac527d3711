//! `wasm-opt`, where there is one that is new enough. Never required.

use crate::terminal::Terminal;
use crate::toolchain;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Older ones reject opcodes that today's compilers write. Debian's is 108, npm's `binaryen` 132.
const OLDEST: u32 = 120;

/// What a wasm of ours may use.
const FEATURES: [&str; 9] = [
    "--enable-bulk-memory",
    "--enable-exception-handling",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
    "--enable-threads",
];

/// The wasm, smaller if there is a `wasm-opt` on the PATH.
///
/// # Errors
///
/// Where temporary files can't be written.
pub fn optimize(wasm: Vec<u8>, terminal: &Terminal) -> Result<Vec<u8>> {
    let Some(program) = toolchain::find_on_path("wasm-opt") else {
        return Ok(wasm);
    };
    match version(&program) {
        Some(version) if version >= OLDEST => {}
        found => {
            let found = found.map_or("an unknown version".to_owned(), |found| found.to_string());
            terminal.warning(format_args!(
                "`wasm-opt` on the PATH is {found} and not used: {OLDEST} is the oldest that reads this wasm; \
                 `npm install --global binaryen` has a newer one"
            ));
            return Ok(wasm);
        }
    }
    let folder = tempfile::tempdir().context("can't make a temporary folder for `wasm-opt`")?;
    let (input, output) = (
        folder.path().join("in.wasm"),
        folder.path().join("out.wasm"),
    );
    fs::write(&input, &wasm).with_context(|| format!("can't write {}", input.display()))?;
    let mut command = Command::new(&program);
    command
        .arg("-O3")
        .args(FEATURES)
        .arg("-o")
        .args([&output, &input]);
    terminal.verbose("Running", format_args!("{command:?}"));
    let run = command.output().context("can't run `wasm-opt`")?;
    if !run.status.success() {
        let stderr = String::from_utf8_lossy(&run.stderr);
        terminal.warning(format_args!(
            "`wasm-opt` failed and its result is not used: {}",
            stderr.trim()
        ));
        return Ok(wasm);
    }
    fs::read(&output).with_context(|| format!("can't read {}", output.display()))
}

/// The number that `wasm-opt --version` prints, if it runs.
pub fn version(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.split_whitespace().find_map(|word| word.parse().ok())
}
