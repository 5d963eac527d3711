// `scope`: frees what a function makes, but for what it returns.

import { NdArray } from "./array.js";
import { KernelTypeError } from "./errors.js";

/**
 * @template T
 * @param {import("./arrays.js").ArrayRuntime} rt
 * @param {() => T} run
 * @returns {T}
 */
export function scope(rt, run) {
  /** @type {Set<NdArray>} */
  const made = new Set();
  rt.scopes.push(made);
  try {
    const result = run();
    if (typeof (/** @type {any} */ (result)?.then) === "function") {
      const text = "`scope`: the function must not return a promise, whose arrays would be freed before it is settled";
      throw new KernelTypeError(text, { kernel: "scope" });
    }
    keep(result, made, rt.scopes.at(-2), new Set());
    return result;
  } finally {
    // A scope ends after those inside it.
    rt.scopes.pop();
    made.forEach((array) => array.free());
  }
}

/**
 * Takes arrays out of a scope, into the one around it: alone, or in plain objects and arrays.
 *
 * @param {unknown} value
 * @param {Set<NdArray>} made
 * @param {Set<NdArray> | undefined} outer
 * @param {Set<unknown>} seen
 */
function keep(value, made, outer, seen) {
  if (value instanceof NdArray) {
    if (made.delete(value)) {
      outer?.add(value);
    }
    return;
  }
  if (typeof value !== "object" || value === null || seen.has(value)) {
    return;
  }
  const plain = Array.isArray(value) || [null, Object.prototype].includes(Object.getPrototypeOf(value));
  if (plain) {
    seen.add(value);
    Object.values(value).forEach((item) => keep(item, made, outer, seen));
  }
}
