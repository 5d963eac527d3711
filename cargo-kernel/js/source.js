// What can be copied into an array: typed arrays, nested arrays, what is shaped like an array, single values.

import { DTYPES, TYPED_ARRAYS } from "./abi.js";
import { isArrayLike, stridedOf } from "./arraylike.js";
import { checkAttached, elements, MAX_RANK } from "./checks.js";
import { codeOf, codeOfArray, holds, IS, isComplexValue, lengthOf, partsOf, setElement, typedArrayName } from "./dtypes.js";
import { KernelShapeError } from "./errors.js";
import { notAnArray, refusal, refuse } from "./messages.js";
import { copy, pack, rowMajor } from "./strided.js";

/** @typedef {import("./messages.js").Facts} Facts */

/**
 * Elements to copy: `present` gives them as a typed array in row-major order, however the memory has grown since, and
 * `store` sets them where they come from.
 *
 * @typedef {object} Source
 * @property {number} code
 * @property {number[]} shape
 * @property {() => any} present
 * @property {(elements: any) => void} store
 * @property {readonly number[]} [strides] where they are no copy's
 */

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
  if (isArrayLike(value)) {
    const array = stridedOf(value, facts, place, code);
    const data = present(array.data, memory);
    const now = () => ({ ...array, data: data() });
    const { shape } = array;
    const store = (/** @type {any} */ elements) =>
      copy({ code: array.code, data: elements, shape, strides: rowMajor(shape), offset: 0 }, now());
    return { code: array.code, shape: [...shape], present: () => pack(now()), store, strides: array.strides };
  }
  const name = typedArrayName(value);
  if (name === undefined) {
    if (!Array.isArray(value) && (!single || (typeof value === "object" && !isComplexValue(value)))) {
      throw notAnArray(facts, place, value, code);
    }
    return flatten(facts, place, value, code);
  }
  const own = code < 0 ? codeOfArray(name) : code;
  if (own < 0 || !holds(name, own)) {
    throw notAnArray(facts, place, value, code);
  }
  const array = /** @type {any} */ (value);
  checkAttached(array, facts, place);
  const parts = partsOf(own);
  const length = lengthOf(array);
  if (length % parts) {
    const text = `has ${length} numbers, and ${DTYPES[own]} elements have two each`;
    throw refusal(KernelShapeError, facts, place, text);
  }
  const now = present(array, memory);
  return { code: own, shape: [length / parts], present: now, store: (elements) => now().set(elements) };
}

/**
 * A typed array as it is now: a view of the instance's memory is detached when that grows, which making a copy can cause.
 *
 * @param {any} array
 * @param {WebAssembly.Memory} memory
 * @returns {() => any}
 */
function present(array, memory) {
  const { buffer, byteOffset, constructor } = array;
  const length = lengthOf(array);
  return buffer === memory.buffer ? () => new constructor(memory.buffer, byteOffset, length) : () => array;
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
  const own = code < 0 ? codeOf(dtypeFor(first)) : code;
  const data = /** @type {any} */ (new TYPED_ARRAYS[own](elements(facts.name, own, shape) * partsOf(own)));
  const is = IS[own];
  /** @type {number[]} */
  const path = [];
  let next = 0;

  const fill = (/** @type {unknown} */ item, /** @type {number} */ axis) => {
    if (axis === shape.length) {
      if (!is(item)) {
        if (Array.isArray(item)) {
          throw refusal(KernelShapeError, facts, place, "is an array, expected a single value as before it", path);
        }
        refuse(facts, place, item, own, path);
      }
      setElement(own, data, next++, item);
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
  return { code: own, shape, present: () => data, store() {} };
}

/**
 * The dtype that a single value suggests.
 *
 * @param {unknown} value
 */
export function dtypeFor(value) {
  switch (typeof value) {
    case "bigint":
      return "int64";
    case "boolean":
      return "bool";
    default:
      return isComplexValue(value) ? "complex128" : "float64";
  }
}
