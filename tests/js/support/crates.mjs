// Crates in empty folders, and the command run on them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CARGO_KERNEL, ROOT, SCRATCH, need } from "./paths.mjs";

/** All fixtures share what they build: std, ndarray, rayon. */
export const ENV = { ...process.env, CARGO_TARGET_DIR: join(SCRATCH, "cli"), CARGO_TERM_COLOR: "never", NO_COLOR: "1" };

/** A dependency on the runtime of this repository. */
export const RUNTIME = `kernel-runtime = { path = ${JSON.stringify(join(ROOT, "kernel-runtime"))} }`;

/**
 * Writes files under a folder.
 *
 * @param {string} folder
 * @param {Record<string, string>} files
 */
export function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** An empty folder outside the repository. */
export const emptyFolder = () => mkdtempSync(join(tmpdir(), "kernel-"));

/**
 * A crate in an empty folder.
 *
 * @param {string} source its `src/lib.rs`
 * @param {object} [options]
 * @param {string} [options.name]
 * @param {string} [options.dependencies]
 * @param {string} [options.more] end of its `Cargo.toml`
 */
export function makeCrate(source, { name = "adder", dependencies = RUNTIME, more = "" } = {}) {
  const folder = emptyFolder();
  write(folder, {
    "Cargo.toml": `[package]\nname = "${name}"\nversion = "0.3.0"\nedition = "2024"\n\n[dependencies]\n${dependencies}\n${more}`,
    "src/lib.rs": source,
  });
  if (dependencies.startsWith(RUNTIME)) {
    // The versions that everything else here was built with.
    cpSync(join(ROOT, "Cargo.lock"), join(folder, "Cargo.lock"));
  }
  return folder;
}

/**
 * Runs `cargo kernel`.
 *
 * @param {string[]} args
 * @param {string} cwd
 */
export function cargoKernel(args, cwd) {
  need(CARGO_KERNEL, "cargo build --release -p cargo-kernel");
  const { status, stdout, stderr } = spawnSync(CARGO_KERNEL, ["kernel", ...args], { cwd, env: ENV, encoding: "utf8" });
  return { status, text: stdout + stderr };
}

/** Runs `cargo kernel build` and asserts that it works. */
export function build(args, cwd) {
  const { status, text } = cargoKernel(["build", ...args], cwd);
  assert.equal(status, 0, text);
  return text;
}

/**
 * Runs `cargo kernel build` and asserts that it is refused, in one error that says `texts`.
 *
 * @param {string[]} args
 * @param {string} cwd
 * @param {(string | RegExp)[]} texts
 * @param {number} [code]
 */
export function assertNotBuilt(args, cwd, texts, code = 1) {
  const { status, text } = cargoKernel(["build", ...args], cwd);
  assert.equal(status, code, text);
  for (const wanted of texts) {
    const found = typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);
    assert.ok(found, `expected ${wanted} in:\n${text}`);
  }
  assert.doesNotMatch(text, /panicked at|RUST_BACKTRACE/);
  return text;
}
