// `scope`: frees what a function makes, arrays and handles, but for what it returns.

import { KernelTypeError } from "./errors.js";
import { describe } from "./messages.js";

/** @typedef {Set<{ free(): void }>} Made */

/**
 * @template T
 * @param {import("./runtime.js").Runtime} rt
 * @param {() => T} run
 * @returns {T}
 */
export function scope(rt, run) {
  if (typeof run !== "function") {
    throw new KernelTypeError(`\`scope\`: takes a function, got ${describe(run)}`, { kernel: "scope" });
  }
  /** @type {Made} */
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
    freeAll([...made]);
  }
}

/**
 * Frees all, also where a destructor panics; the first such panic is thrown.
 *
 * @param {{ free(): void }[]} made
 */
function freeAll(made) {
  made.forEach((one, index) => {
    try {
      one.free();
    } catch (error) {
      freeAll(made.slice(index + 1));
      throw error;
    }
  });
}

/**
 * Takes arrays and handles out of a scope, into the one around it: alone, or in plain objects and arrays.
 *
 * @param {unknown} value
 * @param {Made} made
 * @param {Made | undefined} outer
 * @param {Set<unknown>} seen
 */
function keep(value, made, outer, seen) {
  if (typeof value !== "object" || value === null || seen.has(value)) {
    return;
  }
  const one = /** @type {any} */ (value);
  if (made.delete(one)) {
    outer?.add(one);
    return;
  }
  const plain = Array.isArray(value) || [null, Object.prototype].includes(Object.getPrototypeOf(value));
  if (plain) {
    seen.add(value);
    Object.values(value).forEach((item) => keep(item, made, outer, seen));
  }
}
