// What every array must keep, wherever it comes from.

import { ITEM_SIZES } from "./abi.js";
import { isUint32, lengthOf, sizeOf } from "./dtypes.js";
import { KernelShapeError, KernelTypeError } from "./errors.js";
import { outOfMemory, refusal } from "./messages.js";

/** How many dimensions an array made in JavaScript may have. */
export const MAX_RANK = 32;

/** What a shape has, for messages. */
export const SIZES = `at most ${MAX_RANK} sizes, integers from 0 to 4294967295`;

/**
 * Whether these can be the sizes of a shape, which has no holes: methods of arrays would leave them out.
 *
 * @param {readonly unknown[]} values
 * @returns {values is readonly number[]}
 */
export const areSizes = (values) => values.length <= MAX_RANK && Array.from(values).every(isUint32);

/** What wasm can address, and count, in elements and in bytes. */
const MOST = 0xffff_ffff;

/**
 * @param {string} kernel
 * @param {number} rank
 */
export function checkRank(kernel, rank) {
  if (rank > MAX_RANK) {
    const text = `\`${kernel}\`: an array has at most ${MAX_RANK} dimensions, this one would have ${rank}`;
    throw new KernelShapeError(text, { kernel });
  }
}

/**
 * The number of elements, refused where wasm has no address for the last.
 *
 * @param {string} kernel
 * @param {number} code
 * @param {readonly number[]} shape
 */
export function elements(kernel, code, shape) {
  checkRank(kernel, shape.length);
  const size = sizeOf(shape);
  const bytes = size * ITEM_SIZES[code];
  // Rust counts along the other axes of an empty array, too, and with a sign.
  if (bytes > MOST || shape.reduce((count, n) => count * (n || 1), 1) > MOST / 2) {
    throw outOfMemory(kernel, bytes);
  }
  return size;
}

/**
 * @param {any} array a typed array
 * @param {import("./messages.js").Facts} facts
 * @param {number} place
 */
export function checkAttached(array, facts, place) {
  if (!lengthOf(array)) {
    try {
      // Throws where the buffer is detached, or ends before the array does.
      Uint8Array.prototype.keys.call(array);
    } catch {
      const text = "is detached, or its buffer too short by now: if it was `data` of an array, read that again";
      throw refusal(KernelTypeError, facts, place, text);
    }
  }
}
