// The package as a thing: what is in it, what its users' tools say of it, and what it weighs.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { publint } from "publint";
import { measure } from "./size.mjs";
import { installed } from "./support/installed.mjs";
import { KERNELS_PKG, ONE_KERNEL_PKG, TESTS, filesUnder, need } from "./support/paths.mjs";
import { assertNoPlaces } from "./support/places.mjs";

need(ONE_KERNEL_PKG, `cargo kernel build -p one-kernel --out-dir ${ONE_KERNEL_PKG}`);
const { project, name, folder } = installed();

for (const built of [KERNELS_PKG, ONE_KERNEL_PKG]) {
  test(`${built} pleases publint`, async () => {
    const { messages } = await publint({ pkgDir: built, strict: true });
    assert.deepEqual(messages, []);
  });

  test(`${built} pleases attw`, () => {
    const attw = join(TESTS, "node_modules/.bin/attw");
    const { status, stdout, stderr } = spawnSync(attw, ["--pack", built, "--profile", "esm-only", "--no-color"], { encoding: "utf8" });
    assert.equal(status, 0, stdout + stderr);
  });

  test(`${built} is packed whole`, () => {
    const listed = execFileSync("npm", ["pack", "--dry-run", "--json", built], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const packed = JSON.parse(listed)[0].files.map(({ path }) => path);
    assert.deepEqual(packed.sort(), filesUnder(built));
  });

  test(`${built} holds no path of the building machine`, () => assertNoPlaces(built));
}

test("the installed files are those that were built", () => {
  assert.deepEqual(filesUnder(folder), filesUnder(KERNELS_PKG));
});

test("a program in CommonJS may `require` it", () => {
  const { load, KernelError } = createRequire(join(project, "program.cjs"))(name);
  assert.equal(typeof load, "function");
  assert.equal(typeof KernelError, "function");
});

test("nothing runs at import, and nothing is left out of the tree that a bundler shakes", () => {
  const { sideEffects, type, exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  assert.equal(sideEffects, false);
  assert.equal(type, "module");
  assert.equal(Object.keys(exports["."])[0], "types");
});

test("one scalar kernel costs a page at most 14 kB", async () => {
  const { gzip, parts } = await measure(ONE_KERNEL_PKG);
  assert.ok(gzip <= 14_000, `${gzip} bytes: ${JSON.stringify(parts)}`);
});
