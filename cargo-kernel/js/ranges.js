// Arrays of numbers in a row, by NumPy's rules down to the last bit.

import { TYPED_ARRAYS } from "./abi.js";
import { codeOf, IS, setElement } from "./dtypes.js";
import { KernelShapeError, KernelTypeError } from "./errors.js";
import { describe, refuse, wrong } from "./messages.js";
import { checkDtype, checkOptions, checkShape } from "./options.js";

/** @typedef {import("./arrays.js").ArrayRuntime} Runtime */

/**
 * `arange(stop)`, `arange(start, stop)` or `arange(start, stop, step)`, then options.
 *
 * @param {Runtime} rt
 * @param {...any} args
 */
export function arange(rt, ...args) {
  const { values, options } = splitOptions("arange", args, 3, []);
  const big = typeof values[0] === "bigint";
  const [start, stop, step] =
    values.length < 2 ? [big ? 0n : 0, values[0], big ? 1n : 1] : [values[0], values[1], values[2] ?? (big ? 1n : 1)];
  Object.entries({ start, stop, step }).forEach(([name, value]) => {
    if (big ? typeof value !== "bigint" : !Number.isFinite(value)) {
      throw wrong(KernelTypeError, "arange", name, `must be ${big ? "a bigint as the others" : "a finite number"}, got ${describe(value)}`);
    }
  });
  if (!Number(step)) {
    throw wrong(KernelShapeError, "arange", "step", "must not be 0");
  }
  const code = checkDtype("arange", options.dtype ?? (big ? "int64" : "float64"));
  const length = big ? bigLength(start, stop, step) : Math.ceil((stop - start) / step);
  const [size] = checkShape("arange", Math.max(0, length));
  if (big || !isFloat(code)) {
    return rt.create("arange", code, [size], (data) =>
      each(size, (i) => set("arange", code, data, i, start + step * /** @type {any} */ (big ? BigInt(i) : i))),
    );
  }
  // NumPy sets two elements, and the others by their difference.
  const round = rounding(code);
  const first = round(start);
  const difference = round(round(start + step) - first);
  return rt.create("arange", code, [size], (data) =>
    each(size, (i) => set("arange", code, data, i, i === 1 ? start + step : first + round(i * difference))),
  );
}

/**
 * @param {Runtime} rt
 * @param {number} start
 * @param {number} stop
 * @param {...any} args how many, 50 by default; then options
 */
export function linspace(rt, start, stop, ...args) {
  const { values, options } = splitOptions("linspace", args, 1, ["endpoint"]);
  Object.entries({ start, stop }).forEach(([name, value]) => {
    if (!Number.isFinite(value)) {
      throw wrong(KernelTypeError, "linspace", name, `must be a finite number, got ${describe(value)}`);
    }
  });
  const [size] = checkShape("linspace", values[0] ?? 50);
  const endpoint = options.endpoint ?? true;
  const code = checkDtype("linspace", options.dtype ?? "float64");
  const intervals = endpoint ? size - 1 : size;
  const step = (stop - start) / intervals;
  const at = (/** @type {number} */ i) => {
    if (endpoint && i && i === size - 1) {
      return stop;
    }
    const along = !intervals ? 0 : step ? i * step : (i / intervals) * (stop - start);
    return along + start;
  };
  const round = isFloat(code) ? (/** @type {number} */ value) => value : Math.floor;
  return rt.create("linspace", code, [size], (data) =>
    each(size, (i) => set("linspace", code, data, i, round(at(i)))),
  );
}

/**
 * Ones on a diagonal, zeros elsewhere: `eye(rows)` or `eye(rows, columns)`, then options.
 *
 * @param {Runtime} rt
 * @param {number} n
 * @param {...any} args
 */
export function eye(rt, n, ...args) {
  const { values, options } = splitOptions("eye", args, 1, ["k"]);
  const shape = checkShape("eye", [n, values[0] ?? n]);
  const k = options.k ?? 0;
  if (!Number.isInteger(k)) {
    throw wrong(KernelTypeError, "eye", "k", `must be an integer, got ${describe(k)}`);
  }
  const code = checkDtype("eye", options.dtype ?? "float64");
  const [rows, columns] = shape;
  return rt.create("eye", code, shape, (data) => {
    const [zero, one] = [0, 1].map((number) => convert(code, number));
    data.fill(typeof zero === "boolean" ? 0 : zero);
    each(rows, (row) => {
      if (row + k >= 0 && row + k < columns) {
        setElement(code, data, row * columns + row + k, one);
      }
    });
  });
}

/**
 * @param {string} method
 * @param {any[]} args
 * @param {number} most how many come before the options
 * @param {string[]} others what these may have besides a dtype
 */
function splitOptions(method, args, most, others) {
  const last = args.at(-1);
  const given = args.length > most || (typeof last === "object" && last);
  const options = checkOptions(method, given ? last : undefined, ["dtype", ...others]);
  return { values: given ? args.slice(0, -1) : args, options };
}

/**
 * @param {number} count
 * @param {(i: number) => void} visit
 */
function each(count, visit) {
  for (let i = 0; i < count; i++) {
    visit(i);
  }
}

/**
 * @param {bigint} start
 * @param {bigint} stop
 * @param {bigint} step
 */
function bigLength(start, stop, step) {
  const away = step > 0n ? -1n : 1n;
  return start === stop || start < stop !== step > 0n ? 0 : Number((stop - start + step + away) / step);
}

/** @param {number} code */
const isFloat = (code) => !isInteger(code) && code !== codeOf("bool");

/** @param {number} code */
const isInteger = (code) => IS[code](1n) || IS[code](1) !== IS[code](0.5);

/**
 * What a number becomes in a dtype.
 *
 * @param {number} code
 */
function rounding(code) {
  const scratch = new TYPED_ARRAYS[code](1);
  return (/** @type {number} */ value) => {
    scratch[0] = /** @type {never} */ (value);
    return Number(scratch[0]);
  };
}

/**
 * @param {string} method
 * @param {number} code
 * @param {any} data
 * @param {number} i
 * @param {number | bigint} value
 */
function set(method, code, data, i, value) {
  const converted = convert(code, value);
  if (!IS[code](converted)) {
    refuse({ name: method, params: [{ name: "dtype", dtype: "" }], results: [] }, 0, value, code, [i]);
  }
  setElement(code, data, i, converted);
}

/**
 * A number as elements of a dtype are; itself where it has none of that value.
 *
 * @param {number} code
 * @param {number | bigint} value
 */
function convert(code, value) {
  if (IS[code](1n)) {
    return typeof value === "bigint" || !Number.isInteger(value) ? value : BigInt(value);
  }
  return IS[code](true) ? (value == 0 || value == 1 ? value == 1 : value) : Number(value);
}
