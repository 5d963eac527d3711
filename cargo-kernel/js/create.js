// Arrays from data, and arrays of one value.

import { DTYPES, STATUS_BOOL } from "./abi.js";
import { addressOf, FREED } from "./array.js";
import { codeOf, IS, partsOf, setElement, sizeOf } from "./dtypes.js";
import { KernelMemoryError, KernelTypeError } from "./errors.js";
import { explain, refusal, refuse, withArticle } from "./messages.js";
import { ARRAY, checkShape, dtypeOf, fitShape, parseOptions } from "./options.js";
import { dtypeFor, sourceOf } from "./source.js";
import { pack } from "./strided.js";

/** @typedef {import("./arrays.js").ArrayRuntime} Runtime */
/** @typedef {{ dtype?: string }} Options */

/**
 * A resident array with a copy of the data.
 *
 * @param {Runtime} rt
 * @param {unknown} data a typed array, nested arrays, what is shaped like an array, or a single value
 * @param {readonly number[] | { shape?: readonly number[], dtype?: string }} [options]
 */
export function array(rt, data, options = {}) {
  const { shape, code } = parseOptions(options);
  const address = addressOf(data, rt);
  if (address > 0 || address === FREED) {
    return copyOf(rt, address, shape, code);
  }
  const source = sourceOf(data, ARRAY, 0, code, true, rt.memory);
  const present = source.present();
  if (source.code === codeOf("bool")) {
    const index = present.findIndex((/** @type {number} */ byte) => byte > 1);
    if (index >= 0) {
      throw explain(ARRAY, STATUS_BOOL, [0, index, present[index]], String);
    }
  }
  const sizes = shape === undefined ? source.shape : fitShape(shape, present.length / partsOf(source.code));
  return rt.create(ARRAY.name, source.code, sizes, (elements) => elements.set(source.present()));
}

/**
 * A copy of an array of ours, whose view of the elements may not lend them in one piece.
 *
 * @param {Runtime} rt
 * @param {number} address
 * @param {unknown} shape
 * @param {number} wanted
 */
function copyOf(rt, address, shape, wanted) {
  if (address === FREED) {
    throw refusal(KernelMemoryError, ARRAY, 0, "was freed");
  }
  const { code, shape: own } = rt.strided(address);
  if (wanted >= 0 && wanted !== code) {
    const text = `is ${withArticle(DTYPES[code])} array, expected ${withArticle(DTYPES[wanted])} one: use \`astype\``;
    throw refusal(KernelTypeError, ARRAY, 0, text);
  }
  const sizes = shape === undefined ? own : fitShape(shape, sizeOf(own));
  return rt.create(ARRAY.name, code, sizes, (elements) => elements.set(pack(rt.strided(address))));
}

/**
 * @param {Runtime} rt
 * @param {unknown} shape
 * @param {Options} [options]
 */
export const zeros = (rt, shape, options) => same(rt, "zeros", shape, options, 0);

/**
 * @param {Runtime} rt
 * @param {unknown} shape
 * @param {Options} [options]
 */
export const ones = (rt, shape, options) => same(rt, "ones", shape, options, 1);

/**
 * @param {Runtime} rt
 * @param {unknown} shape
 * @param {any} value
 * @param {Options} [options]
 */
export function full(rt, shape, value, options) {
  const code = dtypeOf("full", options, dtypeFor(value));
  if (!IS[code](value)) {
    refuse({ name: "full", params: [{ name: "value", dtype: "" }], results: [] }, 0, value, code);
  }
  return filled(rt, "full", shape, code, value);
}

/**
 * With unset elements.
 *
 * @param {Runtime} rt
 * @param {unknown} shape
 * @param {Options} [options]
 */
export function empty(rt, shape, options) {
  const code = dtypeOf("empty", options, "float64");
  if (code === codeOf("bool")) {
    // What is neither true nor false would be refused by every kernel.
    return filled(rt, "empty", shape, code, false);
  }
  return rt.create("empty", code, checkShape("empty", shape), () => {});
}

/**
 * @param {Runtime} rt
 * @param {string} method
 * @param {unknown} shape
 * @param {Options | undefined} options
 * @param {0 | 1} number
 */
function same(rt, method, shape, options, number) {
  const code = dtypeOf(method, options, "float64");
  const value = [number, BigInt(number), Boolean(number)].find((value) => IS[code](value));
  return filled(rt, method, shape, code, value);
}

/**
 * @param {Runtime} rt
 * @param {string} method
 * @param {unknown} shape
 * @param {number} code
 * @param {any} value
 */
const filled = (rt, method, shape, code, value) =>
  rt.create(method, code, checkShape(method, shape), (data) => {
    if (partsOf(code) === 1) {
      data.fill(value);
      return;
    }
    for (let i = 0; 2 * i < data.length; i++) {
      setElement(code, data, i, value);
    }
  });
