// `slice`: indices as Python has them, as values or as a text.

import { KernelShapeError, KernelTypeError } from "./errors.js";
import { describe, wrong } from "./messages.js";

/** @typedef {import("./strided.js").Layout} Layout */

/**
 * What an index says about an axis: one place of it, a part of it, a new axis, or all axes that the others leave.
 *
 * @typedef {{ at: number } | { start: number | null, stop: number | null, step: number } | "newaxis" | "..."} Entry
 */

const INTEGER = /^[+-]?\d{1,15}$/;

/**
 * @param {unknown[]} indices
 * @returns {Entry[]}
 */
export function parseIndices(indices) {
  return indices.flatMap((index) => {
    if (typeof index === "string") {
      return parseText(index);
    }
    const [start = null, stop = null, step = null, ...more] = Array.isArray(index) ? index : [];
    if (Array.isArray(index) && !more.length && [start, stop, step].every((n) => n === null || Number.isInteger(n))) {
      return [cut(start, stop, step)];
    }
    if (!Number.isInteger(index)) {
      const came = Array.isArray(index) ? `[${index.map(describe).join(", ")}]` : describe(index);
      throw refused(`an integer, [start, stop, step] or a text such as "1:, ::-1", got ${came}`);
    }
    return [{ at: /** @type {number} */ (index) }];
  });
}

/**
 * @param {string} text
 * @returns {Entry[]}
 */
function parseText(text) {
  const entries = text.split(",").map((entry) => entry.trim());
  // Python allows one comma at the end.
  if (entries.length > 1 && entries.at(-1) === "") {
    entries.pop();
  }
  return entries.map((entry) => {
    if (entry === "...") {
      return entry;
    }
    if (entry === "newaxis" || entry === "None") {
      return "newaxis";
    }
    if (INTEGER.test(entry)) {
      return { at: Number(entry) };
    }
    const parts = entry.split(":").map((part) => part.trim().replace(/^None$/, ""));
    if (parts.length < 2 || parts.length > 3 || !parts.every((part) => part === "" || INTEGER.test(part))) {
      throw refused(`as Python has them, such as "1:, ::-1", "..., 0" or "newaxis", got ${describe(text)}`);
    }
    const [start, stop, step] = parts.map((part) => (part === "" ? null : Number(part)));
    return cut(start, stop, step);
  });
}

/**
 * @param {number | null} start
 * @param {number | null} stop
 * @param {number | null} [step]
 * @returns {Entry}
 */
function cut(start, stop, step) {
  if (step === 0) {
    throw refused("of a step that is not 0");
  }
  return { start, stop, step: step ?? 1 };
}

/** @param {string} text */
const refused = (text) => wrong(KernelTypeError, "slice", "indices", `must be ${text}`);

/**
 * @param {Layout} layout
 * @param {Entry[]} entries
 * @returns {Layout}
 */
export function sliced({ shape, strides, offset }, entries) {
  const named = entries.filter((entry) => typeof entry === "object").length;
  const rests = entries.filter((entry) => entry === "...").length;
  if (named > shape.length || rests > 1) {
    const text = rests > 1 ? 'must have one "..." at most' : `must be at most ${shape.length}, got ${named}`;
    throw wrong(KernelShapeError, "slice", "indices", text);
  }
  /** @type {{ shape: number[], strides: number[] }} */
  const view = { shape: [], strides: [] };
  let axis = 0;
  const keep = (/** @type {number} */ n, /** @type {number} */ stride) => {
    view.shape.push(n);
    view.strides.push(stride);
  };
  for (const entry of rests ? entries : [...entries, /** @type {const} */ ("...")]) {
    if (entry === "newaxis") {
      keep(1, 0);
    } else if (entry === "...") {
      for (let count = shape.length - named; count--; axis++) {
        keep(shape[axis], strides[axis]);
      }
    } else if ("at" in entry) {
      offset += place("slice", entry.at, axis, shape[axis]) * strides[axis];
      axis++;
    } else {
      const { start, count } = part(entry, shape[axis]);
      offset += count ? start * strides[axis] : 0;
      // The stride of a single place counts for nothing, and might not fit the header.
      keep(count, count > 1 ? strides[axis] * entry.step : strides[axis]);
      axis++;
    }
  }
  return { ...view, offset };
}

/**
 * Where a part begins, and how many places it has: Python's `slice.indices`.
 *
 * @param {{ start: number | null, stop: number | null, step: number }} part
 * @param {number} n
 */
function part({ start, stop, step }, n) {
  const [least, most] = step < 0 ? [-1, n - 1] : [0, n];
  const clip = (/** @type {number} */ at) => Math.min(Math.max(at < 0 ? at + n : at, least), most);
  const from = start === null ? (step < 0 ? most : least) : clip(start);
  const to = stop === null ? (step < 0 ? least : most) : clip(stop);
  return { start: from, count: Math.max(0, Math.ceil((to - from) / step)) };
}

/**
 * A place along an axis, counted from the end if it is negative.
 *
 * @param {string} method
 * @param {unknown} index
 * @param {number} axis
 * @param {number} n
 */
export function place(method, index, axis, n) {
  if (!Number.isInteger(index)) {
    throw wrong(KernelTypeError, method, "indices", `must be integers, got ${describe(index)} for axis ${axis}`);
  }
  const at = /** @type {number} */ (index);
  if (at < -n || at >= n) {
    const wanted = n ? `from ${-n} to ${n - 1}` : "left out, since it has size 0";
    throw wrong(KernelShapeError, method, "indices", `must for axis ${axis} be ${wanted}, got ${at}`);
  }
  return at < 0 ? at + n : at;
}
