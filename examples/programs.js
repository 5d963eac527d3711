// The programs as data: input, plain JavaScript, checksum and tolerance of each. `native` runs the same ones in Rust.

import * as js from "./reference.js";

/** Marsaglia's xorshift32 (*Xorshift RNGs*, 2003, shifts 13, 17, 5). @param {number} seed not 0 */
export function xorshift32(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Integers in low..=high. @param {number} length @param {number} low @param {number} high @param {number} seed */
export function integers(length, low, high, seed) {
  const random = xorshift32(seed);
  return Int32Array.from({ length }, () => low + (random() % (high - low + 1)));
}

/** Multiples of 2^-24 in [0, 1). @param {number} length @param {number} seed */
export function floats(length, seed) {
  const random = xorshift32(seed);
  return Float32Array.from({ length }, () => (random() >>> 8) / 2 ** 24);
}

/** Multiples of 2^-32 in [0, 1). @param {number} length @param {number} seed */
export function doubles(length, seed) {
  const random = xorshift32(seed);
  return Float64Array.from({ length }, () => random() / 2 ** 32);
}

/**
 * Of integers, exact: `hash * 31 + value` modulo 2^32 over the elements, from 0.
 *
 * @param {Iterable<number>} values
 */
export function exact(values) {
  let hash = 0;
  for (const value of values) hash = (Math.imul(hash, 31) + value) | 0;
  return hash >>> 0;
}

/** Of floats: the sum of the elements, each times `1 + index % 7`. @param {Iterable<number>} values */
export function weighted(values) {
  let sum = 0;
  let index = 0;
  for (const value of values) sum += value * (1 + (index++ % 7));
  return sum;
}

/** Of ARGB pixels: `weighted` over red + green + blue. @param {Uint32Array} pixels */
export function brightness(pixels) {
  return weighted(pixels.map((argb) => ((argb >>> 16) & 255) + ((argb >>> 8) & 255) + (argb & 255)));
}

/**
 * An array and its shape: `k.array(data, shape)` makes one of the package's.
 *
 * @typedef {{ data: Int32Array | Float32Array | Float64Array, shape: number[] }} Input
 *
 * @typedef {object} Program
 * @property {"origin" | "futhark"} package
 * @property {string} kernel the name in JavaScript
 * @property {(...args: number[]) => (number | Input)[]} input the kernel's arguments, from those of `native`
 * @property {(...input: any[]) => any} js the same in plain JavaScript; the result, or nothing where `changes` is set
 * @property {number} [changes] the index of the argument that the kernel changes, in place of a result
 * @property {(values: any) => number} checksum of the elements of the result; of a number, as an array of one
 * @property {number} tolerance between checksums of plain JavaScript and of the kernel, relative
 * @property {boolean} [parallel] whether it runs on several threads
 */

/** @param {number} n @param {number} seed @returns {Input} */
const vector32 = (n, seed) => ({ data: floats(n, seed), shape: [n] });
/** @param {number} n @param {number} seed @returns {Input} */
const vector64 = (n, seed) => ({ data: doubles(n, seed), shape: [n] });
/** @param {number} n @param {number} seed @returns {Input} */
const vectorInt = (n, seed) => ({ data: integers(n, -100, 100, seed), shape: [n] });
/** @param {Input[]} matrices */
const sizes = ([a, b]) => [...a.shape, b.shape[1]];

/**
 * Every program, by its Rust name. Native Rust and the package agree exactly, on any number of threads (but `matmul`,
 * `matmul64` and `dotprod` within the tolerance: their blocks differ); plain JavaScript agrees within the tolerance.
 *
 * | tolerance | programs | why |
 * |---|---|---|
 * | 0 | the integer ones, mandelbrot, scale, axpy | the same operations, each rounded the same way |
 * | 1e-12 | prefix_sum, matmul64 | the sum of f64 in another order |
 * | 1e-11 | integral | another order, and a sine within 5e-14 |
 * | 1e-4 | matmul | a sum of f32, of f64 in JavaScript, 512 terms |
 * | 1e-3 | dotprod | the same, a million terms |
 * | 1e-4 | tunnel | the nearest f32 to a sine, found another way: at time 10 every pixel agrees, at any time 99 % |
 *
 * @type {Record<string, Program>}
 */
export const programs = {
  add: {
    package: "origin", kernel: "add", checksum: exact, tolerance: 0,
    input: (x, y) => [x, y],
    js: js.add,
  },
  sum: {
    package: "origin", kernel: "sum", checksum: exact, tolerance: 0,
    input: (n) => [vectorInt(n, 1)],
    js: (x) => js.sum(x.data),
  },
  cumsum: {
    package: "origin", kernel: "cumsum", checksum: exact, tolerance: 0,
    input: (n) => [vectorInt(n, 1)],
    js: (x) => js.cumsum(x.data),
  },
  multiply: {
    package: "origin", kernel: "multiply", checksum: exact, tolerance: 0,
    input: (n) => [vectorInt(n, 1), vectorInt(n, 2)],
    js: (x, y) => js.multiply(x.data, y.data),
  },
  axpy: {
    package: "origin", kernel: "axpy", checksum: weighted, tolerance: 0,
    input: (n) => [1.5, vector64(n, 1), vector64(n, 2)],
    js: (a, x, y) => js.axpy(a, x.data, y.data),
  },
  clip: {
    package: "origin", kernel: "clip", checksum: exact, tolerance: 0, changes: 0,
    input: (n) => [vectorInt(n, 1), -50, 50],
    js: (x, low, high) => js.clip(x.data, low, high),
  },
  row_of_max: {
    package: "origin", kernel: "rowOfMax", checksum: exact, tolerance: 0,
    input: (rows, columns) => [{ data: integers(rows * columns, -100_000, 100_000, 1), shape: [rows, columns] }],
    js: (table) => js.rowOfMax(table.data, table.shape[1]),
  },
  increment: {
    package: "futhark", kernel: "increment", checksum: exact, tolerance: 0,
    input: (x) => [x],
    js: js.increment,
  },
  scale: {
    package: "futhark", kernel: "scale", checksum: weighted, tolerance: 0,
    input: (rows, columns) => [1.5, { data: floats(rows * columns, 1), shape: [rows, columns] }],
    js: (factor, matrix) => js.scale(factor, matrix.data),
  },
  dotprod: {
    package: "futhark", kernel: "dotprod", checksum: weighted, tolerance: 1e-3,
    input: (n) => [vector32(n, 1), vector32(n, 2)],
    js: (x, y) => js.dotprod(x.data, y.data),
  },
  matmul: {
    package: "futhark", kernel: "matmul", checksum: weighted, tolerance: 1e-4,
    input: (n) => [1, 2].map((seed) => ({ data: floats(n * n, seed), shape: [n, n] })),
    js: (a, b) => js.matmul(a.data, b.data, sizes([a, b])),
  },
  matmul64: {
    package: "futhark", kernel: "matmul64", checksum: weighted, tolerance: 1e-12,
    input: (n) => [1, 2].map((seed) => ({ data: doubles(n * n, seed), shape: [n, n] })),
    js: (a, b) => js.matmul64(a.data, b.data, sizes([a, b])),
  },
  prefix_sum: {
    package: "futhark", kernel: "prefixSum", checksum: weighted, tolerance: 1e-12, changes: 0,
    input: (n) => [vector64(n, 1)],
    js: (x) => js.prefixSum(x.data),
  },
  integral: {
    package: "futhark", kernel: "integral", checksum: weighted, tolerance: 1e-11,
    input: (n) => [0, Math.PI, n],
    js: js.integral,
  },
  mandelbrot: {
    package: "futhark", kernel: "mandelbrot", checksum: exact, tolerance: 0, parallel: true,
    input: (n) => [n, n, 255, -2.23, -1.15, 0.83, 1.15],
    js: js.mandelbrot,
  },
  tunnel: {
    package: "futhark", kernel: "tunnel", checksum: brightness, tolerance: 1e-4, parallel: true,
    input: (n) => [10, n, n],
    js: js.tunnel,
  },
};

/**
 * The checksum of what a call gave: a number, a list of numbers, a typed array or an `NdArray`.
 *
 * @param {Program} program
 * @param {any} result
 */
export function checksumOf(program, result) {
  return program.checksum(typeof result === "number" ? [result] : (result.data ?? result));
}

/** @param {Program} program @param {number} a @param {number} b */
export function agree({ tolerance }, a, b) {
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}
