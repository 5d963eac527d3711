// Where things lie; each can be named by an environment variable.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
export const TESTS = join(ROOT, "tests");
export const SCRATCH = join(ROOT, "target/test");

/** The package that `cargo kernel build -p kernels --threads` made. */
export const KERNELS_PKG = resolve(process.env.KERNELS_PKG ?? join(SCRATCH, "kernels"));

/** The package that `cargo kernel build -p one-kernel` made. */
export const ONE_KERNEL_PKG = resolve(process.env.ONE_KERNEL_PKG ?? join(SCRATCH, "one-kernel"));

/** The command under test. */
export const CARGO_KERNEL = resolve(process.env.CARGO_KERNEL ?? join(ROOT, "target/release/cargo-kernel"));

/** Repetitions are sampled in a test and whole in a soak. */
export const SOAK = process.env.KERNEL_SOAK === "1";

/**
 * Refuses to go on without what an earlier stage makes.
 *
 * @param {string} path
 * @param {string} command what makes it
 */
export function need(path, command) {
  if (!existsSync(path)) {
    throw new Error(`${path} does not exist: run \`${command}\` first`);
  }
  return path;
}

/**
 * Every file under a folder, as relative paths, sorted.
 *
 * @param {string} folder
 */
export function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort();
}

/**
 * A short hash of all names and contents under a folder.
 *
 * @param {string} folder
 */
export function hashOf(folder) {
  const hash = createHash("sha256");
  for (const file of filesUnder(folder)) {
    hash.update(file).update("\0").update(readFileSync(join(folder, file)));
  }
  return hash.digest("hex").slice(0, 12);
}
