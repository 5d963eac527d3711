// The text that NumPy's `str` gives, with its default options.

import { DTYPES, TYPED_ARRAYS } from "./abi.js";
import { rounded, shortest } from "./decimal.js";
import { elementAt, sizeOf } from "./dtypes.js";

/** @typedef {import("./strided.js").Strided} Strided */
/** @typedef {(value: any) => string} Format */

const WIDTH = 75;
const THRESHOLD = 1000;
const EDGE = 3;
const PRECISION = 8;

/** @param {Strided} array */
export function format(array) {
  const { code, data, shape, offset } = array;
  if (!shape.length) {
    return formatScalar(code, elementAt(code, data, offset));
  }
  const size = sizeOf(shape);
  if (!size) {
    return "[]";
  }
  const summarized = size > THRESHOLD;
  /** @type {any[]} */
  const shown = [];
  visit(array, summarized, (value) => shown.push(value));
  return formatAxes(array, summarized, formatFor(code, shown));
}

/**
 * The indices along an axis that are printed; `null` stands for those left out.
 *
 * @param {number} n
 * @param {boolean} summarized
 * @returns {(number | null)[]}
 */
function indices(n, summarized) {
  const all = (/** @type {number} */ from, /** @type {number} */ to) => Array.from({ length: to - from }, (_, i) => from + i);
  return summarized && n > 2 * EDGE ? [...all(0, EDGE), null, ...all(n - EDGE, n)] : all(0, n);
}

/**
 * @param {Strided} array
 * @param {boolean} summarized
 * @param {Format | ((value: any) => void)} see
 */
function visit({ code, data, shape, strides, offset }, summarized, see) {
  const walk = (/** @type {number} */ axis, /** @type {number} */ at) => {
    if (axis === shape.length) {
      see(elementAt(code, data, at));
      return;
    }
    for (const i of indices(shape[axis], summarized)) {
      if (i !== null) {
        walk(axis + 1, at + i * strides[axis]);
      }
    }
  };
  walk(0, offset);
}

/**
 * @param {Strided} array
 * @param {boolean} summarized
 * @param {Format} text
 */
function formatAxes({ code, data, shape, strides, offset }, summarized, text) {
  /** @type {(axis: number, at: number) => string} */
  const walk = (axis, at) => {
    const items = indices(shape[axis], summarized).map((i) => (i === null ? null : at + i * strides[axis]));
    const indent = " ".repeat(axis + 1);
    if (axis === shape.length - 1) {
      const words = items.map((at) => (at === null ? "..." : text(elementAt(code, data, at))));
      return `[${fill(words, indent, WIDTH - axis - 1)}]`;
    }
    const rows = items.map((at) => (at === null ? "..." : walk(axis + 1, at)));
    return `[${rows.join("\n".repeat(shape.length - 1 - axis) + indent)}]`;
  };
  return walk(0, offset);
}

/**
 * Words in lines; the first follows a bracket.
 *
 * @param {string[]} words
 * @param {string} indent
 * @param {number} width
 */
function fill(words, indent, width) {
  let lines = "";
  let line = indent;
  for (const [i, word] of words.entries()) {
    if (line.length + word.length > width && line.length > indent.length) {
      lines += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += word + (i < words.length - 1 ? " " : "");
  }
  return (lines + line).slice(indent.length);
}

/**
 * How the elements of an array are printed, all equally wide.
 *
 * @param {number} code
 * @param {any[]} shown
 * @returns {Format}
 */
function formatFor(code, shown) {
  switch (DTYPES[code][0]) {
    case "b":
      return (value) => (value ? " True" : "False");
    case "f":
      return formatFloats(code, shown);
    case "c": {
      const real = formatFloats(code, shown.map(({ re }) => re));
      const imaginary = formatFloats(code, shown.map(({ im }) => im), "+");
      return ({ re, im }) => real(re) + imaginary(im).replace(/ *$/, (space) => `j${space}`);
    }
    default: {
      const width = longestOf(shown.map(String));
      return (value) => String(value).padStart(width);
    }
  }
}

/** @param {string[]} texts of which there may be more than a call takes arguments */
const longestOf = (texts) => texts.reduce((longest, { length }) => Math.max(longest, length), 0);

/**
 * @param {number} code
 * @param {number[]} shown
 * @param {"+" | ""} plus the sign of what is not negative
 * @returns {Format}
 */
function formatFloats(code, shown, plus = "") {
  const finite = shown.filter(Number.isFinite);
  const scientific = isScientific(code, finite);
  const texts = finite.map((value) => (scientific ? exponential(value, code, plus) : positional(value, code, plus)));
  const parts = texts.map((text) => text.split(/[.e]/));
  const longest = (/** @type {number} */ part) => longestOf(parts.map((texts) => texts[part] ?? ""));
  const fraction = longest(1);
  // The sign of the exponent counts.
  const exponent = longest(2) - 1;
  const right = scientific ? exponent + 2 + fraction : fraction;
  let left = longest(0);
  if (finite.length < shown.length) {
    const sign = plus || shown.includes(-Infinity) ? 1 : 0;
    left = Math.max(left, 3 - right - 1, 3 + sign - right - 1);
  }
  return (value) => {
    if (!Number.isFinite(value)) {
      const text = Number.isNaN(value) ? `${plus}nan` : value < 0 ? "-inf" : `${plus}inf`;
      return text.padStart(left + right + 1);
    }
    const text = scientific
      ? exponential(value, code, plus, fraction, exponent)
      : positional(value, code, plus);
    const [whole, rest] = text.split(".");
    return `${whole.padStart(left)}.${rest.padEnd(scientific ? 0 : right)}`;
  };
}

/**
 * Whether the numbers of an array need exponents to be told apart in 8 digits.
 *
 * @param {number} code
 * @param {number[]} finite
 */
function isScientific(code, finite) {
  const sizes = finite.map(Math.abs).filter((size) => size !== 0);
  if (!sizes.length) {
    return false;
  }
  const most = sizes.reduce((a, b) => Math.max(a, b));
  const least = sizes.reduce((a, b) => Math.min(a, b));
  // NumPy compares in the array's own dtype, and its exact digits bound what it prints without.
  const scratch = new TYPED_ARRAYS[code](1);
  const round = (/** @type {number} */ value) => {
    scratch[0] = /** @type {never} */ (value);
    return Number(scratch[0]);
  };
  const limit = { 2: 1e3, 4: 1e6, 8: 1e8 }[scratch.BYTES_PER_ELEMENT] ?? 0;
  return most >= limit || least < round(0.0001) || round(most / least) > 1000;
}

/** @param {number} value @param {string} plus */
const signOf = (value, plus) => (value < 0 || Object.is(value, -0) ? "-" : plus);

/**
 * At most 8 digits behind the point, without zeros at the end.
 *
 * @param {number} value
 * @param {number} code
 * @param {string} plus
 */
function positional(value, code, plus, most = PRECISION) {
  const size = Math.abs(value);
  const { digits, exponent } = shortest(size, code);
  const behind = digits.length - 1 - exponent;
  const text = behind > most ? rounded("toFixed", size, most) : expand(digits, exponent);
  const [whole, fraction = ""] = text.split(".");
  return `${signOf(value, plus)}${whole}.${fraction.replace(/0+$/, "")}`;
}

/**
 * @param {string} digits
 * @param {number} exponent
 */
const expand = (digits, exponent) =>
  exponent < 0
    ? `0.${"0".repeat(-exponent - 1)}${digits}`
    : `${digits.slice(0, exponent + 1).padEnd(exponent + 1, "0")}.${digits.slice(exponent + 1)}`;

/**
 * Exactly so many digits behind the point, or as many as tell the number, 8 at most.
 *
 * @param {number} value
 * @param {number} code
 * @param {string} plus
 * @param {number} [count]
 * @param {number} [width] of the exponent
 */
function exponential(value, code, plus, count, width = 2) {
  const size = Math.abs(value);
  const fewest = shortest(size, code);
  const behind = count ?? Math.min(fewest.digits.length - 1, PRECISION);
  const exact = fewest.digits.length - 1 === behind ? null : rounded("toExponential", size, behind).split("e");
  const mantissa = exact?.[0] ?? `${fewest.digits[0]}.${fewest.digits.slice(1)}`;
  const exponent = exact ? Number(exact[1]) : fewest.exponent;
  const [whole, fraction = ""] = mantissa.split(".");
  const shown = count === undefined ? fraction.replace(/0+$/, "") : fraction;
  const sign = exponent < 0 ? "-" : "+";
  return `${signOf(value, plus)}${whole}.${shown}e${sign}${String(Math.abs(exponent)).padStart(width, "0")}`;
}

/**
 * A value by itself, with all its digits.
 *
 * @param {number} code
 * @param {any} value
 */
function formatScalar(code, value) {
  switch (DTYPES[code][0]) {
    case "b":
      return value ? "True" : "False";
    case "f":
      return formatFloat(code, value);
    case "c": {
      const [re, im] = [formatFloat(code, value.re, ""), formatFloat(code, value.im, "")];
      const real = !Object.is(value.re, 0);
      const sign = real && !im.startsWith("-") ? "+" : "";
      return real ? `(${re}${sign}${im}j)` : `${im}j`;
    }
    default:
      return String(value);
  }
}

/**
 * @param {number} code
 * @param {number} value
 * @param {string} zero what follows the point of a whole number
 */
function formatFloat(code, value, zero = ".0") {
  if (!Number.isFinite(value)) {
    return String(value).toLowerCase().replace("infinity", "inf");
  }
  const size = Math.abs(value);
  const { digits } = shortest(size, code);
  const limit = { 2: 1e3, 4: 1e6, 8: 1e16 }[TYPED_ARRAYS[code].BYTES_PER_ELEMENT] ?? 0;
  return size === 0 || (size >= 1e-4 && size < limit)
    ? positional(value, code, "", Infinity).replace(/\.$/, zero)
    : exponential(value, code, "", digits.length - 1).replace(".e", "e");
}
