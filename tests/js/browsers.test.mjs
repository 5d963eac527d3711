// The installed package in Chromium and Firefox: as plain files, from another origin, and through Vite.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { BROWSERS } from "./support/browsers.mjs";
import { installed } from "./support/installed.mjs";
import { readBytes, readCases } from "./support/numpy.mjs";
import { CDN, ISOLATED, serve } from "./support/server.mjs";

const { project, name: packageName, folder } = installed();
const pages = fileURLToPath(new URL("pages", import.meta.url));
const MIB = 1 << 20;

/** What `work` answers whatever the number of threads. */
const RIGHT = {
  main: true,
  sumIsRight: true,
  squaresAreRight: true,
  counted: 2000,
  countedWithReaders: 500,
  pingPong: 100,
  waited: 7,
  nested: String(32 * 499_500),
};

const servers = {};

before(async () => {
  const mounts = { "/": pages, "/package/": folder, "/vite/": await buildWithVite() };
  servers.isolated = await serve({ mounts, headers: ISOLATED });
  servers.plain = await serve({ mounts });
  servers.cdn = await serve({ mounts: { "/": folder }, headers: CDN });
  servers.untyped = await serve({ mounts, headers: ISOLATED, types: { ".wasm": "application/octet-stream" } });
});
after(() => Promise.all(Object.values(servers).map((server) => server.close())));

for (const [name, launch] of Object.entries(BROWSERS)) {
  describe(name, () => {
    let browser;
    before(async () => {
      browser = await launch();
    });
    after(() => browser?.close());

    /** Opens a page, runs a scenario, and asserts that the page had nothing to complain of. */
    async function scenario(url, name, ...args) {
      const page = await browser.open(url);
      try {
        await page.page.waitForFunction("globalThis.run", { timeout: 20_000 });
        const answer = await page.run(name, ...args);
        assert.deepEqual(page.complaints, []);
        return answer;
      } catch (error) {
        error.message += page.complaints.length ? `\nthe page said: ${page.complaints.join("\n")}` : "";
        throw error;
      } finally {
        await page.close();
      }
    }

    const page = (server, from = "/package/index.js") => `${server.origin}/page.html?package=${encodeURIComponent(from)}`;

    function assertThreaded({ isolated, cores, threads, poolSize, seen, ...rest }) {
      assert.equal(isolated, true);
      assert.ok(cores > 1, "this machine has one core");
      assert.deepEqual(threads, { active: cores, reason: null });
      assert.equal(poolSize, cores);
      assert.equal(seen, cores);
      assert.deepEqual(rest, RIGHT);
    }

    function assertSequential({ isolated, cores, threads, poolSize, seen, ...rest }) {
      assert.equal(isolated, false);
      assert.equal(threads.active, 1);
      assert.match(threads.reason, /not cross-origin isolated/);
      assert.match(threads.fix, /Cross-Origin-Opener-Policy: same-origin.*Cross-Origin-Embedder-Policy: require-corp/);
      assert.equal(poolSize, 1);
      assert.equal(seen, 1);
      assert.deepEqual(rest, RIGHT);
    }

    test("an isolated page has threads, on its main thread", async () => {
      assertThreaded(await scenario(page(servers.isolated), "work"));
    });

    test("a page that is not isolated runs sequentially, says why, and how to mend it", async () => {
      assertSequential(await scenario(page(servers.plain), "work"));
      assert.ok(!servers.plain.requested.some((path) => path.endsWith("threaded.wasm")), "it loads what it can't use");
    });

    test("the package comes from another origin, with threads", async () => {
      assertThreaded(await scenario(page(servers.isolated, `${servers.cdn.origin}/index.js`), "work"));
    });

    test("the package comes from another origin, without isolation", async () => {
      assertSequential(await scenario(page(servers.plain, `${servers.cdn.origin}/index.js`), "work"));
    });

    test("a server that does not know wasm's type will do", async () => {
      assertThreaded(await scenario(page(servers.untyped), "work"));
    });

    test("through Vite, with threads", async () => {
      assertThreaded(await scenario(`${servers.isolated.origin}/vite/`, "work"));
    });

    test("through Vite, without isolation", async () => {
      assertSequential(await scenario(`${servers.plain.origin}/vite/`, "work"));
    });

    test("`load({ threads: 4 })` has four whatever the page's cores", async () => {
      const { threads, poolSize, sumIsRight } = await scenario(page(servers.isolated), "work", { threads: 4 });
      assert.deepEqual({ threads, poolSize, sumIsRight }, { threads: { active: 4, reason: null }, poolSize: 4, sumIsRight: true });
    });

    test("panics in a parallel kernel, each with its message, the next call right", async () => {
      const { messages, rightAfterwards, threads } = await scenario(page(servers.isolated), "panics", 25);
      assert.ok(threads.active > 1);
      messages.forEach((message, i) => assert.ok(message.includes(`number ${7 * i} of 1000`), message));
      assert.equal(rightAfterwards, 25);
    });

    test("a worker that traps is an error on the main thread", async () => {
      const { first, second, data } = await scenario(page(servers.isolated), "traps");
      assert.match(first, /^`poolOverflows` trapped: (Maximum call stack|too much recursion).*call `load\(\)` again$/);
      assert.equal(second, first);
      assert.deepEqual(data, [1, 2, 3]);
    });

    test("views go into kernels, pixels onto a canvas, and half floats are kept", async () => {
      const { texts, ...rest } = await scenario(page(servers.isolated), "arrays", [...readBytes("texts-float16.npz")]);
      assert.deepEqual(rest, {
        view: [[2, 5], [1, 4], [0, 3]],
        pixels: [3, 2, 200],
        half: ["float16", "[ 1.00e-01 -2.00e+00  6.55e+04]", [0.0999755859375, -2, 65504]],
        filled: "[0.5 0.5 0.5]",
        nested: [[1.5, 2.5]],
        memory: { arrays: 0, bytes: 0, handles: 0 },
      });
      assert.deepEqual(texts, readCases("texts-float16.json"));
    });

    test("a package can be loaded twice in one page", async () => {
      const { expected, before, after, refused, threads } = await scenario(page(servers.isolated), "twice");
      assert.deepEqual(before, [expected, expected]);
      assert.equal(after, expected);
      assert.match(refused, /another `load\(\)`/);
      assert.ok(threads.every(({ active }) => active > 1));
    });

    test("threads allocate at once, in the default memory and in one that grows", async () => {
      const still = await scenario(page(servers.isolated), "churn", 10);
      assert.deepEqual({ wrong: still.wrong, threads: still.threads }, { wrong: [], threads: { active: 2, reason: null } });
      const growing = await scenario(page(servers.isolated), "churn", 40, { initial: 4 * MIB, maximum: 256 * MIB });
      assert.deepEqual(growing.wrong, []);
      assert.ok(growing.bytes > 8 * MIB && growing.bytes < 64 * MIB, `${growing.bytes} bytes`);
    });
  });
}

/** Builds a page that uses the installed package, and returns where it lies. */
async function buildWithVite() {
  const root = join(project, "vite");
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  cpSync(join(pages, "scenarios.js"), join(root, "scenarios.js"));
  writeFileSync(
    join(root, "main.js"),
    `import * as kernels from ${JSON.stringify(packageName)};\nimport { expose } from "./scenarios.js";\nexpose(async () => kernels);\n`,
  );
  writeFileSync(
    join(root, "index.html"),
    '<!doctype html>\n<title>vite</title>\n<link rel="icon" href="data:,">\n<script type="module" src="./main.js"></script>\n',
  );
  const warnings = [];
  await build({
    root,
    base: "./",
    configFile: false,
    customLogger: {
      hasWarned: false,
      info() {},
      warn: (message) => warnings.push(message),
      warnOnce: (message) => warnings.push(message),
      error: (message) => warnings.push(message),
      clearScreen() {},
      hasErrorLogged: () => false,
    },
  });
  assert.deepEqual(warnings, [], "Vite warns about the package");
  return join(root, "dist");
}
