// Random cases of every kind: what NumPy is asked, and the same call here.

import { kernelCase } from "./kernels.mjs";
import { listCase } from "./lists.mjs";
import { accumulateCase, mapCase, outerCase, reduceCase } from "./ufuncs.mjs";
import { createCase, viewCase } from "./views.mjs";

/**
 * @typedef {import("./arrays.mjs").Below} Below
 *
 * @typedef {object} Case
 * @property {string} kind
 * @property {any} request what `tests/numpy/server.py` is asked
 * @property {(k: any, args: any[]) => unknown} run the same; returns an array, a single value, several in an array, or nothing
 * @property {"exact" | "zeros" | "bound"} [same] how results compare: `zeros` are equal whatever their signs
 * @property {string[]} [refusals] the errors that a refusal may be, by default `KernelShapeError`
 */

/** Who makes cases, and how often of a hundred. */
const MAKERS = [
  [mapCase, 40],
  [reduceCase, 15],
  [accumulateCase, 6],
  [outerCase, 6],
  [kernelCase, 17],
  [listCase, 5],
  [viewCase, 8],
  [createCase, 3],
];

/**
 * @param {Below} below
 * @param {number} number the case's
 * @returns {Case}
 */
export function randomCase(below, number) {
  let at = below(100);
  return MAKERS.find(([, share]) => (at -= share) < 0)[0](below, number);
}
