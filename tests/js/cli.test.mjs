// `cargo kernel build` in a crate outside the repository, and every wrong use of it.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { ENV, RUNTIME, assertNotBuilt, build, cargoKernel, emptyFolder, makeCrate, write } from "./support/crates.mjs";
import { COUNTERS, KERNELS } from "./support/counters.mjs";
import { importInstalled } from "./support/installed.mjs";
import { CARGO_KERNEL, ROOT, filesUnder, hashOf } from "./support/paths.mjs";
import { assertNoPlaces } from "./support/places.mjs";

const ADD = `//! A crate with one kernel.
use kernel_runtime::prelude::*;

/// The sum of two integers.
#[kernel]
pub fn add(x: i32, y: i32) -> i32 {
    x.wrapping_add(y)
}
`;

const WASM_DIS = join(ROOT, "tests/node_modules/.bin/wasm-dis");

/** A crate whose macro makes a kernel, the same text each time, in the module `$name`. */
const made = (parameters, attribute, ...calls) => `macro_rules! made {
    (${parameters}) => {
        pub mod $name {
            use kernel_runtime::prelude::*;

            ${attribute}
            pub fn add(x: i32, y: i32) -> i32 {
                x.wrapping_add(y)
            }
        }
    };
}

${calls.map((call) => `made!(${call});\n`).join("")}`;

/** What a fixture has beside its crate, removed at the end. */
const folders = [];
const crate = (...args) => {
  const folder = makeCrate(...args);
  folders.push(folder);
  return folder;
};
const empty = () => {
  const folder = emptyFolder();
  folders.push(folder);
  return folder;
};
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

describe("refused before anything is built", () => {
  test("an unknown flag", () => {
    assertNotBuilt(["--treads"], empty(), ["--treads", "--threads"], 2);
  });

  test("an unknown command", () => {
    const { status, text } = cargoKernel(["biuld"], empty());
    assert.equal(status, 2, text);
    assert.match(text, /biuld/);
  });

  test("`--quiet` and `--verbose` at once", () => {
    assertNotBuilt(["-q", "-v"], empty(), ["--quiet", "--verbose"], 2);
  });

  test("a folder that is no package", () => {
    assertNotBuilt([], empty(), ["Cargo.toml", "--manifest-path"]);
  });

  test("a manifest that does not exist", () => {
    assertNotBuilt(["--manifest-path", "nowhere/Cargo.toml"], empty(), ["nowhere/Cargo.toml", "no such file"]);
  });

  test("a manifest that Cargo can't read", () => {
    const folder = empty();
    write(folder, { "Cargo.toml": "[package\nname = 1\n" });
    assertNotBuilt([], folder, ["Cargo.toml"]);
  });

  test("a workspace, with no package named", () => {
    assertNotBuilt([], ROOT, ["workspace", "`-p`", "`kernels`"]);
  });

  test("a package that the workspace does not have", () => {
    assertNotBuilt(["-p", "kernals"], ROOT, ["`-p kernals`", "`kernels`"]);
  });

  test("a package without kernel-runtime", () => {
    assertNotBuilt([], crate("", { dependencies: "" }), ["`adder`", "kernel-runtime", "cargo add"]);
  });

  test("a package of programs alone", () => {
    const folder = crate(ADD);
    rmSync(join(folder, "src/lib.rs"));
    write(folder, { "src/main.rs": "fn main() {}\n" });
    assertNotBuilt([], folder, ["`adder`", "librar"]);
  });

  test("another version of kernel-runtime", () => {
    const folder = crate("", { dependencies: 'kernel-runtime = { path = "runtime" }' });
    write(folder, {
      "runtime/Cargo.toml": '[package]\nname = "kernel-runtime"\nversion = "9.8.7"\nedition = "2024"\n',
      "runtime/src/lib.rs": "",
    });
    assertNotBuilt([], folder, ["kernel-runtime 9.8.7", "cargo install cargo-kernel --version 9.8.7"]);
  });

  test("settings that can't be read", () => {
    const more = "[package.metadata.kernel]\ntreads = true\n";
    assertNotBuilt([], crate(ADD, { more }), ["package.metadata.kernel", "treads"]);
  });

  for (const [flag, value, ...texts] of [
    ["--max-memory", "lots", "`--max-memory lots`", "512MiB"],
    ["--max-memory", "5GiB", "`--max-memory 5GiB`", "4 GiB"],
    ["--max-memory", "1KiB", "`--max-memory 1KiB`", "2 MiB"],
    ["--max-memory", "1parsec", "parsec"],
    ["--name", "Bad Name", "`Bad Name`", "--name"],
    ["--name", "@scope", "`@scope`", "--name"],
    ["--features", "missing", "missing"],
  ]) {
    test(`\`${flag} ${value}\``, () => {
      assertNotBuilt([flag, value], crate(ADD), texts);
    });
  }
});

describe("a crate outside the repository", () => {
  let folder;
  let out;
  let good;
  before(() => {
    folder = crate(ADD);
    out = join(folder, "pkg");
    build(["--out-dir", out], folder);
    good = hashOf(out);
  });

  /** Asserts that the last good package is in place, every byte of it, with nothing beside it. */
  function assertUntouched() {
    assert.equal(hashOf(out), good);
    assert.deepEqual(readdirSync(folder).sort(), ["Cargo.lock", "Cargo.toml", "pkg", "src"]);
  }

  test("its package runs", async () => {
    const { load } = await importInstalled(out);
    const k = await load();
    assert.equal(k.add(2, 3), 5);
    assert.deepEqual({ ...k.threads }, {
      active: 1,
      reason: "the package was built without threads",
      fix: "build it with `cargo kernel build --threads`",
    });
    k.dispose();
  });

  test("its package.json has the crate's name and version", () => {
    const { name, version, type } = JSON.parse(readFileSync(join(out, "package.json"), "utf8"));
    assert.deepEqual({ name, version, type }, { name: "adder", version: "0.3.0", type: "module" });
  });

  test("building again writes nothing", () => {
    const times = () => filesUnder(out).map((file) => [file, statSync(join(out, file)).mtimeMs]);
    const before = times();
    build(["--out-dir", out], folder);
    assert.deepEqual(times(), before);
  });

  test("no file holds a path of the building machine", () => assertNoPlaces(out, [folder]));

  test("a type error leaves the last good package in place", () => {
    write(folder, { "src/lib.rs": ADD.replace("x.wrapping_add(y)", "x.wrapping_add(y.nothing())") });
    assertNotBuilt(["--out-dir", out], folder, ["does not compile", "nothing", "last good package"]);
    assertUntouched();
  });

  test("both variants say a warning once", () => {
    write(folder, { "src/lib.rs": ADD.replace("x.wrapping_add(y)", "let unused = x;\n    x.wrapping_add(y)") });
    const text = build(["--threads", "--out-dir", join(empty(), "pkg")], folder);
    assert.equal(text.split("unused variable: `unused`").length, 2, text);
    assert.doesNotMatch(text, /Blocking/);
    assertUntouched();
  });

  test("a type error of one variant names the variant", () => {
    const mistaken = '#[cfg(target_feature = "atomics")]\n    x.nothing();\n    x.wrapping_add(y)';
    write(folder, { "src/lib.rs": ADD.replace("x.wrapping_add(y)", mistaken) });
    const expected = ["the threaded variant of `adder` does not compile", "no method named `nothing`", "could not compile"];
    assertNotBuilt(["--threads", "--out-dir", out], folder, expected);
    assertUntouched();
  });

  test("a mistake in a signature leaves the last good package in place", () => {
    write(folder, { "src/lib.rs": ADD.replace("#[kernel]", "#[kernel((n), () -> ())]") });
    assertNotBuilt(["--out-dir", out], folder, ["does not compile", "src/lib.rs"]);
    assertUntouched();
  });

  test("a crate with no kernel in it", () => {
    write(folder, { "src/lib.rs": "pub use kernel_runtime::ndarray;\n" });
    assertNotBuilt(["--out-dir", out], folder, ["`adder`", "no kernel", "#[kernel]"]);
    assertUntouched();
  });

  test("two kernels with one JavaScript name", () => {
    const again = ADD.replace(/^\/\/!.*\n/, "");
    const twice = `${ADD}\n/// Another.\npub mod other {\n${again}}\n`;
    write(folder, { "src/lib.rs": twice });
    assertNotBuilt(["--out-dir", out], folder, ["two kernels", "`add`", "`adder::add`", "`adder::other::add`"]);
    assertUntouched();
  });

  test("two kernels with one JavaScript name, at one place of two files", () => {
    write(folder, { "src/lib.rs": "pub mod one;\npub mod two;\n", "src/one.rs": ADD, "src/two.rs": ADD });
    assertNotBuilt(["--out-dir", out], folder, ["two kernels", "`adder::one::add`", "`adder::two::add`"]);
    assertUntouched();
  });

  test("two kernels with one JavaScript name, out of one macro", () => {
    write(folder, { "src/lib.rs": made("$name:ident", "#[kernel]", "one", "two") });
    assertNotBuilt(["--out-dir", out], folder, ["two kernels", "`adder::one::add`", "`adder::two::add`"]);
    assertUntouched();
  });

  test("two kernels out of one macro, each with a name of its own", async () => {
    const attribute = "#[kernel((), () -> (), name = $js)]";
    write(folder, { "src/lib.rs": made("$name:ident, $js:literal", attribute, 'one, "first"', 'two, "second"') });
    build(["--out-dir", out], folder);
    const { load } = await importInstalled(out);
    const k = await load();
    assert.deepEqual([k.first(2, 3), k.second(4, 5), k.add], [5, 9, undefined]);
    k.dispose();
    write(folder, { "src/lib.rs": ADD });
    build(["--out-dir", out], folder);
    assertUntouched();
  });

  test("a build that is killed, then another", async () => {
    for (const [round, wait] of [200, 1000, 2500].entries()) {
      write(folder, { "src/lib.rs": ADD.replace("x.wrapping_add(y)", `x.wrapping_add(y) ^ ${round + 1}`) });
      const child = spawn(CARGO_KERNEL, ["kernel", "build", "--out-dir", out], { cwd: folder, env: ENV, stdio: "ignore", detached: true });
      const exited = once(child, "exit");
      await setTimeout(wait);
      // The whole group, as a terminal does it.
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // It was quicker than that.
      }
      await exited;
    }
    write(folder, { "src/lib.rs": ADD });
    build(["--out-dir", out], folder);
    assertUntouched();
  });

  test("a kernel that is renamed is gone from the package", async () => {
    write(folder, { "src/lib.rs": ADD.replace("pub fn add", "pub fn total") });
    build(["--out-dir", out, "--name", "@scope/renamed"], folder);
    assert.equal(JSON.parse(readFileSync(join(out, "package.json"), "utf8")).name, "@scope/renamed");
    const { load } = await importInstalled(out);
    const k = await load();
    assert.equal(k.total(2, 3), 5);
    assert.equal(k.add, undefined);
    k.dispose();
    write(folder, { "src/lib.rs": ADD });
    build(["--out-dir", out], folder);
    assertUntouched();
  });

  test("an output folder that can't be written", async () => {
    const closed = empty();
    await withMount(closed, "ro", () => {
      assertNotBuilt(["--out-dir", join(closed, "pkg")], folder, [closed, /[Rr]ead-only/]);
    });
    const file = join(empty(), "file");
    writeFileSync(file, "");
    assertNotBuilt(["--out-dir", join(file, "pkg")], folder, [file]);
    assertUntouched();
  });

  test("a disk that is full", async () => {
    const small = empty();
    await withMount(small, "size=4k", () => {
      assertNotBuilt(["--out-dir", join(small, "pkg")], folder, [small, /[Nn]o space|full|too large/]);
      assert.ok(!existsSync(join(small, "pkg", "package.json")), "half a package is left");
    });
    // A package that was there, on a disk with no room for another.
    await withMount(small, "size=200k", () => {
      build(["--out-dir", join(small, "pkg")], folder);
      const before = hashOf(join(small, "pkg"));
      const rest = spawnSync("dd", ["if=/dev/zero", `of=${join(small, "rest")}`, "bs=1k"]);
      assert.notEqual(rest.status, 0, "the disk is not full");
      write(folder, { "src/lib.rs": ADD.replace("x.wrapping_add(y)", "x.wrapping_sub(y)") });
      assertNotBuilt(["--out-dir", join(small, "pkg")], folder, [small, /[Nn]o space|full/]);
      assert.equal(hashOf(join(small, "pkg")), before);
      write(folder, { "src/lib.rs": ADD });
    });
    assertUntouched();
  });

  test("records of another manifest format are refused with both versions and the command", () => {
    const record = '#[used]\n#[cfg_attr(target_family = "wasm", unsafe(link_section = "kernel_manifest"))]\npub static RECORD: [u8; 14] = *b"KRNL\\x63\\0\\0\\0\\0\\0\\0\\0\\0\\0";\n';
    write(folder, { "src/lib.rs": `${ADD}\n/// Of the future.\n${record}` });
    assertNotBuilt(["--out-dir", out], folder, ["manifest format 99", "format 4", "cargo install cargo-kernel --version"]);
    assertUntouched();
  });
});

describe("structs of a dependency", () => {
  let folder;
  before(() => {
    folder = crate("", { dependencies: `${RUNTIME}\ncounters = { path = "counters" }` });
    const manifest = `[package]\nname = "counters"\nversion = "0.1.0"\nedition = "2024"\n\n[dependencies]\n${RUNTIME}\n`;
    write(folder, { "counters/Cargo.toml": manifest, "counters/src/lib.rs": COUNTERS });
  });

  /** The package of a source, and its module. */
  async function loaded(source) {
    write(folder, { "src/lib.rs": source });
    build([], folder);
    const kernels = await importInstalled(join(folder, "pkg"));
    return [await kernels.load(), kernels];
  }

  test("that is exported: kernels of both crates take them", async () => {
    const [k, { KernelAliasError, KernelTypeError }] = await loaded(`kernel_runtime::export!(counters);\n${KERNELS}`);
    const [a, b] = [new k.Counter(3), k.counter(4)];
    assert.ok(b instanceof k.Counter);
    assert.deepEqual([k.peek(a), b.read()], [3, 4]);
    const c = k.advance(a, b);
    assert.ok(c instanceof k.Counter && c !== a);
    assert.deepEqual([a.read(), b.read(), k.peek(c)], [7, 4, 7]);
    assert.throws(() => k.advance(a, a), KernelAliasError);
    const meter = new k.Meter(9);
    const message = "`peek`: argument `counter` must be a Counter, got a Meter";
    assert.throws(() => k.peek(meter), (error) => error instanceof KernelTypeError && error.message.includes(message));
    assert.throws(() => k.Counter.prototype.read.call(meter), KernelTypeError);
    [a, b, c, meter].forEach((handle) => handle.free());
    assert.equal(k.memory.handles, 0);
    k.dispose();
  });

  test("that is not exported: those are there that a kernel names, without members", async () => {
    const [k, { KernelTypeError }] = await loaded(KERNELS);
    const made = k.counter(5);
    assert.ok(made instanceof k.Counter);
    assert.deepEqual([k.peek(made), made.read, k.Meter], [5, undefined, undefined]);
    assert.throws(() => new k.Counter(5), (error) => error instanceof KernelTypeError && error.message.includes("has no constructor"));
    made.free();
    k.dispose();
  });
});

describe("what a build is told", () => {
  const DOUBLE = `//! A crate whose kernel vectorizes.
use kernel_runtime::prelude::*;

/// Twice every element.
#[kernel((n) -> (n))]
pub fn double(x: ArrayView1<f32>) -> Array1<f32> {
    x.mapv(|value| 2.0 * value)
}

/// Only with a feature.
#[cfg(feature = "more")]
#[kernel]
pub fn more() -> u32 {
    1
}
`;
  /** Whether the sequential wasm has an instruction like this. */
  const has = (instruction, out) => {
    const { status, stdout, stderr } = spawnSync(WASM_DIS, ["-all", join(out, "sequential.wasm")], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    assert.equal(status, 0, stderr);
    return instruction.test(stdout);
  };

  test("in Cargo.toml", async () => {
    const settings = ["threads = true", 'max-memory = "32MiB"', 'name = "@me/double"', 'out-dir = "dist"', 'features = ["more"]'];
    const more = `\n[features]\nmore = []\n\n[package.metadata.kernel]\n${settings.join("\n")}\n`;
    const folder = crate(DOUBLE, { more });
    build([], folder);
    const out = join(folder, "dist");
    assert.ok(has(/f32x4\./, out));
    const { load, KernelMemoryError } = await importInstalled(out);
    const k = await load({ threads: 2 });
    assert.deepEqual({ ...k.threads }, { active: 2, reason: null });
    assert.equal(k.array([1]).data.buffer.byteLength, 32 << 20);
    assert.throws(() => k.array(new Uint8Array(32 << 20)), KernelMemoryError);
    assert.deepEqual(k.double(Float32Array.of(1, 2)).toArray(), [2, 4]);
    assert.equal(k.more(), 1);
    k.dispose();
    // A flag is stronger.
    build(["--name", "other", "--out-dir", "elsewhere"], folder);
    assert.equal(JSON.parse(readFileSync(join(folder, "elsewhere/package.json"), "utf8")).name, "other");
  });

  test("`--no-simd`", async () => {
    const folder = crate(DOUBLE, { more: "\n[features]\nmore = []\n" });
    build(["--no-simd"], folder);
    assert.ok(!has(/v128|\dx\d+\./, join(folder, "pkg")));
    const { load } = await importInstalled(join(folder, "pkg"));
    const k = await load();
    assert.deepEqual(k.double(Float32Array.of(1, 2)).toArray(), [2, 4]);
    k.dispose();
  });
});

/** Runs `body` while a small file system lies over a folder. */
async function withMount(folder, options, body) {
  const { status, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder], { encoding: "utf8" });
  assert.equal(status, 0, `a small file system can't be mounted: ${stderr} (run the tests as root)`);
  try {
    await body();
  } finally {
    spawnSync("umount", [folder]);
  }
}
