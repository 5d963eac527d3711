//! The Rust toolchains of this machine, and what each can build.

use crate::plan::Variant;
use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The wasm target.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's packages with a Rust that has the wasm targets in its LLVM, and with the source of std.
pub const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

/// Restricts which toolchains are considered: `current` or `debian`.
pub const SELECT: &str = "CARGO_KERNEL_TOOLCHAIN";

/// Where a toolchain comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The one that runs this command, or that `cargo` on the PATH is.
    Current,
    /// Debian's packages.
    Debian,
}

/// A Rust toolchain, as far as it matters here.
#[derive(Clone, Debug)]
pub struct Toolchain {
    /// Where it comes from.
    pub origin: Origin,
    /// Its cargo.
    pub cargo: PathBuf,
    /// Its rustc.
    pub rustc: PathBuf,
    /// `1.95.0`, or `1.97.0-nightly`.
    pub release: String,
    /// Its root.
    pub sysroot: PathBuf,
    /// Whether it has the source of std, so that std can be built with atomics and with unwinding.
    pub has_std_source: bool,
    /// Whether it has a compiled std for [`TARGET`]: without unwinding and without atomics.
    pub has_wasm_std: bool,
    /// A linker for wasm.
    pub linker: Option<PathBuf>,
    /// Whether the linker must be named, because it is another toolchain's.
    pub foreign_linker: bool,
}

/// How std comes into the wasm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StdMode {
    /// Built from source: panics unwind.
    Built,
    /// The compiled one: a panic aborts.
    Prebuilt,
}

impl Toolchain {
    /// How this toolchain can build a variant, if it can.
    pub fn std_mode(&self, variant: Variant) -> Option<StdMode> {
        self.linker.as_ref()?;
        match variant {
            _ if self.has_std_source => Some(StdMode::Built),
            Variant::Sequential if self.has_wasm_std => Some(StdMode::Prebuilt),
            _ => None,
        }
    }

    /// `(major, minor)` of the release.
    pub fn version(&self) -> (u32, u32) {
        let mut parts = self
            .release
            .split('.')
            .map(|part| part.parse().unwrap_or(0));
        (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
    }
}

/// All toolchains that this machine has, the preferred one first.
///
/// # Errors
///
/// Where [`SELECT`] names none.
pub fn detect() -> Result<Vec<Toolchain>> {
    let wanted = env::var(SELECT).unwrap_or_default();
    let (current, debian) = match wanted.as_str() {
        "" => (true, true),
        "current" => (true, false),
        "debian" => (false, true),
        other => bail!("`{SELECT}={other}`: expected `current` or `debian`"),
    };
    // Needed in any case: its linker serves Debian's toolchain too.
    let ours = detect_current();
    let mut found = Vec::new();
    if let Some(ours) = ours.clone().filter(|_| current) {
        found.push(ours);
    }
    if let Some(theirs) = detect_debian(ours.as_ref()).filter(|_| debian)
        && found
            .iter()
            .all(|other: &Toolchain| other.sysroot != theirs.sysroot)
    {
        found.push(theirs);
    }
    Ok(found)
}

/// The toolchain to build these variants with: the first that builds std, else the first that builds them at all.
///
/// # Errors
///
/// Says what is missing, and that `cargo kernel doctor` knows the commands.
pub fn choose(toolchains: &[Toolchain], variants: &[Variant]) -> Result<Toolchain> {
    let able = |toolchain: &&Toolchain, mode: fn(StdMode) -> bool| {
        variants
            .iter()
            .all(|&variant| toolchain.std_mode(variant).is_some_and(mode))
    };
    toolchains
        .iter()
        .find(|toolchain| able(toolchain, |mode| mode == StdMode::Built))
        .or_else(|| {
            toolchains
                .iter()
                .find(|toolchain| able(toolchain, |_| true))
        })
        .cloned()
        .with_context(|| {
            let what = if variants.contains(&Variant::Threaded) {
                "the threaded variant needs std with atomics, built from source"
            } else {
                "wasm needs a std for `wasm32-unknown-unknown`, or its source"
            };
            format!("no toolchain here can do this: {what}: `cargo kernel doctor --fix`")
        })
}

fn detect_current() -> Option<Toolchain> {
    let rustc = PathBuf::from(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let sysroot = sysroot(&rustc)?;
    // Past rustup's proxies, which would choose a toolchain again in every folder.
    let own = |name: &str| Some(sysroot.join("bin").join(name)).filter(|path| path.exists());
    let cargo = own("cargo")
        .or_else(|| env::var_os("CARGO").map(PathBuf::from))
        .unwrap_or_else(|| "cargo".into());
    let rustc = own("rustc").unwrap_or(rustc);
    read(Origin::Current, cargo, rustc, sysroot, None)
}

fn detect_debian(ours: Option<&Toolchain>) -> Option<Toolchain> {
    let (cargo, rustc) = (Path::new("/usr/bin/cargo"), Path::new("/usr/bin/rustc"));
    if !cargo.exists() || !rustc.exists() {
        return None;
    }
    let sysroot = sysroot(rustc)?;
    let linker = ours.and_then(|ours| ours.linker.clone());
    read(Origin::Debian, cargo.into(), rustc.into(), sysroot, linker)
}

fn read(
    origin: Origin,
    cargo: PathBuf,
    rustc: PathBuf,
    sysroot: PathBuf,
    other_linker: Option<PathBuf>,
) -> Option<Toolchain> {
    let version = output(Command::new(&rustc).arg("-vV"))?;
    let field = |name: &str| {
        version
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .map(str::to_owned)
    };
    let release = field("release: ")?;
    let host = field("host: ")?;
    let rustlib = sysroot.join("lib/rustlib");
    let own_linker = [
        rustlib.join(&host).join("bin/rust-lld"),
        rustlib.join(&host).join("bin/rust-lld.exe"),
    ]
    .into_iter()
    .find(|path| path.exists());
    let foreign_linker = own_linker.is_none();
    Some(Toolchain {
        origin,
        cargo,
        rustc,
        release,
        has_std_source: rustlib.join("src/rust/library/std/Cargo.toml").exists(),
        has_wasm_std: rustlib.join(TARGET).join("lib").exists(),
        linker: own_linker.or(other_linker).or_else(system_linker),
        foreign_linker,
        sysroot,
    })
}

/// LLVM's generic driver, which takes `-flavor`; `wasm-ld` by that name refuses it.
fn system_linker() -> Option<PathBuf> {
    find_on_path("rust-lld").or_else(|| find_on_path("lld"))
}

/// A program on the PATH.
pub fn find_on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name).with_extension(env::consts::EXE_EXTENSION))
        .find(|file| file.is_file())
}

fn sysroot(rustc: &Path) -> Option<PathBuf> {
    output(Command::new(rustc).args(["--print", "sysroot"])).map(|text| PathBuf::from(text.trim()))
}

fn output(command: &mut Command) -> Option<String> {
    let output = command
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// Environment variables of the user's that would change a wasm build in ways we can't answer for.
pub fn unwanted_variables() -> impl Iterator<Item = OsString> {
    [
        "RUSTFLAGS",
        "CARGO_BUILD_TARGET",
        "CARGO_BUILD_RUSTFLAGS",
        "RUSTUP_TOOLCHAIN",
    ]
    .into_iter()
    .map(OsString::from)
}
