// `examples/numpy` beside NumPy, TensorFlow.js's wasm backend and numpy-ts: medians of rounds, every contender once a round.
// The packages run in pages of Chromium, one page for each number of threads, NumPy in a process of its own.
//
// node examples/peers/peers.mjs [--rounds N] [--case TEXT]

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { argv, env, exit } from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { BROWSERS } from "../../tests/js/support/browsers.mjs";
import { ISOLATED, serve } from "../../tests/js/support/server.mjs";
import { printTable } from "../measure.mjs";
import { median } from "../median.js";
import { arity, CASES, LEAST_CALLS, LEAST_MS } from "./cases.js";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const option = (/** @type {string} */ name) => {
  const at = argv.indexOf(name);
  return at > 0 ? argv[at + 1] : undefined;
};
const rounds = Number(option("--rounds") ?? 5);
const cases = CASES.filter(({ name }) => name.includes(option("--case") ?? ""));
if (!cases.length || !(rounds > 0)) {
  console.error(`no case is called so, or no number of rounds: the cases are ${CASES.map(({ name }) => `\`${name}\``).join(", ")}`);
  exit(2);
}

/** What ours may take, in times of a peer's (the aim, not a limit of a test). */
const AIM = 1.15;

const numpy = await startNumpy();
const server = await serve({ mounts: { "/": here("..") }, headers: ISOLATED });
const browser = await BROWSERS.chromium();
const pages = [];
for (const threads of [1, 2]) {
  const page = await browser.open(`${server.origin}/peers/page.html?threads=${threads}`);
  await page.page.waitForFunction(() => document.title === "ready");
  pages.push(page);
}
const versionOf = (/** @type {string} */ name) =>
  JSON.parse(readFileSync(here(`node_modules/${name}/package.json`), "utf8")).version;
console.log(
  `NumPy ${numpy.version}, TensorFlow.js ${versionOf("@tensorflow/tfjs-backend-wasm")} (wasm), numpy-ts ${versionOf("numpy-ts")}, ` +
    `Chromium; medians of ${rounds} rounds in ms\n`,
);

/** @type {string[][]} */
const rows = [];
for (const wanted of cases) {
  console.error(`  ${wanted.name} ...`);
  /** @type {Record<string, () => Promise<{ ms: number, checksum: number }>>} */
  const contenders = {
    "ours 1": () => pages[0].run("ours", wanted),
    "ours 2": () => pages[1].run("ours", wanted),
  };
  for (const peer of wanted.peers) {
    if (peer === "NumPy") contenders["NumPy 1"] = () => numpy.run(wanted);
    else contenders[`${peer} 1`] = () => pages[0].run(peer, wanted);
    // The others have one thread.
    if (peer === "TensorFlow.js") contenders[`${peer} 2`] = () => pages[1].run(peer, wanted);
  }
  const names = Object.keys(contenders);
  const times = Object.fromEntries(names.map((name) => [name, /** @type {number[]} */ ([])]));
  /** @type {number | undefined} */
  let expected;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const { ms, checksum } = await contenders[name]();
      times[name].push(ms);
      expected ??= checksum;
      if (!(Math.abs(checksum - expected) <= tolerance(wanted))) {
        throw new Error(`${wanted.name}: ${name} gives ${checksum}, ${names[0]} ${expected}`);
      }
    }
  }
  for (const peer of wanted.peers) {
    for (const threads of [1, 2]) {
      const own = `ours ${threads}`;
      const [theirs, count] = `${peer} ${threads}` in times ? [`${peer} ${threads}`, `${threads}`] : [`${peer} 1`, `${threads}, 1`];
      const ratio = median(times[own].map((ms, round) => ms / times[theirs][round]));
      const cells = [median(times[own]), median(times[theirs]), ratio].map((value) => value.toFixed(2));
      rows.push([wanted.name, peer, count, ...cells, ratio <= AIM ? "" : `above ${AIM}`]);
    }
  }
}
printTable(["case", "peer", "threads", "ours", "peer", "ours/peer", ""], rows);
await browser.close();
await server.close();
numpy.stop();

/**
 * How far two sums of the same results may be apart: the elements are at most 0.5, and float32 has 24 bits.
 *
 * @param {import("./cases.js").Case} wanted
 */
function tolerance({ op, shape }) {
  const size = shape.reduce((size, n) => size * n, 1);
  return op === "less" ? 0 : op === "matmul" ? 1e-6 * size * shape[0] ** 0.5 : 1e-6 * size;
}

/** NumPy, waiting for cases. */
async function startNumpy() {
  const python = env.NUMPY_PYTHON ?? here("../../target/venv/bin/python");
  const child = spawn(python, [here("numpy_peer.py")], { stdio: ["pipe", "pipe", "inherit"] });
  child.on("error", (error) => {
    console.error(`NumPy can't be run (${error.message}): set NUMPY_PYTHON, or \`cargo xtask bench --peers\` installs it`);
    exit(1);
  });
  const lines = createInterface(child.stdout);
  const answer = async () => JSON.parse((await once(lines, "line"))[0]);
  const { version } = await answer();
  return {
    version,
    /** @param {import("./cases.js").Case} wanted */
    run(wanted) {
      const request = { case: { ...wanted, arity: arity(wanted.op) }, leastMs: LEAST_MS, leastCalls: LEAST_CALLS };
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return answer();
    },
    stop: () => child.stdin.end(),
  };
}
