// The dtypes with the values where they break.

/**
 * @typedef {object} Dtype
 * @property {string} name NumPy's
 * @property {string} rust as fixture kernels are named
 * @property {any} array the typed array
 * @property {any[]} edges values as scalars have them
 */

/** @type {Dtype[]} */
export const DTYPES = [
  { name: "bool", rust: "bool", array: Uint8Array, edges: [true, false] },
  { name: "int8", rust: "i8", array: Int8Array, edges: [0, -1, 127, -128] },
  { name: "int16", rust: "i16", array: Int16Array, edges: [0, -1, 32767, -32768] },
  { name: "int32", rust: "i32", array: Int32Array, edges: [0, -1, 2147483647, -2147483648] },
  { name: "int64", rust: "i64", array: BigInt64Array, edges: [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)] },
  { name: "uint8", rust: "u8", array: Uint8Array, edges: [0, 1, 128, 255] },
  { name: "uint16", rust: "u16", array: Uint16Array, edges: [0, 1, 32768, 65535] },
  { name: "uint32", rust: "u32", array: Uint32Array, edges: [0, 1, 2147483648, 4294967295] },
  { name: "uint64", rust: "u64", array: BigUint64Array, edges: [0n, 1n, 2n ** 63n, 2n ** 64n - 1n] },
  {
    name: "float32",
    rust: "f32",
    array: Float32Array,
    edges: [0, -0, 1.5, Math.fround(3.4e38), Math.fround(1e-45), Infinity, -Infinity, NaN],
  },
  {
    name: "float64",
    rust: "f64",
    array: Float64Array,
    edges: [0, -0, 0.1, Number.MAX_VALUE, Number.MIN_VALUE, Infinity, -Infinity, NaN],
  },
];

/**
 * A typed array of `size` elements that has the edges of its dtype in turn.
 *
 * @param {Dtype} dtype
 * @param {number} size
 */
export function edgeArray({ array, edges }, size) {
  return array.from({ length: size }, (_, i) => edges[i % edges.length]);
}

/**
 * The name of a fixture kernel for a dtype: `("same", "_r2", f32)` is `sameF32R2`.
 *
 * @param {string} stem
 * @param {Dtype} dtype
 * @param {string} [suffix]
 */
export function kernelName(stem, { rust }, suffix = "") {
  return stem + rust[0].toUpperCase() + rust.slice(1) + suffix;
}

/** @param {readonly number[]} shape */
export const sizeOf = (shape) => shape.reduce((size, n) => size * n, 1);

/**
 * The bytes of a typed array: `NaN` and `-0` compare by them.
 *
 * @param {ArrayBufferView} view
 */
export const bytesOf = (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice();
