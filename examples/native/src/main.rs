//! `native`: the example kernels timed natively, to compare their packages with.

mod checksum;
mod data;
mod plan;
mod programs;
mod report;

use clap::Parser;

fn main() -> anyhow::Result<()> {
    let plan = plan::Plan::parse();
    plan.start_threads()?;
    report::print_rounds(&plan, &programs::run_program(&plan)?)
}
