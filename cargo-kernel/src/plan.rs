//! What will be built: variants, flags, names. Decided before anything runs.

use crate::project::Project;
use crate::toolchain::{StdMode, Toolchain};
use anyhow::{Context, Result, bail};
use std::env;
use std::path::{Path, PathBuf};

/// One of the wasm files of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// Runs everywhere, on one thread.
    Sequential,
    /// Shared memory and a pool.
    Threaded,
}

impl Variant {
    /// Its name, which is that of its files too.
    pub fn name(self) -> &'static str {
        match self {
            Variant::Sequential => "sequential",
            Variant::Threaded => "threaded",
        }
    }
}

/// One wasm page.
pub const PAGE: u64 = 1 << 16;

/// The whole build, decided.
#[derive(Debug)]
pub struct Plan {
    /// With which toolchain.
    pub toolchain: Toolchain,
    /// What, sequential first.
    pub variants: Vec<Variant>,
    /// Without optimization, with names.
    pub dev: bool,
    /// Without SIMD.
    pub no_simd: bool,
    /// Cargo features.
    pub features: Vec<String>,
    /// Upper limit of a threaded memory, in bytes; a multiple of [`PAGE`].
    pub max_memory: u64,
    /// Name of the npm package.
    pub npm_name: String,
    /// Where the package goes.
    pub out_dir: PathBuf,
}

/// 1 GiB: what every host tried grants without touching the pages.
pub const DEFAULT_MAX_MEMORY: &str = "1GiB";

impl Plan {
    /// Flags for rustc, for every crate of a variant, std included.
    pub fn rustflags(&self, variant: Variant, project: &Project) -> Vec<String> {
        let mut features = Vec::new();
        let mut flags = Vec::new();
        if self.toolchain.std_mode(variant) == Some(StdMode::Built) {
            // wasm's default is to abort, also where Cargo's profile says unwind.
            flags.extend(["--cfg=kernel_build_std", "-Cpanic=unwind"].map(str::to_owned));
            if self.toolchain.version() >= (1, 97) {
                // LLVM changed the default to exception opcodes that Node 20 refuses.
                flags.push("-Cllvm-args=-wasm-use-legacy-eh=true".to_owned());
            }
        }
        if variant == Variant::Threaded {
            features.extend(["+atomics", "+bulk-memory"]);
        }
        if !self.no_simd {
            features.push("+simd128");
        }
        if !features.is_empty() {
            flags.push(format!("-Ctarget-feature={}", features.join(",")));
        }
        if let Some(linker) = &self.toolchain.linker
            && self.toolchain.foreign_linker
        {
            flags.push(format!("-Clinker={}", linker.display()));
        }
        flags.extend(self.remaps(project));
        flags
    }

    /// Flags for rustc, for the last crate alone, with which all others are optimized: a change of these rebuilds nothing else.
    pub fn last_args(&self, variant: Variant) -> Vec<String> {
        let mut args = vec!["--export=__stack_pointer".to_owned()];
        if variant == Variant::Threaded {
            args.extend(
                [
                    "--shared-memory",
                    "--import-memory",
                    "--export=__heap_base",
                    "--export=__wasm_init_tls",
                    "--export=__tls_size",
                    "--export=__tls_align",
                    "--export=__tls_base",
                ]
                .map(str::to_owned),
            );
            args.push(format!("--max-memory={}", self.max_memory));
        }
        let args = args.iter().map(|arg| format!("-Clink-arg={arg}"));
        // LLVM would write what a vectorised loop leaves over four times: a twentieth of a large package, for no time that could be
        // measured.
        let unrolling = "-Cllvm-args=-unroll-runtime=false".to_owned();
        args.chain([unrolling]).collect()
    }

    /// Where Cargo builds a variant: a folder per set of flags, since Cargo keeps one build of a crate whatever the flags.
    pub fn target_directory(&self, variant: Variant, project: &Project) -> PathBuf {
        let flags = self.rustflags(variant, project).join(" ");
        let hash = kernel_schema::names::hash(&[&flags]);
        project.target_directory.join("kernel").join(format!(
            "{}-{:08x}",
            variant.name(),
            hash as u32
        ))
    }

    /// No package holds a path of the machine that built it. Paths inside the workspace are relative already.
    fn remaps(&self, project: &Project) -> Vec<String> {
        let mut roots: Vec<(PathBuf, String)> = vec![
            (
                self.toolchain.sysroot.join("lib/rustlib/src/rust"),
                "rust".to_owned(),
            ),
            (cargo_home(), "cargo".to_owned()),
        ];
        // Debian's sysroot has a link to the source.
        if let Ok(real) = self
            .toolchain
            .sysroot
            .join("lib/rustlib/src/rust")
            .canonicalize()
        {
            roots.push((real, "rust".to_owned()));
        }
        roots.extend(project.foreign_roots.iter().cloned());
        roots
            .into_iter()
            .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()))
            .collect()
    }
}

fn cargo_home() -> PathBuf {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .unwrap_or_else(|| Path::new("/.cargo").to_owned())
}

/// Reads `64MiB`, `1GiB`, `1GB` or a number of bytes; at least 2 MiB, at most 4 GiB, rounded up to a page.
///
/// # Errors
///
/// Where it is none of these.
pub fn parse_memory(text: &str) -> Result<u64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = &text[digits.len()..];
    let factor: u64 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kib" | "k" => 1 << 10,
        "mib" | "m" => 1 << 20,
        "gib" | "g" => 1 << 30,
        "kb" => 1000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => bail!(
            "`--max-memory {text}`: unknown unit `{unit}`: write for example `512MiB` or `1GiB`"
        ),
    };
    let number: u64 = digits.trim().parse().with_context(|| {
        format!("`--max-memory {text}`: expected a size such as `512MiB` or `1GiB`")
    })?;
    let bytes = number
        .checked_mul(factor)
        .filter(|bytes| (2 << 20..=4 << 30).contains(bytes))
        .with_context(|| {
            format!("`--max-memory {text}`: a wasm memory has between 2 MiB and 4 GiB")
        })?;
    Ok(bytes.next_multiple_of(PAGE))
}

/// Checks a name as npm does (<https://docs.npmjs.com/cli/configuring-npm/package-json#name>).
///
/// # Errors
///
/// Says what npm would refuse.
pub fn check_npm_name(name: &str) -> Result<()> {
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with(['.', '_'])
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._~".contains(c))
    };
    let fits = match name.strip_prefix('@').map(|scoped| scoped.split_once('/')) {
        None => plain(name),
        Some(Some((scope, rest))) => plain(scope) && plain(rest),
        Some(None) => false,
    };
    if !fits || name.len() > 214 {
        bail!(
            "`{name}` is no name for an npm package: expected lower case letters, digits, `-`, `.`, `_`, perhaps after \
             a scope such as `@you/`: choose one with `--name`"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units_and_limits() {
        for (text, bytes) in [
            ("64MiB", 64 << 20),
            ("1GiB", 1 << 30),
            ("4gib", 4 << 30),
            ("3mb", 46 << 16),
            ("2097153", (2 << 20) + PAGE),
        ] {
            assert_eq!(parse_memory(text).unwrap(), bytes, "{text}");
        }
        for text in [
            "",
            "1",
            "5GiB",
            "1TiB",
            "MiB",
            "-1GiB",
            "1.5GiB",
            "99999999999999999999GiB",
        ] {
            let error = parse_memory(text).unwrap_err().to_string();
            assert!(error.contains(&format!("`--max-memory {text}`")), "{error}");
        }
    }

    #[test]
    fn names_are_checked_as_npm_does() {
        for name in ["a", "linalg", "@you/fast-math", "a.b_c~d"] {
            assert!(check_npm_name(name).is_ok(), "{name}");
        }
        for name in [
            "", "Linalg", ".a", "_a", "a b", "@you", "@/a", "@you/", "a/b", "@you/a/b",
        ] {
            assert!(check_npm_name(name).is_err(), "{name}");
        }
    }
}
