// What `load()` gives beside the kernels where they have arrays.

import { array, empty, full, ones, zeros } from "./create.js";
import { fromNpy } from "./npy.js";
import { fromNpz, toNpz } from "./npz.js";
import { arange, eye, linspace } from "./ranges.js";
import { scope } from "./scope.js";

/** @param {import("./arrays.js").ArrayRuntime} rt */
export const createMembers = (rt) => ({
  array: bind(array, rt),
  zeros: bind(zeros, rt),
  ones: bind(ones, rt),
  full: bind(full, rt),
  empty: bind(empty, rt),
  arange: bind(arange, rt),
  linspace: bind(linspace, rt),
  eye: bind(eye, rt),
  fromNpy: bind(fromNpy, rt),
  fromNpz: bind(fromNpz, rt),
  toNpz: bind(toNpz, rt),
  scope: bind(scope, rt),

  /** What is alive: arrays, views included, and the bytes of their elements, which views share. */
  get memory() {
    return { arrays: rt.live, bytes: rt.bytes };
  },
});

/**
 * @template {(rt: any, ...args: any[]) => unknown} F
 * @param {F} method
 * @param {import("./arrays.js").ArrayRuntime} rt
 */
const bind = (method, rt) => (/** @type {any[]} */ ...args) => method(rt, ...args);
