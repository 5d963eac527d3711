import { DTYPES, HEADER_DTYPE, HEADER_RANK, HEADER_SHAPE } from "./abi.js";
import { cast } from "./cast.js";
import { elementAt, IS, partsOf, setElement, sizeOf } from "./dtypes.js";
import { KernelAliasError, KernelMemoryError, KernelShapeError, KernelTypeError } from "./errors.js";
import { format } from "./format.js";
import { toImageData } from "./image.js";
import { broadcasted, checkSizes, expanded, resolveShape, reshaped, squeezed, transposed } from "./layout.js";
import { refuse } from "./messages.js";
import { writeNpy } from "./npy.js";
import { checkDtype } from "./options.js";
import { parseIndices, place, sliced } from "./slicing.js";
import { eachIndex, isRowMajor, pack } from "./strided.js";

/** @typedef {import("./arrays.js").ArrayRuntime} Runtime */
/** @typedef {import("./arrays.js").Hold} Hold */
/** @typedef {import("./strided.js").Layout} Layout */

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
 * @type {(value: object, rt: Runtime) => number}
 */
export let codeOfArray;

/**
 * Whether a value is an array of any `load()`.
 *
 * @type {(value: object) => boolean}
 */
export let isNdArray;

const KEY = {};

/** An array in the memory of a loaded package, or a view of one. */
export class NdArray {
  /** @type {Runtime} */
  #rt;
  /** @type {number} */
  #address;
  /** @type {Hold} */
  #hold;
  /** @type {readonly number[] | undefined} */
  #shape;
  /** The dtype's code, kept, since reading the header takes longer than a small call. */
  #kept = -1;
  /** @type {readonly number[] | undefined} */
  #strides;
  /** @type {boolean | undefined} */
  #contiguous;

  static {
    addressOf = (value, rt) => {
      if (typeof value !== "object" || value === null || !(#rt in value)) {
        return OTHER;
      }
      return value.#rt === rt ? value.#address : FOREIGN;
    };
    codeOfArray = (value, rt) => {
      if (!(#rt in value) || value.#rt !== rt || value.#address === FREED) {
        return -1;
      }
      return value.#kept < 0 ? (value.#kept = value.#code()) : value.#kept;
    };
    isNdArray = (value) => #rt in value;
  }

  /**
   * @param {unknown} key
   * @param {Runtime} rt
   * @param {Hold} hold
   */
  constructor(key, rt, hold) {
    if (key !== KEY) {
      throw new TypeError("an `NdArray` is made by `array()` and by kernels");
    }
    this.#rt = rt;
    this.#address = hold.address;
    this.#hold = hold;
  }

  /** The header's words, which start at the second number. */
  #header() {
    if (this.#address === FREED) {
      throw new KernelMemoryError("the array was freed");
    }
    return /** @type {const} */ ([this.#rt.words(), this.#address >>> 2]);
  }

  /** The elements as they lie. */
  #strided() {
    this.#header();
    return this.#rt.strided(this.#address);
  }

  /**
   * The same for what writes: through a repeated element it would write to more places than it was told.
   *
   * @param {string} method
   */
  #writable(method) {
    const strided = this.#strided();
    if (strided.shape.some((n, axis) => n > 1 && !strided.strides[axis])) {
      throw new KernelAliasError(`\`${method}\`: this view repeats elements: \`copy()\` it first`, { kernel: method });
    }
    return strided;
  }

  /** Shape and strides alone. @returns {Layout} */
  #layout() {
    return { shape: this.shape, strides: this.strides, offset: 0 };
  }

  /**
   * @param {string} method
   * @param {Layout} layout
   */
  #derive(method, layout) {
    return this.#rt.derive(method, this.#hold, layout);
  }

  /** The dtype's code. */
  #code() {
    const [words, at] = this.#header();
    return words[at + HEADER_DTYPE];
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
    return (this.#strides ??= Object.freeze([...new Int32Array(words.buffer, 4 * first, rank)]));
  }

  /** NumPy's name of the element type. */
  get dtype() {
    return DTYPES[this.#code()];
  }

  /** The number of dimensions. */
  get ndim() {
    return this.shape.length;
  }

  /** The number of elements. */
  get size() {
    return sizeOf(this.shape);
  }

  /** Whether the elements lie in row-major order, one after the other. */
  get isContiguous() {
    return (this.#contiguous ??= isRowMajor(this));
  }

  /**
   * The elements, without a copy. Made at each access: a view that is held while the memory grows is detached, and one
   * that is held after `free` shows whatever comes next.
   */
  get data() {
    this.#header();
    if (!this.isContiguous) {
      throw new KernelTypeError(
        "`data`: the elements of this view do not lie in row-major order: use `toTypedArray()`, or `data` of a `copy()`",
      );
    }
    return this.#rt.view(this.#address);
  }

  /** A copy of the elements, in row-major order. */
  toTypedArray() {
    return pack(this.#strided());
  }

  /** Nested arrays of the elements; a single value for 0 dimensions. */
  toArray() {
    const { code, data, ...layout } = this.#strided();
    const { shape } = layout;
    /** @type {any[]} */
    let items = [];
    eachIndex(layout, (index) => items.push(elementAt(code, data, index)));
    for (let axis = shape.length - 1; axis > 0; axis--) {
      const n = shape[axis];
      items = Array.from({ length: sizeOf(shape.slice(0, axis)) }, (_, i) => items.slice(i * n, i * n + n));
    }
    return shape.length ? items : items[0];
  }

  /** The text that NumPy's `str` gives. */
  toString() {
    return format(this.#strided());
  }

  /** The bytes of a `.npy` file. */
  toNpy() {
    return writeNpy(this.#strided());
  }

  /** A copy of a uint8 array of shape `(height, width, 4)`. */
  toImageData() {
    return toImageData(this.#strided());
  }

  /**
   * A view with the axes in another order, by default reversed.
   *
   * @param {...unknown} axes
   */
  transpose(...axes) {
    return this.#derive("transpose", transposed(this.#layout(), axes));
  }

  /** A view with the axes reversed. */
  get T() {
    return this.transpose();
  }

  /**
   * A view of a part, as Python's indices name it: values for the axes, or a text.
   *
   * @param {...unknown} indices
   */
  slice(...indices) {
    return this.#derive("slice", sliced(this.#layout(), parseIndices(indices)));
  }

  /**
   * One element, or with fewer indices a view of the rest.
   *
   * @param {...unknown} indices
   */
  at(...indices) {
    const layout = this.#layout();
    if (indices.length === layout.shape.length) {
      const { code, data, ...rest } = this.#strided();
      return elementAt(code, data, this.#index("at", indices, rest));
    }
    const offset = this.#index("at", indices, layout);
    const given = indices.length;
    const view = { shape: layout.shape.slice(given), strides: layout.strides.slice(given), offset };
    return this.#derive("at", view);
  }

  /**
   * Sets one element.
   *
   * @param {unknown} value
   * @param {...unknown} indices
   */
  set(value, ...indices) {
    const { code, data, ...layout } = this.#writable("set");
    const rank = layout.shape.length;
    if (indices.length !== rank) {
      const text = `\`set\`: argument \`indices\` must be ${rank}, got ${indices.length}: \`fill\` sets a view`;
      throw new KernelShapeError(text, { kernel: "set", argument: "indices" });
    }
    const index = this.#index("set", indices, layout);
    setElement(code, data, index, checkValue("set", code, value));
  }

  /**
   * @param {string} method
   * @param {unknown[]} indices
   * @param {Layout} layout
   */
  #index(method, indices, { shape, strides, offset }) {
    if (indices.length > shape.length) {
      const text = `\`${method}\`: argument \`indices\` must be at most ${shape.length}, got ${indices.length}`;
      throw new KernelShapeError(text, { kernel: method, argument: "indices" });
    }
    return indices.reduce(
      (/** @type {number} */ at, index, axis) => at + place(method, index, axis, shape[axis]) * strides[axis],
      offset,
    );
  }

  /**
   * A view with another shape, one size of which may be -1.
   *
   * @param {...unknown} shape
   */
  reshape(...shape) {
    const target = resolveShape(shape, this.size);
    const layout = reshaped(this.#layout(), target);
    if (!layout) {
      throw new KernelShapeError(
        `\`reshape\`: no strides reach the elements of this view as [${target.join(", ")}]: \`copy()\` it first`,
        { kernel: "reshape" },
      );
    }
    return this.#derive("reshape", layout);
  }

  /** All elements along one axis: a view where strides allow it, else a copy. */
  ravel() {
    const layout = reshaped(this.#layout(), [this.size]);
    return layout ? this.#derive("ravel", layout) : this.flatten();
  }

  /** A copy with all elements along one axis. */
  flatten() {
    return this.#copy("flatten", [this.size]);
  }

  /**
   * A view of a larger shape, by NumPy's broadcasting.
   *
   * @param {...unknown} shape
   */
  broadcastTo(...shape) {
    return this.#derive("broadcastTo", broadcasted(this.#layout(), checkSizes("broadcastTo", shape)));
  }

  /**
   * A view without an axis of size 1, or without all of them.
   *
   * @param {unknown} [axis]
   */
  squeeze(axis) {
    return this.#derive("squeeze", squeezed(this.#layout(), axis));
  }

  /**
   * A view with one more axis, of size 1.
   *
   * @param {unknown} axis
   */
  expandDims(axis) {
    return this.#derive("expandDims", expanded(this.#layout(), axis));
  }

  /** Views along the first axis; elements where there is no other. */
  *[Symbol.iterator]() {
    if (!this.ndim) {
      throw new KernelTypeError("an array with 0 dimensions can't be iterated: use `at()`");
    }
    const [n] = this.shape;
    for (let i = 0; i < n; i++) {
      yield this.at(i);
    }
  }

  /**
   * Sets every element.
   *
   * @param {unknown} value
   */
  fill(value) {
    const { code, data, ...layout } = this.#writable("fill");
    const checked = checkValue("fill", code, value);
    if (isRowMajor(layout) && partsOf(code) === 1) {
      data.fill(checked);
    } else {
      eachIndex(layout, (index) => setElement(code, data, index, checked));
    }
  }

  /** An array of its own with the same elements, in row-major order. */
  copy() {
    return this.#copy("copy", this.shape);
  }

  /**
   * @param {string} method
   * @param {readonly number[]} shape
   */
  #copy(method, shape) {
    return this.#rt.create(method, this.#code(), shape, (data) => data.set(pack(this.#strided())));
  }

  /**
   * A copy with another dtype; what does not fit is converted as C does.
   *
   * @param {unknown} dtype
   */
  astype(dtype) {
    const code = checkDtype("astype", dtype);
    const from = this.#code();
    return this.#rt.create("astype", code, this.shape, (data) => cast(pack(this.#strided()), from, data, code));
  }

  /** Gives the memory back once no other view needs it. A second call does nothing. */
  free() {
    if (this.#address !== FREED) {
      this.#rt.drop(this, this.#hold);
      this.#address = FREED;
    }
  }

  get [Symbol.toStringTag]() {
    return "NdArray";
  }

  /** What Node's `console.log` prints. */
  [Symbol.for("nodejs.util.inspect.custom")]() {
    return this.#address === FREED ? "NdArray (freed)" : `NdArray ${this.dtype} [${this.shape}]\n${this}`;
  }

  /** For `using`; the key is the one that compilers fall back to where the host has none. */
  [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() {
    this.free();
  }
}

/**
 * @param {string} method
 * @param {number} code
 * @param {unknown} value
 */
function checkValue(method, code, value) {
  if (!IS[code](value)) {
    refuse({ name: method, params: [{ name: "value", dtype: DTYPES[code] }], results: [] }, 0, value);
  }
  return value;
}

/**
 * The array that owns a header from now on.
 *
 * @param {Runtime} rt
 * @param {Hold} hold
 */
export const adopt = (rt, hold) => new NdArray(KEY, rt, hold);
