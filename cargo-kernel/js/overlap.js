// Whether arrays share memory, as `overlap.rs` in kernel-runtime sees it: by the range of what they reach, so that elements
// which only interleave are refused too.

import { arraysOf, isArrayLike, stridedOf } from "./arraylike.js";
import { STATUS_ALIAS } from "./abi.js";
import { codeOf, partsOf } from "./dtypes.js";
import { explain, itemOf, paramOf } from "./messages.js";
import { reach } from "./strided.js";

/** @typedef {import("./strided.js").Strided} Strided */

/**
 * Refuses arrays that share bytes with one that the kernel writes to, where one of the two is copied.
 *
 * @param {import("./messages.js").Facts} facts
 * @param {unknown[]} values the arguments
 * @param {(value: unknown) => Strided | null | undefined} residentOf null for what will be refused anyway, undefined for
 * what is no resident array
 */
export function checkApart(facts, values, residentOf) {
  const arrays = values.flatMap((value, place) =>
    paramOf(facts, place).list && Array.isArray(value)
      ? arraysOf(value).map((item, index) => ({ value: item, place: itemOf(place, index) }))
      : { value, place },
  );
  if (!arrays.some(({ value }) => ArrayBuffer.isView(value) || isArrayLike(value))) {
    return;
  }
  const extents = arrays.map(({ value, place }) => {
    const resident = residentOf(value);
    if (resident !== undefined) {
      return resident && extentOf(resident);
    }
    if (isArrayLike(value)) {
      return extentOf(stridedOf(value, facts, place, codeOf(paramOf(facts, place).dtype)));
    }
    return ArrayBuffer.isView(value) ? value : null;
  });
  extents.forEach((a, i) => {
    if (a && paramOf(facts, arrays[i].place).mutable) {
      const j = extents.findIndex((b, j) => b && i !== j && overlap(a, b));
      if (j >= 0) {
        throw explain(facts, STATUS_ALIAS, [arrays[i].place, arrays[j].place], String);
      }
    }
  });
}

/**
 * From the first byte that an array reaches to the last.
 *
 * @param {Strided} array
 * @returns {ArrayBufferView}
 */
function extentOf({ code, data, offset, ...layout }) {
  const { low, high } = reach({ ...layout }) ?? { low: 0, high: -1 };
  const parts = partsOf(code);
  return data.subarray((offset + low) * parts, (offset + high + 1) * parts);
}

/**
 * @param {ArrayBufferView} a
 * @param {ArrayBufferView} b
 */
const overlap = (a, b) =>
  a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;

/**
 * Whether two indices may reach one element: not where, with the axes in the order of their strides, each stride is
 * larger than what all smaller ones reach together.
 *
 * @param {readonly number[]} shape
 * @param {readonly number[]} strides
 */
export function overlapsItself(shape, strides) {
  if (shape.includes(0)) {
    return false;
  }
  const axes = shape.map((n, axis) => ({ n, stride: Math.abs(strides[axis]) })).filter(({ n }) => n > 1);
  axes.sort((a, b) => a.stride - b.stride);
  let reached = 0;
  return axes.some(({ n, stride }) => {
    const overlaps = stride <= reached;
    reached += (n - 1) * stride;
    return overlaps;
  });
}
