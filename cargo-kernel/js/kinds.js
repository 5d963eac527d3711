// What an argument is as far as the choice of an instance depends on it: a kind, by which calls are compared.

import { DTYPES, TYPED_ARRAYS } from "./abi.js";
import { codeOfArray, isNdArray, NdArray } from "./array.js";
import { hasElements } from "./arraylike.js";
import { MAX_RANK } from "./checks.js";
import { codeOf, IS, isComplexValue, isInt64, isUint64, typedArrayName } from "./dtypes.js";

/** The kind of an array is the code of its dtype; those of typed arrays begin here, in the order of the codes. */
const TYPED = 16;
const [, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, FLOAT32, FLOAT64, FLOAT16] = DTYPES.map((_, code) => TYPED + code);

/** Here begin those of values without a dtype, each with one that stands for all of its kind: dtypes hold either all or none. */
const WEAK = 32;
const SAMPLES = [0, 200, 300, 4e4, 7e4, 3e9, -1, -200, -4e4, 0.5, 0n, -1n, 2n ** 63n, 2n ** 64n, true, { re: 0, im: 0 }];

const BIGINT = WEAK + 10;
const BOOLEAN = WEAK + 14;
const COMPLEX = WEAK + 15;
/** Of what no array can hold. */
const UNKNOWN = WEAK + 16;
/** Of what was left out. */
const LEFT_OUT = WEAK + 17;
/** Of what holds no element, or is an array that every instance refuses. */
const ANY = WEAK + 18;
/** Of a list whose arrays are of several kinds. */
export const MIXED = WEAK + 19;

/** How many there are. */
export const KINDS = WEAK + 20;

/**
 * The kind of an argument, which is looked at once: its getters may answer differently the next time. Nested arrays are of the
 * kind of their first element.
 *
 * @param {import("./arrays.js").ArrayRuntime} rt
 * @param {unknown} value
 */
export function kindOf(rt, value) {
  if (typeof value !== "object") {
    return value === undefined ? LEFT_OUT : kindOfElement(value);
  }
  if (value === null) {
    return LEFT_OUT;
  }
  let data = /** @type {any} */ (value);
  if (!ArrayBuffer.isView(value)) {
    if (Array.isArray(value)) {
      return kindOfElement(firstOf(value));
    }
    // To ask objects of many classes for a private field takes 10 ns, for their prototype 2.
    if (value instanceof NdArray) {
      const code = codeOfArray(value, rt);
      // One that was freed, or of another `load()`; what has the prototype alone is none.
      return code >= 0 ? code : isNdArray(value) ? ANY : UNKNOWN;
    }
    if (!hasElements(value)) {
      return kindOfElement(value);
    }
    // Its elements need not be those that its typed array suggests: bools, complex numbers.
    const { dtype } = data;
    const code = dtype === undefined ? -1 : codeOf(dtype);
    if (code >= 0) {
      return code;
    }
    data = data.data;
  }
  // To look the name up in a table takes 12 ns, and V8 would inline no function that did this.
  switch (typedArrayName(data)) {
    case "Int8Array":
      return INT8;
    case "Int16Array":
      return INT16;
    case "Int32Array":
      return INT32;
    case "BigInt64Array":
      return INT64;
    case "Uint8ClampedArray":
    case "Uint8Array":
      return UINT8;
    case "Uint16Array":
      return UINT16;
    case "Uint32Array":
      return UINT32;
    case "BigUint64Array":
      return UINT64;
    case "Float32Array":
      return FLOAT32;
    case "Float64Array":
      return FLOAT64;
    case "Float16Array":
      return FLOAT16;
    default:
      // No instance takes other `data`.
      return data === value ? UNKNOWN : ANY;
  }
}

/**
 * The kind that all arrays of a list have.
 *
 * @param {import("./arrays.js").ArrayRuntime} rt
 * @param {unknown} list
 */
export function kindOfList(rt, list) {
  if (!Array.isArray(list) || !list.length) {
    return ANY;
  }
  const kind = kindOf(rt, list[0]);
  // The list is optional, its arrays are not.
  if (kind === LEFT_OUT) {
    return UNKNOWN;
  }
  for (let i = 1; i < list.length; i++) {
    if (kindOf(rt, list[i]) !== kind) {
      return MIXED;
    }
  }
  return kind;
}

/** @param {unknown} value */
function kindOfElement(value) {
  switch (typeof value) {
    case "number":
      return kindOfNumber(value);
    case "bigint":
      return BIGINT + (isInt64(value) ? (value < 0n ? 1 : 0) : isUint64(value) ? 2 : 3);
    case "boolean":
      return BOOLEAN;
    default:
      return value === EMPTY ? ANY : isComplexValue(value) ? COMPLEX : UNKNOWN;
  }
}

/** @param {number} x */
function kindOfNumber(x) {
  if ((x | 0) !== x) {
    return WEAK + (x >>> 0 === x ? 5 : 9);
  }
  return x < 0
    ? WEAK + (x >= -0x80 ? 6 : x >= -0x8000 ? 7 : 8)
    : WEAK + (x < 0x80 ? 0 : x < 0x100 ? 1 : x < 0x8000 ? 2 : x < 0x10000 ? 3 : 4);
}

/**
 * What {@link firstOf} says of an array without elements.
 *
 * @type {readonly unknown[]}
 */
const EMPTY = [];

/**
 * The first element of nested arrays.
 *
 * @param {unknown} value
 */
export function firstOf(value) {
  // One that holds itself has no end.
  for (let depth = 0; Array.isArray(value) && depth <= MAX_RANK; depth++) {
    if (!value.length) {
      return EMPTY;
    }
    value = value[0];
  }
  return value;
}

/**
 * The dtype that arguments of a kind have where these are possible, as a code; -1 of values that have none.
 *
 * @param {number} kind
 * @param {number[]} list
 */
export function dtypeOf(kind, list) {
  if (kind < TYPED || kind >= WEAK) {
    return kind < TYPED ? kind : -1;
  }
  const code = kind - TYPED;
  // The bytes of bools are a `Uint8Array` too, and complex numbers are in those of their parts.
  return list.includes(code) ? code : (list.find((other) => TYPED_ARRAYS[other] === TYPED_ARRAYS[code]) ?? code);
}

/**
 * Whether an argument of a kind without a dtype can be of one.
 *
 * @param {number} kind
 * @param {number} code
 * @param {boolean} optional whether it may be left out
 */
export const fits = (kind, code, optional) =>
  kind === ANY || (kind === LEFT_OUT ? optional : kind < UNKNOWN && IS[code](SAMPLES[kind - WEAK]));
