// The three situations of a machine, each with the other two hidden: components to add, Debian's packages, everything there.
// And the half of one: a compiled std and no source, so that a panic aborts.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { makeCrate } from "./support/crates.mjs";
import { CARGO_KERNEL, SCRATCH, need } from "./support/paths.mjs";

const SOURCE = `use kernel_runtime::prelude::*;
#[kernel]
pub fn half(x: u32) -> u32 {
    assert!(x % 2 == 0, "{x} is odd");
    x / 2
}
`;

/** A small program that runs in a process of its own: the package is built over and over at one place. */
const PROGRAM = `
const { load, KernelPanic } = await import(process.argv[1]);
const k = await load();
let message;
try { k.half(3); } catch (error) { if (error instanceof KernelPanic) message = error.message; }
console.log(JSON.stringify({ half: k.half(8), active: k.threads.active, message }));
`;

/** The sysroot of the toolchain that runs these tests, which rustup must have made. */
const sysroot = execFileSync("rustc", ["--print", "sysroot"], { encoding: "utf8" }).trim();
const toolchain = basename(sysroot);
const rustupHome = dirname(dirname(sysroot));

/** A rustup of its own, with hard links to the toolchain's files; what rustup writes in place is copied. */
function copyRustup() {
  const home = mkdtempSync(join(dirname(rustupHome), ".rustup-test-"));
  mkdirSync(join(home, "toolchains"));
  execFileSync("cp", ["-al", sysroot, join(home, "toolchains")]);
  const records = join(home, "toolchains", toolchain, "lib/rustlib");
  for (const entry of readdirSync(records, { withFileTypes: true })) {
    if (entry.isFile()) {
      rmSync(join(records, entry.name));
      copyFileSync(join(sysroot, "lib/rustlib", entry.name), join(records, entry.name));
    }
  }
  execFileSync("cp", [join(rustupHome, "settings.toml"), home]);
  return home;
}

/** What a rustup of these compiles serves no other: its folder's name is part of it. */
const TARGET = join(SCRATCH, "doctor");
after(() => rmSync(TARGET, { recursive: true, force: true }));

function environment(more) {
  const env = { ...process.env, NO_COLOR: "1", CARGO_TARGET_DIR: TARGET, CARGO_PROFILE_DEV_DEBUG: "0", ...more };
  // `cargo run` points the last at its own toolchain, and a rustc finds its sysroot by the library that it loads.
  for (const name of ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH"]) delete env[name];
  return { ...env, RUSTUP_TOOLCHAIN: toolchain };
}

function run(program, args, env, cwd = tmpdir()) {
  const { status, stdout, stderr } = spawnSync(program, args, { env, cwd, encoding: "utf8" });
  return { status, text: stdout + stderr };
}

function kernel(args, env, cwd) {
  need(CARGO_KERNEL, "cargo build --release -p cargo-kernel");
  return run(CARGO_KERNEL, ["kernel", ...args], env, cwd);
}

function removeSource(env) {
  const { status, text } = run("rustup", ["component", "remove", "rust-src"], env);
  assert.equal(status, 0, text);
}

/** A rustup of its own without the source of std, and the environment that has it. */
function rustupWithoutSource(settings) {
  const home = copyRustup();
  const env = environment({ RUSTUP_HOME: home, ...settings });
  removeSource(env);
  return { home, env };
}

/** Builds without optimization, which makes std in half the time, and runs the package in Node. */
function buildAndRun(folder, flags, env) {
  const built = kernel(["build", "--dev", ...flags], env, folder);
  assert.equal(built.status, 0, built.text);
  const entry = pathToFileURL(join(folder, "pkg/node.js")).href;
  const { status, text } = run(process.execPath, ["--input-type=module", "-e", PROGRAM, entry], process.env);
  assert.equal(status, 0, text);
  return { ...JSON.parse(text), built: built.text };
}

describe("a rustup with components to add", () => {
  let home;
  let env;
  let folder;
  before(() => {
    ({ home, env } = rustupWithoutSource({ CARGO_KERNEL_TOOLCHAIN: "current" }));
    folder = makeCrate(SOURCE, { name: "halver" });
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  test("doctor names the command, and changes nothing", () => {
    for (let i = 0; i < 2; i++) {
      const { status, text } = kernel(["doctor"], env);
      assert.equal(status, 1, text);
      assert.match(text, /no +source of std/);
      assert.match(text, /rustup component add rust-src/);
      assert.match(text, /the threaded variant can't be built/);
    }
  });

  test("a threaded build is refused and names doctor", () => {
    const { status, text } = kernel(["build", "--threads"], env, folder);
    assert.equal(status, 1, text);
    assert.match(text, /^error: .*std with atomics.*`cargo kernel doctor --fix`$/m);
  });

  test("with a compiled std alone, the sequential variant is built and says what is lost", () => {
    const added = run("rustup", ["target", "add", "wasm32-unknown-unknown"], env);
    assert.equal(added.status, 0, added.text);
    const { half, active, message, built } = buildAndRun(folder, [], env);
    assert.match(built, /warning: the source of std is missing, so a panic aborts/);
    assert.deepEqual([half, active], [4, 1]);
    assert.match(message, /3 is odd/);
  });

  test("`doctor --fix` adds them, and both variants are built", () => {
    const { status, text } = kernel(["doctor", "--fix"], env);
    assert.equal(status, 0, text);
    assert.match(text, /the threaded variant can be built/);
    const { half, active, message } = buildAndRun(folder, ["--threads"], env);
    assert.equal(half, 4);
    assert.ok(active > 1);
    assert.match(message, /`half` panicked at src\/lib\.rs:4:5: 3 is odd/);
  });
});

describe("a rustup that can't download, and Debian's packages", () => {
  let home;
  let env;
  before(() => {
    // Port 9 is "discard": nothing listens there.
    ({ home, env } = rustupWithoutSource({ RUSTUP_DIST_SERVER: "http://127.0.0.1:9" }));
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  test("`doctor --fix` installs them, and both variants are built", () => {
    const { status, text } = kernel(["doctor", "--fix"], env);
    assert.equal(status, 0, text);
    assert.match(text, /Debian's packages/);
    const folder = makeCrate(SOURCE, { name: "halver" });
    const { half, active, message } = buildAndRun(folder, ["--threads"], env);
    assert.equal(half, 4);
    assert.ok(active > 1);
    assert.match(message, /3 is odd/);
  });
});

describe("everything there", () => {
  test("doctor says so", () => {
    const { status, text } = kernel(["doctor"], environment({ CARGO_KERNEL_TOOLCHAIN: "current" }));
    assert.equal(status, 0, text);
    assert.match(text, /the sequential variant can be built\n/);
    assert.match(text, /the threaded variant can be built\n/);
  });

  test("a selection that does not exist is refused", () => {
    const { status, text } = kernel(["doctor"], environment({ CARGO_KERNEL_TOOLCHAIN: "best" }));
    assert.equal(status, 1, text);
    assert.match(text, /`CARGO_KERNEL_TOOLCHAIN=best`: expected `current` or `debian`/);
  });
});
