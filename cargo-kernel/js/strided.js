// Elements of a typed array that strides reach, as NumPy's arrays have them.

import { TYPED_ARRAYS } from "./abi.js";
import { partsOf, sizeOf } from "./dtypes.js";

/**
 * Where elements are; strides and offset count elements.
 *
 * @typedef {{ shape: readonly number[], strides: readonly number[], offset: number }} Layout
 *
 * Elements of a dtype: two numbers each where they are complex.
 *
 * @typedef {Layout & { code: number, data: any }} Strided
 */

/**
 * The strides of elements in row-major order.
 *
 * @param {readonly number[]} shape
 */
export function rowMajor(shape) {
  const strides = new Array(shape.length);
  let stride = 1;
  for (let axis = shape.length; axis--; ) {
    strides[axis] = stride;
    stride *= shape[axis] || 1;
  }
  return strides;
}

/**
 * Whether the elements lie in row-major order, one after the other.
 *
 * @param {Omit<Layout, "offset">} layout
 */
export function isRowMajor({ shape, strides }) {
  if (shape.includes(0)) {
    return true;
  }
  const wanted = rowMajor(shape);
  return shape.every((n, axis) => n === 1 || strides[axis] === wanted[axis]);
}

/**
 * How far elements lie before and behind the first one; null if there are none.
 *
 * @param {Omit<Layout, "offset">} layout
 */
export function reach({ shape, strides }) {
  if (shape.includes(0)) {
    return null;
  }
  let [low, high] = [0, 0];
  shape.forEach((n, axis) => {
    const last = (n - 1) * strides[axis];
    if (last < 0) {
      low += last;
    } else {
      high += last;
    }
  });
  return { low, high };
}

/**
 * The elements one after the other, in a typed array of their own.
 *
 * @param {Strided} array
 */
export function pack(array) {
  const { data, shape, offset, code } = array;
  const parts = partsOf(code);
  const length = sizeOf(shape) * parts;
  if (isRowMajor(array)) {
    return data.slice(offset * parts, offset * parts + length);
  }
  const packed = new TYPED_ARRAYS[code](length);
  copy(array, { ...array, data: packed, strides: rowMajor(shape), offset: 0 });
  return packed;
}

/**
 * Copies elements to others of the same dtype and shape.
 *
 * @param {Strided} from
 * @param {Strided} to
 */
export function copy(from, to) {
  const complex = partsOf(from.code) === 2;
  // The parts of a complex element are one more axis.
  const shape = complex ? [...from.shape, 2] : from.shape;
  const [source, sourceStrides, sourceAt] = flat(from, complex);
  const [target, targetStrides, targetAt] = flat(to, complex);
  const last = shape.length - 1;

  const walk = (/** @type {number} */ axis, /** @type {number} */ i, /** @type {number} */ j) => {
    const n = shape[axis];
    const step = sourceStrides[axis];
    const jump = targetStrides[axis];
    for (let count = 0; count < n; count++, i += step, j += jump) {
      if (axis === last) {
        target[j] = source[i];
      } else {
        walk(axis + 1, i, j);
      }
    }
  };
  if (last < 0) {
    target[targetAt] = source[sourceAt];
  } else if (!shape.includes(0)) {
    walk(0, sourceAt, targetAt);
  }
}

/**
 * @param {Strided} array
 * @param {boolean} complex
 * @returns {[any, readonly number[], number]}
 */
const flat = ({ data, strides, offset }, complex) =>
  complex ? [data, [...strides.map((stride) => 2 * stride), 1], 2 * offset] : [data, strides, offset];

/**
 * Calls back with the index in `data` of every element, in row-major order.
 *
 * @param {Layout} layout
 * @param {(index: number) => void} visit
 */
export function eachIndex({ shape, strides, offset }, visit) {
  const walk = (/** @type {number} */ axis, /** @type {number} */ index) => {
    if (axis === shape.length) {
      visit(index);
      return;
    }
    for (let i = 0; i < shape[axis]; i++) {
      walk(axis + 1, index + i * strides[axis]);
    }
  };
  walk(0, offset);
}
