// The sentences of refused calls. A place is a parameter's index, `RECEIVER`, or `RESULT` plus a result's; plus `ITEM` for the first
// array of a list, twice that for the second.

import {
  DTYPES,
  EXPR_INEXACT,
  EXPR_NEGATIVE,
  ITEM,
  RECEIVER,
  RESULT,
  SCALAR_AXIS,
  STATUS_ALIAS,
  STATUS_ALIAS_HANDLE,
  STATUS_ALIAS_SELF,
  STATUS_BATCH_NONE,
  STATUS_BATCH_SIZE,
  STATUS_BOOL,
  STATUS_BROADCAST,
  STATUS_DTYPE,
  STATUS_EMPTY_REDUCTION,
  STATUS_EXPR_INVALID,
  STATUS_FAILURE,
  STATUS_MEMORY,
  STATUS_NAME,
  STATUS_NOT_REORDERABLE,
  STATUS_PANIC,
  STATUS_RANK,
  TYPED_ARRAYS,
} from "./abi.js";
import { codeOf, typedArrayName } from "./dtypes.js";
import {
  KernelAliasError,
  KernelFailure,
  KernelMemoryError,
  KernelPanic,
  KernelShapeError,
  KernelTypeError,
} from "./errors.js";

/**
 * What messages tell about a kernel. `dims` only where the place is an array: names, sizes, `_`, `..` and expressions
 * as the signature has them. A handle has the name of its class and no dtype. `single` for a result that is an array or a
 * single value, as it has dimensions or none. `list` for a list of such arrays.
 *
 * @typedef {{ name: string, params: Param[], results: Result[] }} Facts
 * @typedef {{ name: string, dtype: string, dims?: (string | number)[], list?: boolean, mutable?: boolean, optional?: boolean }} Param
 * @typedef {{ dtype: string, dims?: (string | number)[], list?: boolean, single?: boolean, handle?: string }} Result
 */

/**
 * The place of an array in a list.
 *
 * @param {number} place
 * @param {number} index
 */
export const itemOf = (place, index) => place + ITEM * (index + 1);

/**
 * The index in a list that {@link itemOf} made a place of; -1 for a place that is in none.
 *
 * @param {number} place
 */
export const indexOf = (place) => Math.floor(place / ITEM) - 1;

/**
 * The parameter that a place is of.
 *
 * @template P
 * @param {{ params: P[] }} facts
 * @param {number} place
 */
export const paramOf = ({ params }, place) => params[place % ITEM];

/**
 * The error "`kernel`: argument `x` ...".
 *
 * @template {import("./errors.js").KernelError} E
 * @param {new (message: string, about: { kernel: string, argument?: string }) => E} Class
 * @param {Facts} facts
 * @param {number} place
 * @param {string} text
 * @param {readonly number[]} [path] indices of the element that it is about
 */
export function refusal(Class, facts, place, text, path) {
  return new Class(`\`${facts.name}\`: ${subject(facts, place, path)} ${text}`, {
    kernel: facts.name,
    argument: place === RECEIVER ? "this" : paramOf(facts, place)?.name,
  });
}

/**
 * The error "`method`: argument `x` ..." for what is no kernel.
 *
 * @template {import("./errors.js").KernelError} E
 * @param {new (message: string, about: { kernel: string, argument?: string }) => E} Class
 * @param {string} method
 * @param {string} argument
 * @param {string} text
 */
export const wrong = (Class, method, argument, text) =>
  new Class(`\`${method}\`: argument \`${argument}\` ${text}`, { kernel: method, argument });

/**
 * @param {Facts} facts
 * @param {number} place
 * @param {readonly number[]} [path]
 */
function subject(facts, place, path = []) {
  if (place === RECEIVER) {
    return "`this`";
  }
  const [own, index] = [place % ITEM, indexOf(place)];
  if (own < RESULT) {
    return `argument \`${nameOf(facts, place)}${path.map((i) => `[${i}]`).join("")}\``;
  }
  const result = facts.results.length > 1 ? `result ${own - RESULT}` : "the result";
  return index < 0 ? result : `array ${index} of ${result}`;
}

/**
 * The name of an argument, or of an array in one.
 *
 * @param {{ params: { name: string }[] }} facts
 * @param {number} place
 */
export const nameOf = (facts, place) =>
  paramOf(facts, place).name + (place < ITEM ? "" : `[${indexOf(place)}]`);

/**
 * Refuses a value that is not what its dtype needs.
 *
 * @param {Facts} facts
 * @param {number} place
 * @param {unknown} value
 * @param {number} [code] the dtype, where it is not the one that the facts have
 * @param {readonly number[]} [path]
 * @returns {never}
 */
export function refuse(facts, place, value, code = codeOf(paramOf(facts, place).dtype), path) {
  const text = `must be ${scalarText(code)}, got ${describe(value)}${scalarRemedy(code, value)}`;
  throw refusal(KernelTypeError, facts, place, text, path);
}

/** @param {number} code */
function scalarText(code) {
  const dtype = DTYPES[code];
  if (!code) {
    return "true or false";
  }
  if (dtype[0] === "f") {
    return `a number (${dtype})`;
  }
  if (dtype[0] === "c") {
    return `a number or { re, im } (${dtype})`;
  }
  const bits = BigInt(8 * TYPED_ARRAYS[code].BYTES_PER_ELEMENT);
  const signed = dtype[0] === "i" ? 1n << (bits - 1n) : 0n;
  const kind = bits > 32 ? "a bigint" : "an integer";
  return `${kind} in [${-signed}, ${(1n << bits) - signed - 1n}] (${dtype})`;
}

/**
 * @param {number} code
 * @param {unknown} value
 */
function scalarRemedy(code, value) {
  const big = isBig(DTYPES[code]);
  return big && Number.isInteger(value)
    ? `: write \`${value}n\``
    : code && !big && typeof value === "bigint"
      ? `: write \`${value}\``
      : "";
}

/**
 * The error for a value that is no array, or one of the wrong type.
 *
 * @param {Facts} facts
 * @param {number} place
 * @param {unknown} value
 * @param {number} code the dtype; -1 where any will do
 */
export function notAnArray(facts, place, value, code) {
  const name = typedArrayName(value);
  const dtype = DTYPES[code];
  let remedy = "";
  if (dtype && name) {
    const map = !code ? ", Boolean" : isBig(dtype) === isBig(name) ? "" : isBig(dtype) ? ", BigInt" : ", Number";
    remedy = `: convert it with \`${TYPED_ARRAYS[code].name}.from(${nameOf(facts, place)}${map})\``;
  }
  const wanted = dtype ? `${withArticle(dtype)} array` : "a typed array or nested arrays";
  return refusal(KernelTypeError, facts, place, `must be ${wanted}, got ${describe(value)}${remedy}`);
}

/**
 * Whether the elements of a dtype, or of a typed array, are bigints.
 *
 * @param {string} name
 */
const isBig = (name) => /^Big|nt64/.test(name);

/** @param {string} noun */
export const withArticle = (noun) => `${/^([aeio]|nd)/i.test(noun) ? "an" : "a"} ${noun}`;

/** @param {unknown} value */
export function describe(value) {
  switch (typeof value) {
    case "bigint":
      return `${value}n`;
    case "string":
      return JSON.stringify(value);
    case "object":
    case "function":
      return value ? withArticle(Object.prototype.toString.call(value).slice(8, -1)) : "null";
    default:
      return String(value);
  }
}

/**
 * The error for a status that wasm left.
 *
 * @param {Facts} facts
 * @param {number} status
 * @param {number[]} detail
 * @param {(index: number) => string} textOf
 */
export function explain(facts, status, detail, textOf) {
  const [place, axis, expected, came, otherPlace, otherAxis] = detail;
  const kernel = facts.name;
  const type = (/** @type {string} */ text) => refusal(KernelTypeError, facts, place, text);
  const shape = (/** @type {string} */ text) => refusal(KernelShapeError, facts, place, text);
  const alias = (/** @type {string} */ text) => refusal(KernelAliasError, facts, place, `is written to and ${text}`);
  switch (status) {
    case STATUS_DTYPE:
      return type(`must be ${withArticle(DTYPES[axis])} array, got ${withArticle(DTYPES[expected])} one`);
    case STATUS_RANK:
      return type(`must have ${came ? "at least " : ""}${axis} dimension${axis === 1 ? "" : "s"}, has ${expected}`);
    case STATUS_EXPR_INVALID: {
      const why =
        expected === EXPR_NEGATIVE
          ? `is ${came}, and a size is not negative`
          : expected === EXPR_INEXACT
            ? "is no integer"
            : "does not fit 64 bits";
      const label = dim(facts, place, axis);
      return shape(`has no size along axis ${axis}: ${label === undefined ? "its expression" : `\`${label}\``} ${why}`);
    }
    case STATUS_ALIAS:
      return alias(`overlaps ${subject(facts, axis)}: pass a copy of one`);
    case STATUS_ALIAS_HANDLE:
      return alias(`is ${subject(facts, axis)} too: pass another one`);
    case STATUS_ALIAS_SELF:
      return alias("overlaps itself: pass a copy");
    case STATUS_BOOL:
      return type(`must hold bytes 0 and 1, got ${expected} at index ${axis}`);
    case STATUS_FAILURE:
      return new KernelFailure(`\`${kernel}\`: ${textOf(0)}`, { kernel });
    case STATUS_PANIC: {
      const [message, file] = [textOf(0), textOf(1)];
      const at = file && ` at ${file}:${place}:${axis}`;
      return Object.assign(
        new KernelPanic(`\`${kernel}\` panicked${at}: ${message}`, { kernel }),
        file && { file, line: place, column: axis },
      );
    }
    case STATUS_MEMORY:
      return outOfMemory(kernel, place);
    case STATUS_BROADCAST: {
      const bound = `${subject(facts, otherPlace)} has along axis ${otherAxis}`;
      return shape(`has size ${came} along axis ${axis}, which does not broadcast with size ${expected}, which ${bound}`);
    }
    case STATUS_EMPTY_REDUCTION:
      return shape(`has no elements along axis ${axis}, and the ufunc no identity: pass \`initial\``);
    case STATUS_NOT_REORDERABLE:
      return shape(`is to be reduced over ${axis} axes, where order matters: reduce one axis after the other`);
    case STATUS_BATCH_SIZE:
      return shape(`has size ${came} along axis ${axis} in batch ${otherPlace}, ${expected} in the first: all must have one size`);
    case STATUS_BATCH_NONE:
      return shape(`has no size along axis ${axis}: a batch would tell it, and there are none`);
    default: {
      // A fixed size, a name or an expression.
      const label = dim(facts, place, axis);
      const has = axis === SCALAR_AXIS ? `is ${came}` : `has size ${came} along axis ${axis}`;
      const name = label === undefined || label === expected || axis === SCALAR_AXIS ? "" : ` (\`${label}\`)`;
      const bound =
        status !== STATUS_NAME
          ? ""
          : otherAxis === SCALAR_AXIS
            ? `, the value of ${subject(facts, otherPlace)}`
            : `, which ${subject(facts, otherPlace)} has along axis ${otherAxis}`;
      return shape(`${has}${name}, expected ${expected}${bound}`);
    }
  }
}

/**
 * @param {string} kernel
 * @param {number} bytes
 */
export function outOfMemory(kernel, bytes) {
  const text = `no memory for ${bytes} bytes: free arrays, or allow more memory`;
  return new KernelMemoryError(`\`${kernel}\`: ${text}`, { kernel });
}

/**
 * What the signature has for an axis; undefined behind `..`, where the axis alone does not tell.
 *
 * @param {Facts} facts
 * @param {number} place
 * @param {number} axis
 */
function dim(facts, place, axis) {
  const own = place % ITEM;
  const { dims = [] } = own < RESULT ? facts.params[own] : facts.results[own - RESULT];
  return dims.lastIndexOf("..", axis) < 0 ? dims[axis] : undefined;
}
