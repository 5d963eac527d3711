// One case here, and its result beside NumPy's.

import { bytesOf } from "../support/dtypes.mjs";
import { TYPED } from "./arrays.mjs";

/**
 * What came of a case here, as plain data.
 *
 * @typedef {{ refused?: string, text?: string, results?: Result[], written?: Uint8Array[] }} Outcome
 * @typedef {{ dtype?: string, shape?: number[], bytes?: Uint8Array, value?: any }} Result a single value has no dtype
 *
 * How near two elements must be: the same bits; numbers that are equal; within the bound that NumPy's side computed; so many units
 * in the last place; or so many of the dtype's epsilons, of the largest element.
 *
 * @typedef {"exact" | "zeros" | "bound" | { ulp: number } | { eps: number, least?: number }} Same
 */

/**
 * @param {Record<string, any>} kernels the package's module
 * @param {any} k
 * @param {import("./cases.mjs").Case} one
 * @returns {Outcome}
 */
export function runHere(kernels, k, { request, run, refusals = ["KernelShapeError"] }) {
  /** @type {Outcome} */
  const outcome = {};
  k.scope(() => {
    try {
      const built = request.args.map((spec) => build(k, spec));
      const result = run(k, built.map(({ view }) => view));
      if (typeof result === "string") {
        outcome.text = result;
      } else {
        outcome.results = (result === undefined ? [] : Array.isArray(result) ? result : [result]).map(plain);
      }
      outcome.written = request.written.map((place) => bytesOf(built[place].base.toTypedArray()));
    } catch (error) {
      if (!(error instanceof kernels.KernelError) || !refusals.includes(error.name)) {
        throw error;
      }
      outcome.refused = `${error.name}: ${error.message}`;
    }
  });
  return outcome;
}

/** An array, and the view that the steps make of it; or a single value. */
export function build(k, { dtype, shape, bytes, steps, scalar }) {
  const data = new TYPED[dtype](Uint8Array.from(Buffer.from(bytes, "base64")).buffer);
  const base = k.array(data, { dtype, shape });
  if (scalar) {
    return { base, view: base.toArray() };
  }
  let view = base;
  for (const [method, ...args] of steps) {
    // An element is no view; `slice` makes one of it.
    const last = method === "at" && args.length === view.ndim;
    view = last ? view.slice(...args) : view[method](...args);
  }
  return { base, view };
}

/** @returns {Result} */
export function plain(result) {
  if (typeof result !== "object" || "re" in result) {
    return { value: result };
  }
  if (result instanceof Uint8Array) {
    return { dtype: "uint8", shape: [result.length], bytes: bytesOf(result) };
  }
  return { dtype: result.dtype, shape: [...result.shape], bytes: bytesOf(result.toTypedArray()) };
}

/**
 * What differs between both sides; null if nothing does.
 *
 * @param {import("./cases.mjs").Case} one
 * @param {Outcome} ours
 * @param {any} theirs
 */
export function difference({ same = "exact", request }, ours, theirs) {
  if (ours.refused || theirs.refused) {
    return ours.refused && theirs.refused ? null : "one side refuses";
  }
  if (ours.text !== theirs.text) {
    return "the texts differ";
  }
  const results = ours.results ?? [];
  if (results.length !== theirs.results.length) {
    return `${results.length} results and ${theirs.results.length}`;
  }
  const bounds = (/** @type {string | null} */ bytes) => bytes && new Float64Array(bufferOf(bytes));
  const bound = bounds(theirs.bound);
  for (const [i, result] of results.entries()) {
    const { dtype, shape, bytes } = theirs.results[i];
    const own = "value" in result ? single(result.value, dtype) : result;
    if (own.dtype !== dtype || `${own.shape}` !== `${shape}`) {
      return `result ${i} is ${own.dtype} [${own.shape}] and ${dtype} [${shape}]`;
    }
    const at = unequal(dtype, own.bytes.buffer, bufferOf(bytes), bound ? "bound" : same, bound);
    if (at) {
      return `result ${i}, ${at}`;
    }
  }
  for (const [i, place] of request.written.entries()) {
    const { dtype } = request.args[place];
    const around = bounds(theirs.written_bounds[i]);
    const at = unequal(dtype, ours.written[i].buffer, bufferOf(theirs.written[i]), around ? "bound" : same, around);
    if (at) {
      return `what was written to argument ${place}, ${at}`;
    }
  }
  return null;
}

/** @param {string} text */
export const bufferOf = (text) => Uint8Array.from(Buffer.from(text, "base64")).buffer;

/** @returns {Result} */
function single(value, dtype) {
  const parts = typeof value === "object" ? [value.re, value.im] : [value];
  return { dtype, shape: [], bytes: bytesOf(TYPED[dtype].from(parts)) };
}

/**
 * Where elements differ; undefined where they are the same.
 *
 * @param {string} dtype
 * @param {ArrayBufferLike} left
 * @param {ArrayBufferLike} right
 * @param {Same} same
 * @param {Float64Array | null} [bound]
 */
function unequal(dtype, left, right, same, bound) {
  const [ours, theirs] = [left, right].map((buffer) => new TYPED[dtype](buffer));
  if (ours.length !== theirs.length) {
    return `${ours.length} elements and ${theirs.length}`;
  }
  // The elements of NaN have no bits of their own: wasm leaves them open.
  const equal = same === "exact" ? Object.is : (a, b) => a === b || (a !== a && b !== b);
  const apart = typeof same === "object" ? distance(dtype, same, theirs) : () => Infinity;
  for (let i = 0; i < ours.length; i++) {
    const [a, b] = [ours[i], theirs[i]];
    const near = bound && Number.isFinite(b) && Math.abs(a - b) <= bound[i];
    if (!near && !equal(a, b) && !(apart(a, b) <= 1)) {
      return `element ${i}: ${a} and ${b}${bound ? `, bound ${bound[i]}` : ""}`;
    }
  }
  return undefined;
}

/**
 * How far two elements are apart: 1 is just near enough.
 *
 * @param {string} dtype
 * @param {{ ulp: number } | { eps: number, least?: number }} same `least`: of what size the numbers were whose differences may be left
 * @param {ArrayLike<number>} theirs all elements
 */
function distance(dtype, same, theirs) {
  const single = TYPED[dtype] === Float32Array;
  const eps = single ? 2 ** -23 : 2 ** -52;
  if ("ulp" in same) {
    const least = single ? -126 : -1022;
    return (a, b) => {
      const exponent = Math.max(Math.floor(Math.log2(Math.abs(b))), least);
      return Math.abs(a - b) / (same.ulp * eps * 2 ** exponent);
    };
  }
  const finite = Array.from(theirs, Number).filter(Number.isFinite);
  const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), same.least ?? 0);
  return (a, b) => Math.abs(a - b) / (same.eps * eps * largest);
}

/**
 * A case and both answers, to be read.
 *
 * @param {import("./cases.mjs").Case} one
 * @param {Outcome} ours
 * @param {any} theirs
 */
export function describeCase({ kind, request }, ours, theirs) {
  const { op, name, args, options, numbers } = request;
  const lines = [`${kind}: ${op} ${name} ${JSON.stringify(options)} ${numbers ? JSON.stringify(numbers) : ""}`];
  for (const [place, { dtype, shape, bytes, steps, scalar }] of args.entries()) {
    const data = [...new TYPED[dtype](bufferOf(bytes))].map(String);
    const shown = data.length > 60 ? [...data.slice(0, 60), "..."] : data;
    const as = scalar ? "single value" : `[${shape}] ${JSON.stringify(steps)}`;
    lines.push(`  argument ${place}: ${dtype} ${as}: ${shown.join(" ")}`);
  }
  const show = (answer) => answer.refused ?? answer.text ?? JSON.stringify(answer.results?.map(shown));
  lines.push(`  here:  ${show(ours)}`, `  numpy: ${show(theirs)}`);
  return lines.join("\n");
}

export function shown({ dtype, shape, bytes, value }) {
  if (dtype === undefined) {
    return String(value);
  }
  const buffer = typeof bytes === "string" ? bufferOf(bytes) : bytes.buffer;
  return `${dtype} [${shape}]: ${[...new TYPED[dtype](buffer)].slice(0, 60).map(String).join(" ")}`;
}
