import { DTYPES, TYPED_ARRAYS } from "./abi.js";

/** @typedef {InstanceType<(typeof TYPED_ARRAYS)[number]>} TypedArray */

// One test per dtype: whether a value is a number, a bigint or a boolean that it can hold. Kernels import those of
// their scalars; `-0` passes as an integer.

/** @param {unknown} value @returns {value is boolean} */
export const isBool = (value) => typeof value === "boolean";
/** @param {unknown} value @returns {value is number} */
export const isInt8 = (value) => typeof value === "number" && (value << 24) >> 24 === value;
/** @param {unknown} value @returns {value is number} */
export const isInt16 = (value) => typeof value === "number" && (value << 16) >> 16 === value;
/** @param {unknown} value @returns {value is number} */
export const isInt32 = (value) => typeof value === "number" && (value | 0) === value;
/** @param {unknown} value @returns {value is bigint} */
export const isInt64 = (value) => typeof value === "bigint" && BigInt.asIntN(64, value) === value;
/** @param {unknown} value @returns {value is number} */
export const isUint8 = (value) => typeof value === "number" && (value & 0xff) === value;
/** @param {unknown} value @returns {value is number} */
export const isUint16 = (value) => typeof value === "number" && (value & 0xffff) === value;
/** @param {unknown} value @returns {value is number} */
export const isUint32 = (value) => typeof value === "number" && value >>> 0 === value;
/** @param {unknown} value @returns {value is bigint} */
export const isUint64 = (value) => typeof value === "bigint" && BigInt.asUintN(64, value) === value;
/** @param {unknown} value @returns {value is number} */
export const isFloat32 = (value) => typeof value === "number";
/** @param {unknown} value @returns {value is number} */
export const isFloat64 = isFloat32;

/** @param {unknown} value @returns {value is number} */
export const isFloat16 = isFloat32;
/** @param {any} value @returns {value is number | Complex} */
export const isComplex64 = (value) => typeof value === "number" || isComplexValue(value);
/** @param {unknown} value @returns {value is number | Complex} */
export const isComplex128 = isComplex64;

/**
 * An element of a complex array.
 *
 * @typedef {{ re: number, im: number }} Complex
 */

/** @param {any} value @returns {value is Complex} */
export const isComplexValue = (value) => typeof value?.re === "number" && typeof value.im === "number";

/** The tests, by code. */
export const IS = [
  isBool, isInt8, isInt16, isInt32, isInt64, isUint8, isUint16, isUint32, isUint64, isFloat32, isFloat64, isFloat16,
  isComplex64, isComplex128,
];

/**
 * The code of a dtype's name, -1 if there is none.
 *
 * @param {string} dtype
 */
export const codeOf = (dtype) => DTYPES.indexOf(dtype);

/**
 * What typed arrays of any realm tell of themselves, whatever was assigned to them; undefined or an exception for anything else.
 *
 * @param {string | symbol} key
 * @returns {(this: any) => any}
 */
const getterOf = (key) =>
  /** @type {any} */ (Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), key)).get;

const tagOf = /* @__PURE__ */ getterOf(Symbol.toStringTag);
const countOf = /* @__PURE__ */ getterOf("length");

/**
 * The name of a typed array's class; undefined for anything else.
 *
 * @param {any} value
 * @returns {string | undefined}
 */
export const typedArrayName = (value) => tagOf.call(value);

/**
 * The length of a typed array.
 *
 * @param {any} array
 * @returns {number}
 */
export const lengthOf = (array) => countOf.call(array);

/**
 * Whether a typed array of this name holds the elements of a dtype.
 *
 * @param {string} name
 * @param {number} code
 */
export const holds = (name, code) => (name === "Uint8ClampedArray" ? "Uint8Array" : name) === TYPED_ARRAYS[code]?.name;

/**
 * The dtype that a typed array of this name suggests, -1 if there is none.
 *
 * @param {string} name
 */
export const codeOfArray = (name) =>
  // Code 0 is bool, whose bytes are a `Uint8Array` too.
  TYPED_ARRAYS.findIndex((_, code) => code && holds(name, code));

/**
 * How many numbers an element is: real and imaginary part, or one.
 *
 * @param {number} code
 */
export const partsOf = (code) => (DTYPES[code][0] === "c" ? 2 : 1);

/**
 * The number of elements.
 *
 * @param {readonly number[]} shape
 */
export const sizeOf = (shape) => shape.reduce((size, n) => size * n, 1);

/**
 * A single value as JavaScript's users see it.
 *
 * @param {number} code
 * @param {any} value
 * @returns {number | bigint | boolean}
 */
export const valueOf = (code, value) => (code ? value : value !== 0);

/**
 * What makes a scalar of a dtype out of what wasm returns.
 *
 * @param {string} dtype
 * @returns {(result: any) => unknown}
 */
export const scalarFrom = (dtype) =>
  dtype === "bool"
    ? (result) => result !== 0
    : dtype === "uint32"
      ? (result) => result >>> 0
      : dtype === "uint64"
        ? (result) => BigInt.asUintN(64, result)
        : (result) => result;

/**
 * An element of an array as JavaScript's users see it.
 *
 * @param {number} code
 * @param {any} data
 * @param {number} index
 * @returns {number | bigint | boolean | Complex}
 */
export const elementAt = (code, data, index) =>
  partsOf(code) === 1 ? valueOf(code, data[index]) : { re: data[2 * index], im: data[2 * index + 1] };

/**
 * Sets an element to what passes its dtype's test.
 *
 * @param {number} code
 * @param {any} data
 * @param {number} index
 * @param {any} value
 */
export function setElement(code, data, index, value) {
  if (partsOf(code) === 1) {
    data[index] = value;
  } else {
    data[2 * index] = typeof value === "number" ? value : value.re;
    data[2 * index + 1] = typeof value === "number" ? 0 : value.im;
  }
}
