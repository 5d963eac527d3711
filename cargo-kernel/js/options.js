// The second argument of `array()`.

import { DTYPES } from "./abi.js";
import { codeOf, isUint32, sizeOf } from "./dtypes.js";
import { KernelShapeError, KernelTypeError } from "./errors.js";
import { describe, refusal } from "./messages.js";
import { MAX_RANK } from "./source.js";

/**
 * What `array()` is called in messages.
 *
 * @type {import("./messages.js").Facts}
 */
export const ARRAY = { name: "array", params: [{ name: "data", dtype: "" }], results: [] };

/**
 * @param {any} options a shape, or `{ shape, dtype }`
 * @returns {{ shape: any, code: number }} the dtype's code, -1 where none is given
 */
export function parseOptions(options) {
  const named = typeof options === "object" && options && !Array.isArray(options);
  const { shape, dtype } = named ? options : { shape: options, dtype: undefined };
  const code = dtype === undefined ? -1 : codeOf(dtype);
  if (dtype !== undefined && code < 0) {
    throw new KernelTypeError(`\`array\`: dtype must be one of ${DTYPES.join(", ")}, got ${describe(dtype)}`);
  }
  return { shape, code };
}

/**
 * A copy of a shape that fits the data.
 *
 * @param {unknown} shape
 * @param {number} length of the data
 */
export function checkShape(shape, length) {
  if (!Array.isArray(shape) || shape.length > MAX_RANK || !shape.every(isUint32)) {
    const came = Array.isArray(shape) ? `[${shape.map(describe).join(", ")}]` : describe(shape);
    throw new KernelShapeError(`\`array\`: shape must be an array of at most ${MAX_RANK} sizes, got ${came}`);
  }
  const size = sizeOf(shape);
  if (size !== length) {
    throw refusal(KernelShapeError, ARRAY, 0, `has ${length} elements, shape [${shape.join(", ")}] needs ${size}`);
  }
  return [...shape];
}
