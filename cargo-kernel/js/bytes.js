import { KernelTypeError } from "./errors.js";
import { describe, wrong } from "./messages.js";

/**
 * The bytes of a file.
 *
 * @param {string} method
 * @param {unknown} value
 */
export function bytesOf(method, value) {
  const name = Object.prototype.toString.call(value).slice(8, -1);
  try {
    if (ArrayBuffer.isView(value)) {
      return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    }
    if (name === "ArrayBuffer" || name === "SharedArrayBuffer") {
      return new Uint8Array(/** @type {ArrayBuffer} */ (value));
    }
  } catch {
    throw wrong(KernelTypeError, method, "bytes", "is detached: its bytes went elsewhere");
  }
  throw wrong(KernelTypeError, method, "bytes", `must be a Uint8Array or an ArrayBuffer, got ${describe(value)}`);
}

/**
 * The bytes as little-endian numbers.
 *
 * @param {Uint8Array} bytes
 */
export const reader = ({ buffer, byteOffset, byteLength }) => new DataView(buffer, byteOffset, byteLength);

/**
 * Reverses the bytes of every number.
 *
 * @param {Uint8Array} bytes
 * @param {number} size of a number
 */
export function swapBytes(bytes, size) {
  for (let at = 0; at < bytes.length; at += size) {
    bytes.subarray(at, at + size).reverse();
  }
}
