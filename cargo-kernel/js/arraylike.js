// What is shaped like an array: `{ data, shape, strides | stride, offset }`, as scijs' ndarray and stdlib's are.

import { DTYPES, TYPED_ARRAYS } from "./abi.js";
import { isNdArray, NdArray } from "./array.js";
import { areSizes, checkAttached, elements, MAX_RANK } from "./checks.js";
import { codeOf, codeOfArray, holds, lengthOf, partsOf, typedArrayName } from "./dtypes.js";
import { KernelShapeError, KernelTypeError } from "./errors.js";
import { describe, notAnArray, refusal, withArticle } from "./messages.js";
import { reach, rowMajor } from "./strided.js";

/**
 * Whether an object says that it has elements and a shape.
 *
 * @param {object} value
 */
export const hasElements = (value) => "data" in value && "shape" in value;

/**
 * @param {any} value
 * @returns {boolean}
 */
export const isArrayLike = (value) =>
  typeof value === "object" &&
  value !== null &&
  // These are what they are, whatever else they carry.
  !ArrayBuffer.isView(value) &&
  !Array.isArray(value) &&
  hasElements(value) &&
  // What has the prototype alone can answer nothing.
  (!(value instanceof NdArray) || isNdArray(value));

/**
 * The arrays of a list by their indices, whatever methods it has of its own, up to the first that is missing: a list may be long, and
 * is refused there.
 *
 * @param {any[]} list
 * @returns {unknown[]}
 */
export function arraysOf(list) {
  const arrays = [];
  const { length } = list;
  for (let index = 0; index < length; index++) {
    const array = list[index];
    arrays.push(array);
    if (array == null) {
      break;
    }
  }
  return arrays;
}

/**
 * The elements of what is shaped like an array, all of which are there.
 *
 * @param {any} value
 * @param {import("./messages.js").Facts} facts
 * @param {number} place
 * @param {number} wanted the dtype, -1 for any
 * @returns {import("./strided.js").Strided}
 */
export function stridedOf(value, facts, place, wanted) {
  // Each is read once: a getter may answer differently.
  const { dtype, shape, offset = 0 } = value;
  const strides = value.strides ?? value.stride;
  // A dtype that is none of ours, such as stdlib's `generic`, says nothing.
  const declared = codeOf(dtype);
  const data = rawData(value.data, declared);
  const name = typedArrayName(data);
  if (name === undefined) {
    throw refusal(KernelTypeError, facts, place, `has \`data\` that is ${describe(data)}, expected a typed array`);
  }
  const code = wanted >= 0 ? wanted : declared >= 0 ? declared : codeOfArray(name);
  if (code < 0 || !holds(name, code)) {
    throw notAnArray(facts, place, data, code);
  }
  if (declared >= 0 && declared !== code) {
    const text = `must be ${withArticle(DTYPES[code])} array, got ${withArticle(DTYPES[declared])} one`;
    throw refusal(KernelTypeError, facts, place, text);
  }
  checkAttached(data, facts, place);
  const sizes = listOf(shape);
  const steps = strides === undefined ? sizes && rowMajor(sizes) : listOf(strides);
  const wellFormed = sizes && areSizes(sizes) && steps?.length === sizes.length;
  if (!wellFormed || ![...steps, offset].every(Number.isInteger)) {
    const came = `shape ${shown(shape)}, strides ${shown(strides)}, offset ${describe(offset)}`;
    throw refusal(KernelShapeError, facts, place, `must have sizes, as many strides, and an offset, got ${came}`);
  }
  elements(facts.name, code, sizes);
  const layout = { shape: sizes, strides: steps, offset };
  const range = reach(layout);
  const length = lengthOf(data) / partsOf(code);
  if (range && (offset + range.low < 0 || offset + range.high >= length)) {
    const text = `reaches elements ${offset + range.low} to ${offset + range.high} of \`data\`, which has ${length}`;
    throw refusal(KernelShapeError, facts, place, text);
  }
  return { code, data, ...layout };
}

/**
 * Numbers of an array or a typed array, of which there is one too many at most; undefined for anything else.
 *
 * @param {any} values
 * @returns {any[] | undefined}
 */
const listOf = (values) =>
  typeof values === "object" && values?.length >= 0 && values.length <= MAX_RANK + 1 ? Array.from(values) : undefined;

/** @param {any} values */
const shown = (values) => (listOf(values) ? `[${Array.from(values, describe).join(", ")}]` : describe(values));

/**
 * The typed array itself; where stdlib wraps one, as `Complex64Array` and `BooleanArray`, what it wraps.
 *
 * @param {any} data
 * @param {number} code
 */
function rawData(data, code) {
  const wrapped = code >= 0 && !ArrayBuffer.isView(data) && data?.buffer && /^(Complex|Boolean)/.test(data.constructor?.name);
  return wrapped ? new TYPED_ARRAYS[code](data.buffer, data.byteOffset, data.length * partsOf(code)) : data;
}
