import { DTYPES, HEADER_DTYPE, HEADER_RANK, HEADER_SHAPE } from "./abi.js";
import { elementOf, sizeOf } from "./dtypes.js";
import { KernelMemoryError } from "./errors.js";

/** @typedef {import("./runtime.js").Runtime} Runtime */

/** What {@link addressOf} says of an array that was freed. */
export const FREED = 0;
/** What {@link addressOf} says of an array of another `load()`. */
export const FOREIGN = -1;
/** What {@link addressOf} says of anything else. */
export const OTHER = -2;

/**
 * The address of an array's header; at most 0 if it has none here.
 *
 * @type {(value: unknown, rt: Runtime) => number}
 */
export let addressOf;

/**
 * The code of an array's dtype; -1 of anything that has no address here.
 *
 * @type {(value: unknown, rt: Runtime) => number}
 */
export let codeOfArray;

const KEY = {};

/** An array in the memory of a loaded package, in row-major order. */
export class NdArray {
  /** @type {Runtime} */
  #rt;
  /** @type {number} */
  #address;
  /** @type {readonly number[] | undefined} */
  #shape;
  /** Kept, since reading the header takes longer than a small call. */
  #code = -1;

  static {
    addressOf = (value, rt) => {
      if (typeof value !== "object" || value === null || !(#rt in value)) {
        return OTHER;
      }
      return value.#rt === rt ? value.#address : FOREIGN;
    };
    codeOfArray = (value, rt) => {
      if (typeof value !== "object" || value === null || !(#rt in value) || value.#rt !== rt || value.#address === FREED) {
        return -1;
      }
      return value.#code < 0 ? (value.#code = rt.words()[(value.#address >>> 2) + HEADER_DTYPE]) : value.#code;
    };
  }

  /**
   * @param {unknown} key
   * @param {Runtime} rt
   * @param {number} address
   */
  constructor(key, rt, address) {
    if (key !== KEY) {
      throw new TypeError("an `NdArray` is made by `array()` and by kernels");
    }
    this.#rt = rt;
    this.#address = address;
  }

  /** The header's words, which start at the second number. */
  #header() {
    if (this.#address === FREED) {
      throw new KernelMemoryError("the array was freed");
    }
    return /** @type {const} */ ([this.#rt.words(), this.#address >>> 2]);
  }

  /** The sizes. */
  get shape() {
    const [words, at] = this.#header();
    const first = at + HEADER_SHAPE;
    return (this.#shape ??= Object.freeze([...words.subarray(first, first + words[at + HEADER_RANK])]));
  }

  /** Steps between neighbours along each axis, in elements. */
  get strides() {
    const [words, at] = this.#header();
    const rank = words[at + HEADER_RANK];
    const first = at + HEADER_SHAPE + rank;
    return Object.freeze([...new Int32Array(words.buffer, 4 * first, rank)]);
  }

  /** NumPy's name of the element type. */
  get dtype() {
    const [words, at] = this.#header();
    return DTYPES[words[at + HEADER_DTYPE]];
  }

  /** The number of dimensions. */
  get ndim() {
    return this.shape.length;
  }

  /** The number of elements. */
  get size() {
    return sizeOf(this.shape);
  }

  /**
   * The elements, without a copy. Made at each access: a view that is held while the memory grows is detached, and one
   * that is held after `free` shows whatever comes next.
   */
  get data() {
    this.#header();
    return this.#rt.view(this.#address);
  }

  /** A copy of the elements. */
  toTypedArray() {
    return this.data.slice();
  }

  /** Nested arrays of the elements; a single value for 0 dimensions. */
  toArray() {
    const code = DTYPES.indexOf(this.dtype);
    const { shape } = this;
    /** @type {any[]} */
    let items = Array.from(/** @type {ArrayLike<unknown>} */ (this.data), (element) => elementOf(code, element));
    for (let axis = shape.length - 1; axis > 0; axis--) {
      const n = shape[axis];
      items = Array.from({ length: sizeOf(shape.slice(0, axis)) }, (_, i) => items.slice(i * n, i * n + n));
    }
    return shape.length ? items : items[0];
  }

  /** Gives the memory back. A second call does nothing. */
  free() {
    if (this.#address !== FREED) {
      this.#rt.drop(this.#address, this);
      this.#address = FREED;
    }
  }

  get [Symbol.toStringTag]() {
    return "NdArray";
  }

  /** For `using`; the key is the one that compilers fall back to where the host has none. */
  [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() {
    this.free();
  }
}

/**
 * The array that owns a header from now on.
 *
 * @param {Runtime} rt
 * @param {number} address
 */
export const adopt = (rt, address) => new NdArray(KEY, rt, address);
