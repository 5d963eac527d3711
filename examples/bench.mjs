// Medians and ratios of the programs, from one run: five rounds, every way once a round, in turn.
//
// node examples/bench.mjs [--rounds N] [--threads N]

import { argv } from "node:process";
import { formatMs, loadPackages, measure, printTable, WAYS } from "./measure.mjs";
import { median } from "./median.js";

const option = (/** @type {string} */ name, /** @type {number} */ otherwise) => {
  const at = argv.indexOf(name);
  return at > 0 ? Number(argv[at + 1]) : otherwise;
};
const rounds = option("--rounds", 5);
const packages = await loadPackages(option("--threads", 2));
const { active, reason } = packages.futhark.threaded.threads;
console.log(`Node ${process.version}, ${active} threads${reason ? ` (${reason})` : ""}, medians of ${rounds} rounds in ms\n`);

/** @type {[string, number[], string, boolean?][]} */
const RUNS = [
  ["sum", [1_000_000], "sum 1M int32, resident"],
  ["sum", [1_000_000], "sum 1M int32, passed in", true],
  ["scale", [2000, 2000], "scale 2000 x 2000 f32"],
  ["matmul", [512], "matmul 512 f32"],
  ["prefix_sum", [4_000_000], "prefix_sum 4M f64"],
  ["mandelbrot", [1000], "mandelbrot 1000"],
  ["tunnel", [1000], "tunnel 1000"],
];

const ratio = (/** @type {number[]} */ a, /** @type {number[]} */ b) => median(a.map((value, i) => value / b[i])).toFixed(2);
const rows = RUNS.map(([name, args, title, passed]) => {
  process.stderr.write(`  ${title} ...\n`);
  const { times } = measure(packages, name, args, { rounds, passed });
  return [
    title,
    ...WAYS.map((way) => formatMs(median(times[way]))),
    ratio(times.sequential, times.native),
    ratio(times.sequential, times.threaded),
    ratio(times.sequential, times.javascript),
  ];
});
printTable(["program", ...WAYS, "sequential/native", "sequential/threaded", "sequential/javascript"], rows);
console.log("\nnative Rust: the sequential programs on one thread, as the wasm runs them\n");
callCosts();
console.log("\nthe choice of an instance: calls of a generic kernel and of one of one type with the same body\n");
await choiceCosts();

/** What a call costs beside one of a wasm export that does nothing else. */
function callCosts() {
  const k = packages.origin.sequential;
  const raw = rawExports();
  const eight = k.array(Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8));
  new Int32Array(raw.memory.buffer).set([1, 2, 3, 4, 5, 6, 7, 8]);
  const calls = {
    "raw export, add": () => loop((i) => raw.add(i, 1)),
    "add": () => loop((i) => k.add(i, 1)),
    "raw export, sum of 8": () => loop(() => raw.sum(0, 8)),
    "sum of 8, resident": () => loop(() => k.sum(eight)),
  };
  const times = Object.fromEntries(Object.keys(calls).map((name) => [name, /** @type {number[]} */ ([])]));
  Object.values(calls).forEach((call) => call());
  for (let round = 0; round < rounds; round++) {
    for (const [name, call] of Object.entries(calls)) times[name].push(call());
  }
  const names = Object.keys(calls);
  printTable(
    ["call", "", "ns", "times raw"],
    names.map((name, i) => [name, "", median(times[name]).toFixed(1), ratio(times[name], times[names[i & ~1]])]),
  );
}

/** What the choice of an instance costs, alone and as what a call costs more than of a kernel of one type. */
async function choiceCosts() {
  const folder = process.env.KERNELS_PKG ?? new URL("../target/test/kernels", import.meta.url).pathname;
  const { load } = await import(`${folder}/node.js`);
  const { generic } = await import(`${folder}/runtime/generic.js`);
  const k = await load({ threads: false });
  /** The function that chooses for so many arguments of one type. @param {number} count @returns {(...values: unknown[]) => object} */
  const chooser = (count) => {
    const params = Array.from({ length: count }, (_, i) => ({ name: `x${i}`, dtype: 0, dims: ["n"] }));
    const types = [{ name: "T", dtypes: ["int32", "float32", "float64"] }];
    return generic({}, { name: "chosen", types, params, results: [] }, {}, "", ["<i32>", "<f32>", "<f64>"]);
  };
  const [choose, chooseForTwo] = [chooser(1), chooser(2)];
  const chosen = choose([0.5]);
  const data = Float64Array.of(1, 2, 3, 4);
  const arrays = { "typed array": data, "nested array": [1, 2, 3, 4], "{ data, shape }": { data, shape: [4] } };
  const resident = k.array(data);
  /** @typedef {(i: number) => number} Call */
  /** By argument: the choice alone, which of resident arrays is inside a call; a call of a kernel of one type, and of the generic one. */
  const calls = /** @type {Record<string, Partial<Record<"alone" | "fixed" | "generic", Call>>>} */ ({
    "number": { alone: (i) => Number(choose(i) === chosen), fixed: (i) => k.fixedSame(i), generic: (i) => k.genericSame(i) },
    "resident array": { fixed: () => k.fixedSum(resident), generic: () => k.genericSum(resident) },
  });
  for (const [name, x] of Object.entries(arrays)) {
    calls[name] = { alone: () => Number(choose(x) === chosen), fixed: () => k.fixedSum(x), generic: () => k.genericSum(x) };
  }
  calls["two typed arrays"] = { alone: () => Number(chooseForTwo(data, data) === chosen) };
  /** @type {Record<string, Record<string, number[]>>} */
  const times = {};
  for (const [name, ways] of Object.entries(calls)) {
    times[name] = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  }
  // Short ones, many and in turn, since little is to be seen beside a call. Those of the first round of all warm up.
  const turns = 20;
  for (let turn = -turns; turn < turns * rounds; turn++) {
    for (const [name, ways] of Object.entries(calls)) {
      const inTurn = Object.entries(ways);
      inTurn.forEach((_, place) => {
        // Whoever comes after another pays for its garbage.
        const [way, call] = inTurn[(place + turn + turns * inTurn.length) % inTurn.length];
        const ns = loop(call, 10_000);
        if (turn >= 0) times[name][way].push(ns);
      });
    }
  }
  const ns = (/** @type {number[] | undefined} */ times) => (times ? median(times).toFixed(1) : "");
  printTable(
    ["argument", "", "ns, choice alone", "ns, call of one type", "ns, generic call", "ns more"],
    Object.entries(times).map(([name, { alone, fixed, generic }]) => {
      const more = fixed && generic.map((time, round) => time - fixed[round]);
      return [name, "", ns(alone), ns(fixed), ns(generic), ns(more)];
    }),
  );
  k.dispose();
}

/** Nanoseconds a call. @param {(i: number) => number} call @param {number} count */
function loop(call, count = 2_000_000) {
  let sum = 0;
  const start = performance.now();
  for (let i = 0; i < count; i++) sum = (sum + call(i & 1023)) | 0;
  const ns = ((performance.now() - start) * 1e6) / count;
  if (sum === 0.5) throw new Error("never, but the loop may not be dropped");
  return ns;
}

/** `add(i32, i32)` and `sum(address, length)`, written by hand. */
function rawExports() {
  const text = (/** @type {string} */ name) => [name.length, ...Buffer.from(name)];
  const section = (/** @type {number} */ id, /** @type {number[]} */ bytes) => [id, bytes.length, ...bytes];
  const add = [0x00, 0x20, 0, 0x20, 1, 0x6a, 0x0b];
  // local 2 is the sum: while (length--) { sum += load(address); address += 4 }
  const sum = [
    0x01, 1, 0x7f,
    0x03, 0x40,
    0x20, 2, 0x20, 0, 0x28, 2, 0, 0x6a, 0x21, 2,
    0x20, 0, 0x41, 4, 0x6a, 0x21, 0,
    0x20, 1, 0x41, 1, 0x6b, 0x22, 1, 0x0d, 0,
    0x0b, 0x20, 2, 0x0b,
  ];
  const bytes = Uint8Array.of(
    0, 97, 115, 109, 1, 0, 0, 0,
    ...section(1, [1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f]),
    ...section(3, [2, 0, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [3, ...text("add"), 0, 0, ...text("sum"), 0, 1, ...text("memory"), 2, 0]),
    ...section(10, [2, add.length, ...add, sum.length, ...sum]),
  );
  return /** @type {any} */ (new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports);
}
