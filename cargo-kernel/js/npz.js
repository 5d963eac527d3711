// `.npz` files: zip archives of `.npy` files.

import { addressOf } from "./array.js";
import { bytesOf } from "./bytes.js";
import { KernelTypeError } from "./errors.js";
import { describe, wrong } from "./messages.js";
import { parseNpy, readNpy, writeNpy } from "./npy.js";
import { isRecord } from "./options.js";
import { readZip, writeZip } from "./zip.js";

/** @typedef {import("./arrays.js").ArrayRuntime} Runtime */

const SUFFIX = ".npy";
const MOST = 0xffff;

/**
 * The arrays of a `.npz` file by name. Hosts inflate asynchronously; a copy is made first, so that the bytes may change.
 *
 * @param {Runtime} rt
 * @param {unknown} bytes
 */
export async function fromNpz(rt, bytes) {
  const fail = (/** @type {string} */ text) => new KernelTypeError(`\`fromNpz\`: the file ${text}`, { kernel: "fromNpz" });
  const files = await readZip(bytesOf("fromNpz", bytes).slice(), fail);
  const parsed = files.map(({ name, bytes }) => {
    if (!name.endsWith(SUFFIX)) {
      throw fail(`has the entry ${describe(name)}, which is no .npy file`);
    }
    return /** @type {const} */ ([name.slice(0, -SUFFIX.length), parseNpy("fromNpz", bytes)]);
  });
  /** @type {[string, import("./array.js").NdArray][]} */
  const arrays = [];
  try {
    for (const [name, npy] of parsed) {
      arrays.push([name, readNpy(rt, "fromNpz", npy)]);
    }
  } catch (error) {
    arrays.forEach(([, array]) => array.free());
    throw error;
  }
  return Object.fromEntries(arrays);
}

/**
 * The bytes of a `.npz` file, as `numpy.savez` writes it: not compressed.
 *
 * @param {Runtime} rt
 * @param {Record<string, unknown>} arrays
 */
export function toNpz(rt, arrays) {
  if (!isRecord(arrays) || arrays instanceof Map) {
    throw wrong(KernelTypeError, "toNpz", "arrays", `must be an object of arrays, got ${describe(arrays)}`);
  }
  const entries = Object.entries(arrays);
  // The format counts both in 16 bits.
  const long = entries.find(([name]) => new TextEncoder().encode(name + SUFFIX).length > MOST);
  if (long || entries.length > MOST) {
    const came = long ? `a name of ${long[0].length} characters` : `${entries.length} arrays`;
    throw wrong(KernelTypeError, "toNpz", "arrays", `must have at most ${MOST} arrays, whose names have as many bytes, got ${came}`);
  }
  const files = entries.map(([name, array]) => {
    const address = addressOf(array, rt);
    if (address <= 0) {
      const text = `\`toNpz\`: ${describe(name)} must be an array of this \`load()\` that is not freed, got ${describe(array)}`;
      throw new KernelTypeError(text, { kernel: "toNpz" });
    }
    return { name: name + SUFFIX, bytes: writeNpy(rt.strided(address)) };
  });
  return writeZip(files);
}
