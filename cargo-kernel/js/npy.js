// `.npy` files, as `numpy.lib.format` describes them.

import { DTYPES, ITEM_SIZES, TYPED_ARRAYS } from "./abi.js";
import { bytesOf, reader, swapBytes } from "./bytes.js";
import { elements, MAX_RANK } from "./checks.js";
import { codeOf, isUint32, partsOf, sizeOf } from "./dtypes.js";
import { KernelTypeError } from "./errors.js";
import { describe, withArticle } from "./messages.js";
import { checkDtype, dtypeOf } from "./options.js";
import { isRowMajor, pack, rowMajor } from "./strided.js";

/** @typedef {import("./arrays.js").ArrayRuntime} Runtime */

/**
 * What a file says, checked against its size.
 *
 * @typedef {object} Npy
 * @property {number} code
 * @property {number[]} shape
 * @property {boolean} fortran whether the first index runs fastest
 * @property {boolean} swapped whether its numbers are big-endian
 * @property {Uint8Array} body the elements
 */

const MAGIC = "\x93NUMPY";

/** NumPy's letters of the dtypes. @type {Record<string, string>} */
const LETTERS = { b: "bool", i: "int", u: "uint", f: "float", c: "complex" };

/**
 * The array in a `.npy` file.
 *
 * @param {Runtime} rt
 * @param {unknown} bytes
 * @param {{ dtype?: string }} [options] what it must be
 */
export function fromNpy(rt, bytes, options) {
  const npy = parseNpy("fromNpy", bytesOf("fromNpy", bytes));
  const wanted = dtypeOf("fromNpy", options, DTYPES[npy.code]);
  if (wanted !== npy.code) {
    const [had, want] = [npy.code, wanted].map((code) => withArticle(DTYPES[code]));
    throw malformed("fromNpy", `has ${had} array, expected ${want} one: use \`astype\``);
  }
  return readNpy(rt, "fromNpy", npy);
}

/**
 * @param {string} method
 * @param {string} text
 */
const malformed = (method, text) => new KernelTypeError(`\`${method}\`: the file ${text}`, { kernel: method });

/**
 * @param {string} method
 * @param {Uint8Array} bytes
 * @returns {Npy}
 */
export function parseNpy(method, bytes) {
  const fail = (/** @type {string} */ text) => malformed(method, text);
  const text = (/** @type {number} */ from, /** @type {number} */ to) => String.fromCharCode(...bytes.subarray(from, to));
  if (text(0, MAGIC.length) !== MAGIC) {
    throw fail("does not begin as a .npy file does");
  }
  const [major, minor] = bytes.subarray(6, 8);
  if (!(major >= 1 && major <= 3) || minor !== 0) {
    throw fail(`has version ${major}.${minor}, known are 1.0, 2.0 and 3.0`);
  }
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) {
    throw fail("ends in its header");
  }
  const length = major === 1 ? reader(bytes).getUint16(8, true) : reader(bytes).getUint32(8, true);
  const end = start + length;
  // NumPy, too, takes no header that is longer.
  if (length > 10_000 || end > bytes.length) {
    throw fail(end > bytes.length ? "ends in its header" : `has a header of ${length} bytes`);
  }
  const { descr, fortran_order: fortran, shape } = parseHeader(text(start, end), fail);
  const { code, swapped } = parseDescr(descr, fail);
  checkDtype(method, DTYPES[code]);
  if (!shape.every(isUint32) || shape.length > MAX_RANK) {
    throw fail(`has shape (${shape.join(", ")}), allowed are ${MAX_RANK} sizes of 32 bits`);
  }
  const size = elements(method, code, shape) * ITEM_SIZES[code];
  const body = bytes.subarray(end);
  if (body.length !== size) {
    throw fail(`has ${body.length} bytes of elements, shape (${shape.join(", ")}) of ${DTYPES[code]} needs ${size}`);
  }
  if (code === codeOf("bool")) {
    const index = body.findIndex((byte) => byte > 1);
    if (index >= 0) {
      throw fail(`has the byte ${body[index]} for a bool, which is 0 or 1, at index ${index}`);
    }
  }
  return { code, shape, fortran, swapped, body };
}

/**
 * The array of a file that was checked.
 *
 * @param {Runtime} rt
 * @param {string} method
 * @param {Npy} npy
 */
export function readNpy(rt, method, { code, shape, fortran, swapped, body }) {
  const Type = TYPED_ARRAYS[code];
  // A copy, since the elements may begin anywhere in the file.
  const bytes = body.slice();
  if (swapped) {
    swapBytes(bytes, Type.BYTES_PER_ELEMENT);
  }
  const data = new Type(bytes.buffer, 0, sizeOf(shape) * partsOf(code));
  const strides = fortran ? rowMajor([...shape].reverse()).reverse() : rowMajor(shape);
  return rt.create(method, code, shape, (elements) => elements.set(pack({ code, data, shape, strides, offset: 0 })));
}

/**
 * The header, a Python literal: a dict with these three keys.
 *
 * @param {string} text
 * @param {(text: string) => Error} fail
 * @returns {{ descr: string, fortran_order: boolean, shape: number[] }}
 */
function parseHeader(text, fail) {
  const tokens = text.match(/'[^'\\]*'|"[^"\\]*"|\d+L?|True|False|[{}():,]|\S/g) ?? [];
  let next = 0;
  const take = (/** @type {string} */ token) => tokens[next] === token && ++next > 0;
  const expect = (/** @type {string} */ token) => {
    if (!take(token)) {
      throw fail(`has a header that can't be read: expected \`${token}\`, got ${describe(tokens[next])}`);
    }
  };
  /** @type {Record<string, any>} */
  const fields = {};
  expect("{");
  while (!take("}")) {
    const key = tokens[next++]?.slice(1, -1);
    if (!["descr", "fortran_order", "shape"].includes(key) || key in fields) {
      throw fail(`has a header that can't be read: the key ${describe(key)} is unknown or there twice`);
    }
    expect(":");
    if (key === "descr" && /^[[(]$/.test(tokens[next])) {
      throw fail("has a structured dtype, which is not supported: save its fields one by one");
    }
    fields[key] = key === "shape" ? parseShape(take, expect, () => tokens[next++]) : tokens[next++];
    if (tokens[next] !== "}") {
      expect(",");
    }
  }
  const { descr, fortran_order: order, shape } = fields;
  if (next !== tokens.length || !/^['"]/.test(descr) || !/^(True|False)$/.test(order) || !shape?.every(Number.isFinite)) {
    throw fail("has a header that can't be read");
  }
  return { descr: descr.slice(1, -1), fortran_order: order === "True", shape };
}

/**
 * A tuple of sizes.
 *
 * @param {(token: string) => boolean} take
 * @param {(token: string) => void} expect
 * @param {() => string} token
 */
function parseShape(take, expect, token) {
  const shape = [];
  expect("(");
  while (!take(")")) {
    const size = token();
    // Python 2 wrote an `L` behind large ones.
    shape.push(/^\d+L?$/.test(size) ? Number.parseInt(size, 10) : NaN);
    if (!take(",")) {
      expect(")");
      // `(3)` is a number in Python, and only `(3,)` a tuple.
      return shape.length === 1 ? [NaN] : shape;
    }
  }
  return shape;
}

/**
 * @param {string} descr such as `<f8`
 * @param {(text: string) => Error} fail
 */
function parseDescr(descr, fail) {
  const [, order, letter, bytes] = /^([<>|=])([a-zA-Z])(\d{1,3})$/.exec(descr) ?? [];
  const stem = LETTERS[letter];
  const name = letter === "b" ? (bytes === "1" ? stem : "") : `${stem}${8 * Number(bytes)}`;
  const code = codeOf(name);
  if (code < 0) {
    throw fail(`has the dtype ${describe(descr)}, which is not supported: save bools, integers, floats or complex numbers`);
  }
  return { code, swapped: order === ">" };
}

/**
 * The bytes of a `.npy` file, as NumPy writes it.
 *
 * @param {import("./strided.js").Strided} array
 */
export function writeNpy(array) {
  const { code, shape, strides } = array;
  // Elements that lie with the first index running fastest stay so, as NumPy has it.
  const reversed = { ...array, shape: [...shape].reverse(), strides: [...strides].reverse() };
  const fortran = !isRowMajor(array) && isRowMajor(reversed);
  const data = pack(fortran ? reversed : array);
  const bytes = ITEM_SIZES[code];
  const letter = Object.entries(LETTERS).find(([, stem]) => DTYPES[code].replace(/\d+$/, "") === stem)?.[0];
  const descr = `${bytes === 1 ? "|" : "<"}${letter}${bytes}`;
  const tuple = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  // NumPy leaves room for the slowest size to grow.
  const room = shape.length ? 21 - String(fortran ? reversed.shape[0] : shape[0]).length : 0;
  const order = fortran ? "True" : "False";
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${tuple}, }${" ".repeat(room)}`;
  const length = Math.ceil((10 + header.length + 1) / 64) * 64 - 10;
  const file = new Uint8Array(10 + length + data.byteLength);
  const start = `${MAGIC}\x01\x00${String.fromCharCode(length & 0xff, length >> 8)}${header.padEnd(length - 1)}\n`;
  file.set(Uint8Array.from(start, (character) => character.charCodeAt(0)));
  file.set(new Uint8Array(data.buffer), start.length);
  return file;
}
