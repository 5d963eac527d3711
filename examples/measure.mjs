// Runs the programs of `programs.js` in every way, in alternation: what `demo.mjs` and `bench.mjs` share.

import { execFileSync } from "node:child_process";
import { median } from "./median.js";
import { agree, checksumOf, programs } from "./programs.js";

const native = process.env.KERNEL_NATIVE ?? new URL("../target/release/native", import.meta.url).pathname;

/** The ways to run a program, in the order of the columns. */
export const WAYS = ["native", "sequential", "threaded", "javascript"];

/** Both packages, sequential and threaded. @param {number} [threads] */
export async function loadPackages(threads) {
  const [origin, futhark] = await Promise.all([import("./origin/pkg/node.js"), import("./futhark/pkg/node.js")]);
  const both = async (/** @type {any} */ pkg) => ({
    sequential: await pkg.load({ threads: false }),
    threaded: await pkg.load(threads ? { threads } : {}),
  });
  return { origin: await both(origin), futhark: await both(futhark) };
}

/**
 * Rounds of one program, each way once per round.
 *
 * @param {Awaited<ReturnType<typeof loadPackages>>} packages
 * @param {string} name
 * @param {number[]} args
 * @param {{ rounds: number, passed?: boolean }} options `passed`: typed arrays are handed in, not resident ones
 */
export function measure(packages, name, args, { rounds, passed = false }) {
  const program = programs[name];
  const kernels = packages[program.package];
  const runs = {
    native: () => runNative(name, args, kernels.threaded.threads.active),
    sequential: () => runKernel(kernels.sequential, program, args, passed),
    threaded: () => runKernel(kernels.threaded, program, args, passed),
    javascript: () => runPlain(program, args),
  };
  const times = Object.fromEntries(WAYS.map((way) => [way, /** @type {number[]} */ ([])]));
  const checksums = /** @type {Record<string, number>} */ ({});
  for (let round = 0; round < rounds; round++) {
    for (const way of WAYS) {
      const { ms, checksum } = runs[/** @type {keyof typeof runs} */ (way)]();
      times[way].push(ms);
      checksums[way] = checksum;
    }
  }
  for (const way of WAYS) {
    if (!agree(program, checksums[way], checksums.native)) {
      throw new Error(`${name} ${args.join(" ")}: ${way} gives ${checksums[way]}, native Rust ${checksums.native}`);
    }
  }
  return { name, args, checksum: checksums.sequential, times };
}

// From here on, in ms, a program runs once a round.
const LONG = 300;

/** What a call gives, and its time in ms. @template T @param {() => T} call @returns {[T, number]} */
export function timed(call) {
  const start = performance.now();
  const result = call();
  return [result, performance.now() - start];
}

/**
 * Short calls are timed as a batch of at least 20 ms, once the engine has had 100 ms to optimize them.
 *
 * @param {number} first
 * @param {() => unknown} call
 */
function time(first, call) {
  if (first > LONG) return first;
  let once = first;
  for (const start = performance.now(); performance.now() - start < 100; ) [, once] = timed(call);
  const batch = once > 20 ? 1 : Math.ceil(20 / Math.max(once, 0.001));
  const start = performance.now();
  for (let i = 0; i < batch; i++) call();
  return (performance.now() - start) / batch;
}

/** @param {any} k @param {any} program @param {number[]} args @param {boolean} passed */
function runKernel(k, program, args, passed) {
  const input = program.input(...args);
  const live = [];
  const values = input.map((/** @type {any} */ value) => {
    if (typeof value === "number") return value;
    if (passed) return value.data;
    live.push(k.array(value.data, value.shape));
    return live.at(-1);
  });
  const call = () => {
    const result = k[program.kernel](...values);
    result?.free?.();
  };
  const [result, first] = timed(() => k[program.kernel](...values));
  const checksum = checksumOf(program, program.changes === undefined ? result : values[program.changes]);
  result?.free?.();
  const ms = time(first, call);
  live.forEach((array) => array.free());
  return { ms, checksum };
}

/** @param {any} program @param {number[]} args */
function runPlain(program, args) {
  const input = program.input(...args);
  const [returned, first] = timed(() => program.js(...input));
  const checksum = checksumOf(program, program.changes === undefined ? returned : input[program.changes]);
  return { ms: time(first, () => program.js(...input)), checksum };
}

/** @param {string} name @param {number[]} args @param {number} threads */
function runNative(name, args, threads) {
  const parallel = programs[name].parallel ? 1 : threads;
  const run = (/** @type {number} */ rounds, /** @type {number} */ calls) => {
    const flags = ["--json", "--rounds", rounds, "--calls", calls, "--threads", parallel];
    const output = execFileSync(native, [...flags, name, ...args].map(String), { encoding: "utf8" });
    return output.trim().split("\n").map((line) => JSON.parse(line));
  };
  const [first] = run(1, 1);
  if (first.ms > LONG) return { ms: first.ms, checksum: first.checksum };
  // In-place programs change their input, so that only the first call of a process has the checksum.
  const calls = first.ms > 20 ? 1 : Math.ceil(20 / Math.max(first.ms, 0.001));
  const ms = median(run(3, Math.min(calls, 1_000_000)).map((line) => line.ms));
  return { ms, checksum: first.checksum };
}

/** @param {number} ms */
export const formatMs = (ms) => (ms >= 100 ? ms.toFixed(0) : ms >= 1 ? ms.toFixed(2) : ms.toPrecision(2));

/** A table with a line under its head. @param {string[]} head @param {string[][]} rows */
export function printTable(head, rows) {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i].length)));
  const line = (/** @type {string[]} */ row) =>
    row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join("  ");
  console.log(line(head));
  console.log(widths.map((width) => "-".repeat(width)).join("  "));
  rows.forEach((row) => console.log(line(row)));
}
