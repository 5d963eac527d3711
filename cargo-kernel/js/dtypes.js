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

/** The tests, by code. */
export const IS = [
  isBool, isInt8, isInt16, isInt32, isInt64, isUint8, isUint16, isUint32, isUint64, isFloat32, isFloat64,
];

/**
 * The code of a dtype's name, -1 if there is none.
 *
 * @param {string} dtype
 */
export const codeOf = (dtype) => DTYPES.indexOf(dtype);

/**
 * The name of a typed array's class, whatever realm it comes from; undefined for anything else.
 *
 * @param {any} value
 * @returns {string | undefined}
 */
export const typedArrayName = (value) =>
  ArrayBuffer.isView(value) ? /** @type {any} */ (value)[Symbol.toStringTag] : undefined;

/**
 * Whether a typed array of this name holds the elements of a dtype.
 *
 * @param {string} name
 * @param {number} code
 */
export const holds = (name, code) => (name === "Uint8ClampedArray" ? "Uint8Array" : name) === TYPED_ARRAYS[code].name;

/**
 * The number of elements.
 *
 * @param {readonly number[]} shape
 */
export const sizeOf = (shape) => shape.reduce((size, n) => size * n, 1);

/**
 * An element of a typed array as JavaScript's users see it.
 *
 * @param {number} code
 * @param {any} element
 * @returns {number | bigint | boolean}
 */
export const elementOf = (code, element) => (code ? element : element !== 0);

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
