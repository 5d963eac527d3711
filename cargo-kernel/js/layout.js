// Other views of the same elements: new shapes and strides, nothing copied.

import { areSizes, SIZES } from "./checks.js";
import { sizeOf } from "./dtypes.js";
import { KernelShapeError } from "./errors.js";
import { describe, wrong } from "./messages.js";
import { rowMajor } from "./strided.js";

/** @typedef {import("./strided.js").Layout} Layout */

/**
 * @param {string} method
 * @param {string} argument
 * @param {string} text
 */
const shapeError = (method, argument, text) => wrong(KernelShapeError, method, argument, text);

/** @param {readonly unknown[]} values */
export const list = (values) => `[${Array.from(values, describe).join(", ")}]`;

/**
 * An axis, counted from the end if it is negative.
 *
 * @param {string} method
 * @param {unknown} axis
 * @param {number} rank
 */
export function checkAxis(method, axis, rank) {
  const index = Number.isInteger(axis) ? /** @type {number} */ (axis) : NaN;
  if (!(index >= -rank && index < rank)) {
    const wanted = rank ? `an axis from ${-rank} to ${rank - 1}` : "left out, since there are no axes";
    throw shapeError(method, "axis", `must be ${wanted}, got ${describe(axis)}`);
  }
  return index < 0 ? index + rank : index;
}

/**
 * Sizes given one by one, or as an array.
 *
 * @param {string} method
 * @param {unknown[]} sizes
 * @param {string} [argument]
 * @returns {number[]}
 */
export function checkSizes(method, sizes, argument = "shape") {
  const shape = sizes.length === 1 && Array.isArray(sizes[0]) ? sizes[0] : sizes;
  if (!areSizes(shape)) {
    throw shapeError(method, argument, `must be ${SIZES}, got ${list(shape)}`);
  }
  return [...shape];
}

/**
 * The axes in another order, by default reversed.
 *
 * @param {Layout} layout
 * @param {unknown[]} axes
 * @returns {Layout}
 */
export function transposed({ shape, strides, offset }, axes) {
  const rank = shape.length;
  const given = axes.length === 1 && Array.isArray(axes[0]) ? axes[0] : axes;
  const order = given.length
    ? given.map((axis) => checkAxis("transpose", axis, rank))
    : shape.map((_, axis) => rank - 1 - axis);
  if (order.length !== rank || new Set(order).size !== rank) {
    throw shapeError("transpose", "axes", `must name each of ${rank} axes once, got ${list(given)}`);
  }
  return { shape: order.map((axis) => shape[axis]), strides: order.map((axis) => strides[axis]), offset };
}

/**
 * The shape that `reshape` means: one size may be -1.
 *
 * @param {unknown[]} sizes
 * @param {number} size the number of elements
 */
export function resolveShape(sizes, size) {
  const given = sizes.length === 1 && Array.isArray(sizes[0]) ? sizes[0] : sizes;
  const open = given.indexOf(-1);
  const shape = given.map((/** @type {unknown} */ n, /** @type {number} */ i) => (i === open ? 1 : n));
  if (!areSizes(shape)) {
    throw shapeError("reshape", "shape", `must be ${SIZES}, one of which may be -1, got ${list(given)}`);
  }
  if (open >= 0) {
    // With a size of 0 among the others, any would do.
    shape[open] = size / sizeOf(shape);
  }
  if (sizeOf(shape) !== size || !Number.isInteger(shape[open] ?? 0)) {
    throw shapeError("reshape", "shape", `must have ${size} elements as the array, got ${list(given)}`);
  }
  return shape;
}

/**
 * Another shape of as many elements; null where no strides reach them in their order.
 *
 * @param {Layout} layout
 * @param {readonly number[]} target
 * @returns {Layout | null}
 */
export function reshaped({ shape, strides, offset }, target) {
  if (target.includes(0)) {
    return { shape: target, strides: rowMajor(target), offset };
  }
  // An axis of size 1 is never stepped along.
  const axes = shape.map((n, axis) => ({ n, stride: strides[axis] })).filter(({ n }) => n !== 1);
  const result = target.map(() => 1);
  // Runs of old and new axes with as many elements: `axes[i..k]` and `target[j..l]`.
  for (let i = 0, j = 0; i < axes.length; ) {
    let [k, l] = [i + 1, j + 1];
    let [old, wanted] = [axes[i].n, target[j]];
    while (old !== wanted) {
      if (old < wanted) {
        old *= axes[k++].n;
      } else {
        wanted *= target[l++];
      }
    }
    for (let axis = i + 1; axis < k; axis++) {
      if (axes[axis - 1].stride !== axes[axis].n * axes[axis].stride) {
        return null;
      }
    }
    let { stride } = axes[k - 1];
    for (let axis = l; axis-- > j; ) {
      result[axis] = stride;
      stride *= target[axis];
    }
    [i, j] = [k, l];
  }
  return { shape: target, strides: result, offset };
}

/**
 * NumPy's broadcasting: sizes of 1 are repeated, axes are added in front.
 *
 * @param {Layout} layout
 * @param {readonly number[]} target
 * @returns {Layout}
 */
export function broadcasted({ shape, strides, offset }, target) {
  const added = target.length - shape.length;
  const fits = added >= 0 && shape.every((n, axis) => n === 1 || n === target[added + axis]);
  if (!fits) {
    throw shapeError("broadcastTo", "shape", `must end in ${list(shape)}, whose sizes of 1 may differ, got ${list(target)}`);
  }
  return {
    shape: target,
    strides: target.map((n, axis) => (axis < added || shape[axis - added] !== n ? 0 : strides[axis - added])),
    offset,
  };
}

/**
 * Without an axis of size 1, or without all of them.
 *
 * @param {Layout} layout
 * @param {unknown} axis
 * @returns {Layout}
 */
export function squeezed({ shape, strides, offset }, axis) {
  const only = axis === undefined ? -1 : checkAxis("squeeze", axis, shape.length);
  if (only >= 0 && shape[only] !== 1) {
    throw shapeError("squeeze", "axis", `must have size 1, axis ${only} has ${shape[only]}`);
  }
  const kept = shape.map((_, axis) => axis).filter((axis) => (only < 0 ? shape[axis] !== 1 : axis !== only));
  return { shape: kept.map((axis) => shape[axis]), strides: kept.map((axis) => strides[axis]), offset };
}

/**
 * With one more axis, of size 1.
 *
 * @param {Layout} layout
 * @param {unknown} axis
 * @returns {Layout}
 */
export function expanded({ shape, strides, offset }, axis) {
  const at = checkAxis("expandDims", axis, shape.length + 1);
  const insert = (/** @type {readonly number[]} */ values, /** @type {number} */ value) => [
    ...values.slice(0, at),
    value,
    ...values.slice(at),
  ];
  return { shape: insert(shape, 1), strides: insert(strides, 0), offset };
}
