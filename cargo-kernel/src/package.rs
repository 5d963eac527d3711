//! The one module that writes the package to disk.

use anyhow::{Context, Result, bail};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// A file of the package.
#[derive(Debug)]
pub struct File {
    /// Relative to the package, with `/`.
    pub path: String,
    /// Its contents.
    pub bytes: Vec<u8>,
}

impl File {
    /// A file of these bytes.
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> File {
        File {
            path: path.into(),
            bytes,
        }
    }
}

/// The key in `package.json` that says which files we wrote.
const FILES: &str = "files";

/// Where new files wait until all of them are written.
const STAGING: &str = ".kernel-staging";

/// Refuses, before anything is compiled, a folder that is not ours or can't be written.
///
/// # Errors
///
/// Where it holds someone else's package, or is read-only.
pub fn check(out_dir: &Path) -> Result<()> {
    if out_dir.exists() && !out_dir.is_dir() {
        bail!("`--out-dir {}` is not a folder", out_dir.display());
    }
    if let Some(text) = read_package_json(out_dir)?
        && !text.contains("\"cargo-kernel\"")
    {
        bail!(
            "`--out-dir {}` holds a package.json that cargo kernel did not write: choose another folder",
            out_dir.display()
        );
    }
    // The only test of "can be written" that holds for root, for network file systems and for full disks.
    stage(out_dir, &[])?;
    unstage(out_dir)
}

/// Writes the package: all new files aside first, then each to its place; what no longer belongs to it is removed.
///
/// # Errors
///
/// Where a file can't be written; then the package is as it was.
pub fn write(out_dir: &Path, files: &[File]) -> Result<()> {
    let stale = stale_files(out_dir, files)?;
    let changed: Vec<&File> = files
        .iter()
        .filter(|file| !fs::read(out_dir.join(&file.path)).is_ok_and(|bytes| bytes == file.bytes))
        .collect();
    if let Err(error) = stage(out_dir, &changed) {
        // Best effort: the error that counts is the first.
        let _ = unstage(out_dir);
        return Err(error);
    }
    for file in &changed {
        let to = out_dir.join(&file.path);
        create_parent(&to)?;
        let from = out_dir.join(STAGING).join(&file.path);
        fs::rename(&from, &to).with_context(|| format!("can't write {}", to.display()))?;
    }
    for path in stale {
        let path = out_dir.join(path);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("can't remove {}", path.display()));
            }
            _ => {}
        }
    }
    unstage(out_dir)
}

fn stage(out_dir: &Path, files: &[&File]) -> Result<()> {
    let staging = out_dir.join(STAGING);
    unstage(out_dir)?;
    let context = |path: &Path| {
        format!(
            "can't write {}: is there space, and may you write there?",
            path.display()
        )
    };
    fs::create_dir_all(&staging).with_context(|| context(&staging))?;
    for file in files {
        let path = staging.join(&file.path);
        create_parent(&path)?;
        fs::write(&path, &file.bytes).with_context(|| context(&path))?;
    }
    Ok(())
}

/// Also what an interrupted build left.
fn unstage(out_dir: &Path) -> Result<()> {
    let staging = out_dir.join(STAGING);
    match fs::remove_dir_all(&staging) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).with_context(|| format!("can't remove {}", staging.display()))
        }
        _ => Ok(()),
    }
}

fn create_parent(path: &Path) -> Result<()> {
    let parent = path.parent().expect("a file lies in a folder");
    fs::create_dir_all(parent).with_context(|| format!("can't create {}", parent.display()))
}

/// Files that the last package had and this one has not.
fn stale_files(out_dir: &Path, files: &[File]) -> Result<Vec<String>> {
    let Some(text) = read_package_json(out_dir)? else {
        return Ok(Vec::new());
    };
    let Ok(json) = serde_json::from_str::<serde_json::Value>(&text) else {
        return Ok(Vec::new());
    };
    let listed = json[FILES].as_array().into_iter().flatten();
    Ok(listed
        .filter_map(|path| path.as_str())
        .filter(|path| !path.contains("..") && !Path::new(path).is_absolute())
        .filter(|path| files.iter().all(|file| file.path != *path))
        .map(str::to_owned)
        .collect())
}

fn read_package_json(out_dir: &Path) -> Result<Option<String>> {
    let path = out_dir.join("package.json");
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("can't read {}", path.display())),
    }
}
