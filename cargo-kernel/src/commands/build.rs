use crate::cli::Output;
use crate::emit::{self, Package};
use crate::manifest::{self, Exports};
use crate::plan::{self, Plan, Variant};
use crate::project::{Project, Selection};
use crate::terminal::Terminal;
use crate::toolchain::{self, StdMode};
use crate::{compile, optimize, package, report, wasm};
use anyhow::{Context, Result};
use clap::Args;
use std::convert::Infallible;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Instant;
use std::{panic, thread};

/// Build a typed npm package from a crate of kernels
///
/// `threads`, `out-dir`, `features`, `no-simd`, `max-memory` and `name` have defaults in `[package.metadata.kernel]` of the
/// package's Cargo.toml.
#[derive(Args, Debug)]
pub(crate) struct Build {
    /// Package to build, in a workspace
    #[arg(short, long, value_name = "PKG")]
    package: Option<String>,
    /// Path to the Cargo.toml of the package
    #[arg(long, value_name = "PATH", conflicts_with = "package")]
    manifest_path: Option<PathBuf>,
    /// Build the threaded variant too, beside the sequential one
    #[arg(long)]
    threads: bool,
    /// Folder for the npm package [default: `pkg` beside Cargo.toml]
    #[arg(long, value_name = "DIR")]
    out_dir: Option<PathBuf>,
    /// Build without optimization, with function names
    #[arg(long)]
    dev: bool,
    /// Cargo features to enable, separated by commas
    #[arg(long, value_name = "FEATURES", value_delimiter = ',')]
    features: Vec<String>,
    /// Build without SIMD, for hosts from before 2021 (Safari: 2023)
    #[arg(long)]
    no_simd: bool,
    /// Upper limit of the threaded variant's memory, such as 512MiB [default: 1GiB]
    #[arg(long, value_name = "SIZE")]
    max_memory: Option<String>,
    /// Name of the npm package [default: the crate's name]
    #[arg(long, value_name = "NPM-NAME")]
    name: Option<String>,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// One variant, compiled and linked.
struct Built {
    variant: Variant,
    exports: Exports,
    linked: wasm::Linked,
}

impl Build {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<ExitCode> {
        let start = Instant::now();
        let toolchains = toolchain::detect()?;
        let first = toolchains
            .first()
            .context("no Rust toolchain was found: install one from <https://rustup.rs>")?;
        let selection = Selection {
            package: self.package.clone(),
            manifest_path: self.manifest_path.clone(),
        };
        let project = Project::load(&selection, first)?;
        let plan = self.plan(&project, &toolchains)?;
        package::check(&plan.out_dir)?;

        let built = build_variants(&plan, &project, terminal)?;
        if let [sequential, threaded] = &built[..] {
            manifest::check_same(&sequential.exports, &threaded.exports)?;
        }
        let files = files(&plan, &project, built);
        package::write(&plan.out_dir, &files)?;
        report::print(terminal, &files);
        terminal.status(
            "Finished",
            format_args!(
                "`{}` in {} in {:.1} s",
                plan.npm_name,
                plan.out_dir.display(),
                start.elapsed().as_secs_f64()
            ),
        );
        Ok(ExitCode::SUCCESS)
    }

    fn plan(&self, project: &Project, toolchains: &[toolchain::Toolchain]) -> Result<Plan> {
        let settings = &project.settings;
        let mut variants = vec![Variant::Sequential];
        if self.threads || settings.threads {
            variants.push(Variant::Threaded);
        }
        let npm_name = self
            .name
            .clone()
            .or_else(|| settings.name.clone())
            .unwrap_or_else(|| project.package.name.to_string());
        plan::check_npm_name(&npm_name)?;
        let max_memory = self
            .max_memory
            .as_deref()
            .or(settings.max_memory.as_deref())
            .unwrap_or(plan::DEFAULT_MAX_MEMORY);
        let out_dir = match (&self.out_dir, &settings.out_dir) {
            (Some(dir), _) => dir.clone(),
            (None, dir) => project
                .root()
                .join(dir.as_deref().unwrap_or("pkg".as_ref())),
        };
        Ok(Plan {
            toolchain: toolchain::choose(toolchains, &variants)?,
            variants,
            dev: self.dev,
            no_simd: self.no_simd || settings.no_simd,
            features: if self.features.is_empty() {
                settings.features.clone()
            } else {
                self.features.clone()
            },
            max_memory: plan::parse_memory(max_memory)?,
            npm_name,
            out_dir,
        })
    }
}

/// All variants, side by side: each is compiled on one thread for most of its time.
fn build_variants(plan: &Plan, project: &Project, terminal: &Terminal) -> Result<Vec<Built>> {
    thread::scope(|scope| {
        let mut builds = Vec::new();
        let mut before: Option<Receiver<Infallible>> = None;
        for &variant in &plan.variants {
            let (locks, free) = mpsc::channel();
            let before = before.replace(free);
            builds.push(scope.spawn(move || {
                if let Some(before) = before {
                    // Nothing is ever sent: this waits for the end of the channel.
                    let _ = before.recv();
                }
                build_variant(plan, variant, project, locks, terminal)
            }));
        }
        builds
            .into_iter()
            .map(|build| {
                build
                    .join()
                    .unwrap_or_else(|panic| panic::resume_unwind(panic))
            })
            .collect()
    })
}

fn build_variant(
    plan: &Plan,
    variant: Variant,
    project: &Project,
    locks: Sender<Infallible>,
    terminal: &Terminal,
) -> Result<Built> {
    let name = variant.name();
    terminal.status(
        "Building",
        format_args!("the {name} variant of `{}`", project.package.name),
    );
    if plan.toolchain.std_mode(variant) == Some(StdMode::Prebuilt) {
        terminal.warning(
            "the source of std is missing, so a panic aborts: it is still reported, but what the kernel holds at that \
             moment is never freed; `cargo kernel doctor --fix` adds the source",
        );
    }
    let path = compile::compile(plan, variant, project, locks, terminal)?;
    let mut module = wasm::read(&path, plan.dev)?;
    let exports = manifest::select(wasm::take_records(&mut module)?, project)?;
    wasm::retain_exports(&mut module, &exports);
    let mut linked = wasm::link(module)?;
    if !plan.dev {
        let smaller = optimize::optimize(linked.wasm, terminal)?;
        linked.wasm = wasm::arrange_loops(&smaller)?;
    }
    Ok(Built {
        variant,
        exports,
        linked,
    })
}

fn files(plan: &Plan, project: &Project, built: Vec<Built>) -> Vec<package::File> {
    let package = &project.package;
    let threaded = built
        .iter()
        .find(|built| built.variant == Variant::Threaded)
        .and_then(|built| built.linked.pages);
    let emitted = emit::emit(
        &built[0].exports,
        &Package {
            name: plan.npm_name.clone(),
            version: package.version.to_string(),
            description: package.description.clone(),
            license: package.license.clone(),
            repository: package.repository.clone(),
            threaded,
        },
    );
    let mut files: Vec<package::File> = emitted
        .into_iter()
        .map(|(path, text)| package::File::new(path, text.into_bytes()))
        .collect();
    for Built {
        variant, linked, ..
    } in built
    {
        let name = variant.name();
        files.push(package::File::new(format!("{name}.wasm"), linked.wasm));
        files.push(package::File::new(
            format!("runtime/{name}.js"),
            linked.glue.into_bytes(),
        ));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}
