//! What Cargo knows of the package: one `cargo metadata`, read once.

use crate::toolchain::Toolchain;
use anyhow::{Context, Result, anyhow, bail};
use cargo_metadata::{Metadata, MetadataCommand, Package, PackageId, TargetKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Which package to build.
#[derive(Debug, Default)]
pub struct Selection {
    /// `-p`
    pub package: Option<String>,
    /// `--manifest-path`
    pub manifest_path: Option<PathBuf>,
}

/// `[package.metadata.kernel]`: the defaults of the command's flags.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Settings {
    /// `--threads`
    pub threads: bool,
    /// `--out-dir`, relative to the package
    pub out_dir: Option<PathBuf>,
    /// `--features`
    pub features: Vec<String>,
    /// `--no-simd`
    pub no_simd: bool,
    /// `--max-memory`
    pub max_memory: Option<String>,
    /// `--name`
    pub name: Option<String>,
}

/// The package to build.
#[derive(Debug)]
pub struct Project {
    /// As `cargo metadata` has it.
    pub package: Package,
    /// Defaults of the flags.
    pub settings: Settings,
    /// Where Cargo builds.
    pub target_directory: PathBuf,
    /// The packages that the root crate depends on, by the name that its code calls them.
    pub dependencies: BTreeMap<String, PackageName>,
    /// Folders of path dependencies outside the workspace, and the names that stand for them in panics.
    pub foreign_roots: Vec<(PathBuf, String)>,
}

/// A package, as records of the manifest name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageName {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl PackageName {
    fn of(package: &Package) -> PackageName {
        PackageName {
            name: package.name.to_string(),
            version: package.version.to_string(),
        }
    }
}

impl Project {
    /// Reads the package that `selection` names, or the one of the current folder.
    ///
    /// # Errors
    ///
    /// Where there is no package, more than one, or one that has no library or does not use kernel-runtime.
    pub fn load(selection: &Selection, toolchain: &Toolchain) -> Result<Project> {
        let metadata = read_metadata(selection, toolchain)?;
        let package = select_package(&metadata, selection)?.clone();
        if !package.targets.iter().any(|target| {
            target.kind.contains(&TargetKind::Lib) || target.kind.contains(&TargetKind::CDyLib)
        }) {
            bail!(
                "package `{}` has no library, and kernels live in one: add `src/lib.rs`",
                package.name
            );
        }
        check_versions(&metadata, &package)?;
        let settings = read_settings(&package)?;
        Ok(Project {
            settings,
            target_directory: metadata.target_directory.clone().into(),
            dependencies: dependencies(&metadata, &package.id),
            foreign_roots: foreign_roots(&metadata),
            package,
        })
    }

    /// Folder of the package's `Cargo.toml`.
    pub fn root(&self) -> &Path {
        self.package
            .manifest_path
            .parent()
            .expect("a manifest lies in a folder")
            .as_std_path()
    }

    /// Name and version.
    pub fn name(&self) -> PackageName {
        PackageName::of(&self.package)
    }
}

fn read_metadata(selection: &Selection, toolchain: &Toolchain) -> Result<Metadata> {
    let mut command = MetadataCommand::new();
    command.cargo_path(&toolchain.cargo);
    command.env("RUSTC", &toolchain.rustc);
    if let Some(path) = &selection.manifest_path {
        if !path.exists() {
            bail!(
                "`--manifest-path {}`: there is no such file",
                path.display()
            );
        }
        command.manifest_path(path);
    }
    command.exec().map_err(|error| match error {
        cargo_metadata::Error::CargoMetadata { stderr } => {
            let stderr = stderr.trim().trim_start_matches("error: ");
            if stderr.starts_with("could not find `Cargo.toml`") {
                anyhow!("{stderr}: run this in a package, or name one with `--manifest-path`")
            } else {
                anyhow!("{stderr}")
            }
        }
        other => anyhow!(other).context("`cargo metadata` failed"),
    })
}

fn select_package<'m>(metadata: &'m Metadata, selection: &Selection) -> Result<&'m Package> {
    let members = metadata.workspace_packages();
    if let Some(name) = &selection.package {
        return members
            .iter()
            .find(|package| package.name.as_str() == name)
            .copied()
            .with_context(|| {
                format!(
                    "`-p {name}`: the workspace has no such package, it has {}",
                    list(members.iter().map(|package| package.name.as_str()))
                )
            });
    }
    if let Some(package) = metadata.root_package() {
        return Ok(package);
    }
    let with_kernels = members
        .iter()
        .filter(|package| uses_runtime(package))
        .map(|package| package.name.as_str());
    bail!(
        "this is a workspace, not a package: name one with `-p`; {} depend on kernel-runtime",
        list(with_kernels)
    )
}

fn uses_runtime(package: &Package) -> bool {
    package
        .dependencies
        .iter()
        .any(|dependency| dependency.name == "kernel-runtime")
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

/// The versions that must fit this tool: kernel-runtime writes the records, wasm-bindgen the rest of the wasm.
fn check_versions(metadata: &Metadata, package: &Package) -> Result<()> {
    let find = |name: &str| {
        metadata
            .packages
            .iter()
            .find(|found| found.name.as_str() == name)
    };
    let Some(runtime) = find("kernel-runtime") else {
        bail!(
            "package `{0}` has no kernel: it does not depend on kernel-runtime; `cargo add -p {0} kernel-runtime`",
            package.name
        );
    };
    let ours = env!("CARGO_PKG_VERSION");
    if runtime.version.to_string() != ours {
        bail!(
            "package `{}` uses kernel-runtime {found}, this is cargo-kernel {ours}: \
             `cargo install cargo-kernel --version {found}`",
            package.name,
            found = runtime.version
        );
    }
    if let Some(bindgen) = find("wasm-bindgen") {
        let expected = crate::wasm::BINDGEN_VERSION;
        if bindgen.version.to_string() != expected {
            bail!(
                "package `{}` resolves wasm-bindgen {}, and cargo-kernel {ours} works with {expected}: \
                 `cargo update -p wasm-bindgen --precise {expected}`",
                package.name,
                bindgen.version
            );
        }
    }
    Ok(())
}

fn read_settings(package: &Package) -> Result<Settings> {
    match package.metadata.get("kernel") {
        None => Ok(Settings::default()),
        Some(value) => serde_json::from_value(value.clone()).with_context(|| {
            format!(
                "`[package.metadata.kernel]` in {} can't be read",
                package.manifest_path
            )
        }),
    }
}

fn dependencies(metadata: &Metadata, root: &PackageId) -> BTreeMap<String, PackageName> {
    let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
    nodes
        .filter(|node| &node.id == root)
        .flat_map(|node| &node.deps)
        .map(|dep| (dep.name.clone(), PackageName::of(&metadata[&dep.pkg])))
        .collect()
}

/// Cargo hands rustc relative paths inside the workspace and absolute ones outside.
fn foreign_roots(metadata: &Metadata) -> Vec<(PathBuf, String)> {
    metadata
        .packages
        .iter()
        .filter(|package| package.source.is_none())
        .filter_map(|package| {
            let root = package.manifest_path.parent()?;
            (!root.starts_with(&metadata.workspace_root))
                .then(|| (root.as_std_path().to_owned(), package.name.to_string()))
        })
        .collect()
}
