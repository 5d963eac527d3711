// The options of what makes arrays: a dtype and a shape.

import { DTYPES, TYPED_ARRAYS } from "./abi.js";
import { NdArray } from "./array.js";
import { areSizes, SIZES } from "./checks.js";
import { codeOf, sizeOf } from "./dtypes.js";
import { KernelShapeError, KernelTypeError } from "./errors.js";
import { list } from "./layout.js";
import { describe, refusal } from "./messages.js";

/**
 * What `array()` is called in messages.
 *
 * @type {import("./messages.js").Facts}
 */
export const ARRAY = { name: "array", params: [{ name: "data", dtype: "" }], results: [] };

/**
 * The code of a dtype that this host can hold.
 *
 * @param {string} method
 * @param {any} dtype
 */
export function checkDtype(method, dtype) {
  const code = codeOf(dtype);
  if (code < 0) {
    const text = `\`${method}\`: dtype must be one of ${DTYPES.join(", ")}, got ${describe(dtype)}`;
    throw new KernelTypeError(text, { kernel: method });
  }
  if (!TYPED_ARRAYS[code]) {
    const text = `\`${method}\`: this host has no \`Float16Array\`, which ${dtype} needs: use float32`;
    throw new KernelTypeError(text, { kernel: method });
  }
  return code;
}

/**
 * Whether a value has entries by names; typed arrays and arrays have none that count.
 *
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
export const isRecord = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value) && !(value instanceof NdArray);

/**
 * The options of a call; undefined and null are none.
 *
 * @param {string} method
 * @param {any} options
 * @param {string[]} names what it may have
 * @returns {any}
 */
export function checkOptions(method, options, names) {
  if (options == null) {
    return {};
  }
  const fail = (/** @type {string} */ text) => new KernelTypeError(`\`${method}\`: ${text}`, { kernel: method });
  if (!isRecord(options)) {
    throw fail(`options must be an object such as { ${names[0]} }, got ${describe(options)}`);
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw fail(`unknown option \`${unknown}\`: there ${names.length > 1 ? "are" : "is"} ${names.join(", ")}`);
  }
  return options;
}

/**
 * The code of the dtype that options name.
 *
 * @param {string} method
 * @param {any} options
 * @param {string} otherwise where they name none
 */
export const dtypeOf = (method, options, otherwise) =>
  checkDtype(method, checkOptions(method, options, ["dtype"]).dtype ?? otherwise);

/**
 * @param {any} options a shape, or `{ shape, dtype }`
 * @returns {{ shape: any, code: number }} the dtype's code, -1 where none is given
 */
export function parseOptions(options) {
  const named = typeof options === "object" && !Array.isArray(options);
  const { shape, dtype } = named ? checkOptions("array", options, ["dtype", "shape"]) : { shape: options, dtype: undefined };
  return { shape: shape ?? undefined, code: dtype == null ? -1 : checkDtype("array", dtype) };
}

/**
 * A copy of a shape; a number is one size.
 *
 * @param {string} method
 * @param {unknown} shape
 * @returns {number[]}
 */
export function checkShape(method, shape) {
  const sizes = typeof shape === "number" ? [shape] : shape;
  if (!Array.isArray(sizes) || !areSizes(sizes)) {
    const came = Array.isArray(sizes) ? list(sizes) : describe(sizes);
    const text = `\`${method}\`: shape must have ${SIZES}, got ${came}`;
    throw new KernelShapeError(text, { kernel: method });
  }
  return [...sizes];
}

/**
 * A copy of a shape that fits the data.
 *
 * @param {unknown} shape
 * @param {number} length of the data
 */
export function fitShape(shape, length) {
  const checked = checkShape("array", shape);
  const size = sizeOf(checked);
  if (size !== length) {
    throw refusal(KernelShapeError, ARRAY, 0, `has ${length} elements, shape [${checked.join(", ")}] needs ${size}`);
  }
  return checked;
}
