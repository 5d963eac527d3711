//! Prints what was measured.

use crate::plan::Plan;
use anyhow::Result;
use kernel_runtime::rayon;
use std::io::{self, Write};
use std::time::Duration;

/// One round.
pub struct Round {
    /// The time of one call.
    pub time: Duration,
    /// The checksum of the last call's result.
    pub checksum: f64,
}

/// A line of `--json`.
#[derive(serde::Serialize)]
struct Line<'a> {
    program: &'a str,
    args: &'a [String],
    threads: usize,
    round: usize,
    ms: f64,
    checksum: f64,
}

/// Prints every round.
pub fn print_rounds(plan: &Plan, rounds: &[Round]) -> Result<()> {
    let mut out = io::stdout().lock();
    let threads = rayon::current_num_threads();
    for (round, Round { time, checksum }) in rounds.iter().enumerate() {
        let (ms, checksum) = (time.as_secs_f64() * 1e3, *checksum);
        if plan.json {
            let line = Line {
                program: &plan.program,
                args: &plan.args,
                threads,
                round,
                ms,
                checksum,
            };
            serde_json::to_writer(&mut out, &line)?;
            writeln!(out)?;
        } else {
            let (program, args) = (&plan.program, plan.args.join(" "));
            writeln!(
                out,
                "{program} {args}: {ms:.6} ms on {threads} threads, checksum {checksum}"
            )?;
        }
    }
    Ok(())
}
