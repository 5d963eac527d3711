// One page with a number of threads: ours, TensorFlow.js's wasm backend and numpy-ts, on the same elements.

import { load } from "../numpy/pkg/index.js";
import * as np from "./node_modules/numpy-ts/dist/numpy-ts.browser.js";
import { median } from "../median.js";
import { arity, LEAST_CALLS, LEAST_MS } from "./cases.js";

/** @typedef {import("./cases.js").Case} Case */
/** @typedef {Float32Array | Float64Array} Floats */

/**
 * A way to compute: operands are made once, calls are timed, and each frees what the last one made.
 *
 * @typedef {object} Contender
 * @property {(data: Floats, shape: number[]) => any} operand
 * @property {(op: Case["op"], operands: any[]) => any} call
 * @property {(result: any) => ArrayLike<number | boolean>} read
 * @property {(value: any) => void} free
 */

const threads = Number(new URLSearchParams(location.search).get("threads"));
const tf = /** @type {any} */ (globalThis).tf;

/** @returns {Promise<Contender>} */
async function ours() {
  const k = await load({ threads: threads > 1 ? threads : false });
  if (k.threads.active !== threads) throw new Error(`ours: ${k.threads.active} threads instead of ${threads}: ${k.threads.reason}`);
  return {
    operand: (data, shape) => k.array(data, shape),
    call: (op, operands) => k[op](...operands),
    read: (result) => (typeof result === "number" ? [result] : result.toTypedArray()),
    free: (value) => value.free?.(),
  };
}

/** @returns {Promise<Contender>} */
async function tensorflow() {
  tf.wasm.setWasmPaths("/peers/node_modules/@tensorflow/tfjs-backend-wasm/dist/");
  tf.wasm.setThreadsCount(threads);
  // Where a page may have threads it takes them, and its glue for one thread is another file.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", threads > 1);
  if (!(await tf.setBackend("wasm"))) throw new Error("TensorFlow.js has no wasm backend here");
  await tf.ready();
  if (!(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) throw new Error("TensorFlow.js has no SIMD here");
  if (threads > 1 && tf.wasm.getThreadsCount() !== threads) throw new Error(`TensorFlow.js: ${tf.wasm.getThreadsCount()} threads instead of ${threads}`);
  const calls = { add: tf.add, multiply: tf.mul, less: tf.less, sum: tf.sum, sigmoid: tf.sigmoid, matmul: tf.matMul };
  return {
    operand: (data, shape) => tf.tensor(data, shape),
    call: (op, operands) => calls[op](...operands),
    read: (result) => result.dataSync(),
    free: (value) => value.dispose(),
  };
}

/** @returns {Promise<Contender>} */
async function numpyTs() {
  return {
    operand: (data, shape) => np.array(data, data instanceof Float32Array ? "float32" : "float64").reshape(shape),
    call: (op, operands) => /** @type {any} */ (np)[op](...operands),
    read: (result) => (typeof result === "number" ? [result] : result.flatten().data),
    free: (value) => value.dispose?.(),
  };
}

const contenders = { ours: await ours(), "TensorFlow.js": await tensorflow(), "numpy-ts": await numpyTs() };

/**
 * Elements in [-0.5, 0.5) that look random, from their indices.
 *
 * @param {Case} wanted
 * @param {number} operand which one
 */
function elements({ dtype, shape }, operand) {
  const size = shape.reduce((size, n) => size * n, 1);
  const data = new (dtype === "float32" ? Float32Array : Float64Array)(size);
  for (let i = 0; i < size; i++) data[i] = (Math.imul(i + 1 + operand * size, 2654435761) >>> 0) / 2 ** 32 - 0.5;
  return data;
}

/**
 * The median time of a call in ms, and the sum of what it gives.
 *
 * @param {keyof typeof contenders} name
 * @param {Case} wanted
 */
function run(name, wanted) {
  const { operand, call, read, free } = contenders[name];
  const operands = Array.from({ length: arity(wanted.op) }, (_, i) => operand(elements(wanted, i), wanted.shape));
  const result = call(wanted.op, operands);
  let checksum = 0;
  for (const value of /** @type {any} */ (read(result))) checksum += Number(value);
  free(result);
  /** @type {number[]} */
  const times = [];
  for (let spent = 0; spent < LEAST_MS || times.length < LEAST_CALLS; ) {
    const start = performance.now();
    free(call(wanted.op, operands));
    times.push(performance.now() - start);
    spent += times[times.length - 1];
  }
  operands.forEach(free);
  return { ms: median(times), checksum };
}

Object.assign(globalThis, { run: (/** @type {string} */ name, /** @type {any[]} */ [wanted]) => run(/** @type {any} */ (name), wanted) });
document.title = "ready";
