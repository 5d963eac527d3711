// What can be copied into an array: typed arrays, nested arrays, single values.

import { TYPED_ARRAYS } from "./abi.js";
import { codeOf, holds, IS, sizeOf, typedArrayName } from "./dtypes.js";
import { KernelShapeError, KernelTypeError } from "./errors.js";
import { notAnArray, outOfMemory, refusal, refuse } from "./messages.js";

/** @typedef {import("./messages.js").Facts} Facts */

/**
 * Elements to copy: `present` gives them as a typed array, however the memory has grown since.
 *
 * @typedef {{ code: number, shape: number[], present: () => any }} Source
 */

/** How many dimensions an array made in JavaScript may have. */
export const MAX_RANK = 32;

/**
 * @param {unknown} value
 * @param {Facts} facts
 * @param {number} place
 * @param {number} code the dtype, -1 for any
 * @param {boolean} single whether a value that is no array will do
 * @param {WebAssembly.Memory} memory of the instance
 * @returns {Source}
 */
export function sourceOf(value, facts, place, code, single, memory) {
  const name = typedArrayName(value);
  if (name === undefined) {
    if (!Array.isArray(value) && (!single || typeof value === "object")) {
      throw notAnArray(facts, place, value, code);
    }
    return flatten(facts, place, value, code);
  }
  if (code < 0) {
    // Code 0 is bool, whose bytes are a `Uint8Array` too.
    code = TYPED_ARRAYS.findIndex((_, code) => code && holds(name, code));
  }
  if (code < 0 || !holds(name, code)) {
    throw notAnArray(facts, place, value, code);
  }
  const array = /** @type {any} */ (value);
  const { buffer, byteOffset, length } = array;
  if (!length) {
    try {
      new Uint8Array(buffer);
    } catch {
      throw refusal(KernelTypeError, facts, place, "is detached: if it was `data` of an array, read that again");
    }
  }
  // A view of the instance's memory is detached when that grows, which making the copy can cause.
  const own = buffer === memory.buffer;
  const present = () => (own ? new TYPED_ARRAYS[code](memory.buffer, byteOffset, length) : array);
  return { code, shape: [length], present };
}

/**
 * The elements of a nested array in row-major order, with its shape. Reads every element once; getters may run.
 *
 * @param {Facts} facts
 * @param {number} place
 * @param {unknown} value
 * @param {number} code the dtype; -1 for the one that the first element suggests
 * @returns {Source}
 */
function flatten(facts, place, value, code) {
  /** @type {number[]} */
  const shape = [];
  let first = value;
  for (; Array.isArray(first); first = first[0]) {
    if (shape.push(first.length) > MAX_RANK) {
      throw refusal(KernelShapeError, facts, place, `has more than ${MAX_RANK} dimensions`);
    }
  }
  if (code < 0) {
    code = codeOf(typeof first === "bigint" ? "int64" : typeof first === "boolean" ? "bool" : "float64");
  }
  const data = /** @type {any} */ (new TYPED_ARRAYS[code](elements(facts.name, code, shape)));
  const is = IS[code];
  /** @type {number[]} */
  const path = [];
  let next = 0;

  const fill = (/** @type {unknown} */ item, /** @type {number} */ axis) => {
    if (axis === shape.length) {
      if (!is(item)) {
        if (Array.isArray(item)) {
          throw refusal(KernelShapeError, facts, place, "is an array, expected a single value as before it", path);
        }
        refuse(facts, place, item, code, path);
      }
      data[next++] = item;
      return;
    }
    const size = shape[axis];
    if (!Array.isArray(item) || item.length !== size) {
      const came = Array.isArray(item) ? `has size ${item.length}` : "is no array";
      throw refusal(KernelShapeError, facts, place, `${came}, expected size ${size} as before it`, path);
    }
    for (let i = 0; i < size; i++) {
      path[axis] = i;
      fill(item[i], axis + 1);
    }
    path.length = axis;
  };
  fill(value, 0);
  return { code, shape, present: () => data };
}

/**
 * The number of elements, refused where wasm has no address for the last.
 *
 * @param {string} kernel
 * @param {number} code
 * @param {readonly number[]} shape
 */
export function elements(kernel, code, shape) {
  const size = sizeOf(shape);
  const bytes = size * TYPED_ARRAYS[code].BYTES_PER_ELEMENT;
  if (bytes > 0xffff_ffff) {
    throw outOfMemory(kernel, bytes);
  }
  return size;
}
