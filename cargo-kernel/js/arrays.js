// Arrays of one instance: what goes into kernels, what comes out, and how long it lives.

import {
  ARRAY_FREE,
  ARRAY_NEW,
  HEADER_DATA,
  HEADER_DTYPE,
  HEADER_RANK,
  HEADER_SHAPE,
  ITEM_SIZES,
  STATUS_ALIAS_SELF,
  TYPED_ARRAYS,
} from "./abi.js";
import { addressOf, adopt, FOREIGN, FREED, OTHER } from "./array.js";
import { arraysOf, isArrayLike } from "./arraylike.js";
import { elements } from "./checks.js";
import { createMembers } from "./members.js";
import { codeOf, elementAt, IS, partsOf, setElement } from "./dtypes.js";
import { KernelMemoryError, KernelTypeError } from "./errors.js";
import { describe, explain, itemOf, nameOf, outOfMemory, paramOf, refusal, withArticle } from "./messages.js";
import { checkApart, overlapsItself } from "./overlap.js";
import { outside, Runtime } from "./runtime.js";
import { sourceOf } from "./source.js";
import { reach, rowMajor } from "./strided.js";

/** @typedef {import("./messages.js").Facts} Facts */
/** @typedef {import("./array.js").NdArray} NdArray */
/** @typedef {import("./strided.js").Layout} Layout */

/**
 * What keeps elements alive: one per array, views included.
 *
 * @typedef {{ address: number, allocation: Allocation }} Hold its header
 *
 * The hold of the array that the memory was made for, whose header owns it.
 *
 * @typedef {Hold & { bytes: number, users: number }} Allocation how many holds there are
 */

/** The dtype of an address. */
const ADDRESS = codeOf("uint32");

export class ArrayRuntime extends Runtime {
  /** How many arrays are alive, views included. */
  live = 0;

  /** What they take. */
  bytes = 0;

  /** @type {FinalizationRegistry<Hold>} */
  #registry = new FinalizationRegistry((hold) => this.release(hold));

  /**
   * The header of an array argument.
   *
   * @param {unknown} value
   * @param {Facts} facts
   * @param {number} place
   */
  input(value, facts, place) {
    const address = addressOf(value, this);
    return address > 0 ? address : this.#convert(value, facts, place, address);
  }

  /**
   * A temporary copy of an argument that is no array of ours.
   *
   * @param {unknown} value
   * @param {Facts} facts
   * @param {number} place
   * @param {number} why what `addressOf` says about it
   */
  #convert(value, facts, place, why) {
    const { dtype, mutable, dims = [] } = paramOf(facts, place);
    refuseLost(why, facts, place);
    const code = codeOf(dtype);
    if (mutable && !ArrayBuffer.isView(value) && !isArrayLike(value)) {
      const text = `is written to: pass an NdArray or ${withArticle(TYPED_ARRAYS[code].name)}, got ${describe(value)}`;
      throw refusal(KernelTypeError, facts, place, text);
    }
    const single = dims.every((dim) => dim === "..");
    if (single && typeof value !== "object" && IS[code](value)) {
      const address = this.#temporary(facts, code, []);
      setElement(code, this.view(address), 0, value);
      return address;
    }
    const source = outside(() => sourceOf(value, facts, place, code, single, this.memory));
    if (mutable && source.strides && overlapsItself(source.shape, source.strides)) {
      throw explain(facts, STATUS_ALIAS_SELF, [place], String);
    }
    const address = this.#temporary(facts, code, source.shape, mutable ? source.store : undefined);
    this.view(address).set(source.present());
    return address;
  }

  /**
   * The array of a list argument: the headers' addresses.
   *
   * @param {unknown} values
   * @param {Facts} facts
   * @param {number} place
   */
  inputList(values, facts, place) {
    if (!Array.isArray(values)) {
      refuseLost(addressOf(values, this), facts, place);
      const isArray = ArrayBuffer.isView(values) || isArrayLike(values);
      const remedy = isArray ? `: pass \`[${nameOf(facts, place)}]\` for a list of one` : "";
      throw refusal(KernelTypeError, facts, place, `must be an array of arrays, got ${describe(values)}${remedy}`);
    }
    const addresses = arraysOf(values).map((value, index) => this.input(value, facts, itemOf(place, index)));
    const list = this.#temporary(facts, ADDRESS, [addresses.length]);
    this.view(list).set(addresses);
    return list;
  }

  /**
   * A new array that lives as long as the call.
   *
   * @param {Facts} facts
   * @param {number} code
   * @param {readonly number[]} shape
   * @param {(elements: any) => void} [store] takes the elements when the kernel is done
   */
  #temporary(facts, code, shape, store) {
    const address = this.allocate(facts.name, code, shape);
    const put = store && (() => store(this.view(address)));
    this.temporaries.push({ mark: this.depth - 1, address, free: this.wasm[ARRAY_FREE], store: put });
    return address;
  }

  /**
   * A new array with unset elements.
   *
   * @param {string} kernel
   * @param {number} code
   * @param {readonly number[]} shape
   * @returns {number} address of its header
   */
  allocate(kernel, code, shape) {
    const size = elements(kernel, code, shape);
    return this.#make(kernel, code, size, { shape, strides: rowMajor(shape), offset: 0 });
  }

  /**
   * A new header, with unset elements of its own.
   *
   * @param {string} kernel
   * @param {number} code
   * @param {number} size
   * @param {Layout} layout
   */
  #make(kernel, code, size, { shape, strides }) {
    const rank = shape.length;
    const bytes = size * ITEM_SIZES[code];
    const make = () => this.wasm[ARRAY_NEW](code, rank, size) >>> 0;
    const address = make() || (this.grow?.(bytes) ? make() : 0);
    if (!address) {
      throw outOfMemory(kernel, bytes);
    }
    const words = this.words();
    const first = (address >>> 2) + HEADER_SHAPE;
    for (let axis = 0; axis < rank; axis++) {
      words[first + axis] = shape[axis];
      words[first + rank + axis] = strides[axis];
    }
    return address;
  }

  /**
   * The elements of an array in row-major order.
   *
   * @param {number} address
   * @returns {any}
   */
  view(address) {
    const words = this.words();
    const at = address >>> 2;
    const code = words[at + HEADER_DTYPE];
    let length = partsOf(code);
    for (let axis = words[at + HEADER_RANK]; axis--; ) {
      length *= words[at + HEADER_SHAPE + axis];
    }
    return new TYPED_ARRAYS[code](words.buffer, words[at + HEADER_DATA], length);
  }

  /**
   * The elements of an array in any order.
   *
   * @param {number} address
   * @returns {import("./strided.js").Strided}
   */
  strided(address) {
    const words = this.words();
    const at = address >>> 2;
    const code = words[at + HEADER_DTYPE];
    const rank = words[at + HEADER_RANK];
    const first = at + HEADER_SHAPE;
    const shape = [...words.subarray(first, first + rank)];
    const strides = [...new Int32Array(words.buffer, 4 * (first + rank), rank)];
    const { low, high } = reach({ shape, strides }) ?? { low: 0, high: -1 };
    const start = words[at + HEADER_DATA] + low * ITEM_SIZES[code];
    const data = new TYPED_ARRAYS[code](words.buffer, start, (high - low + 1) * partsOf(code));
    return { code, data, shape, strides, offset: -low };
  }

  /**
   * The array that a kernel returned.
   *
   * @param {number} address
   */
  output(address) {
    const words = this.words();
    const at = address >>> 2;
    // Of its elements: the allocation may be larger.
    let bytes = ITEM_SIZES[words[at + HEADER_DTYPE]];
    for (let axis = 0; axis < words[at + HEADER_RANK]; axis++) bytes *= words[at + HEADER_SHAPE + axis];
    /** @type {any} */
    const allocation = { address: address >>> 0, allocation: null, bytes, users: 0 };
    allocation.allocation = allocation;
    this.bytes += bytes;
    return this.#own(allocation);
  }

  /**
   * The list of arrays that a kernel returned.
   *
   * @param {number} address
   */
  outputList(address) {
    const addresses = [...this.view(address)];
    this.wasm[ARRAY_FREE](address);
    return addresses.map((address) => this.output(address));
  }

  /**
   * An array that a kernel returned; a single value where it has no dimensions.
   *
   * @param {number} address
   */
  single(address) {
    const words = this.words();
    if (words[(address >>> 2) + HEADER_RANK]) {
      return this.output(address);
    }
    const value = elementAt(words[(address >>> 2) + HEADER_DTYPE], this.view(address), 0);
    this.wasm[ARRAY_FREE](address);
    return value;
  }

  /**
   * A new array, filled at once.
   *
   * @param {string} method
   * @param {number} code
   * @param {readonly number[]} shape
   * @param {(data: any) => void} fill may read the memory, which has grown as far as it will
   */
  create(method, code, shape, fill) {
    const array = this.output(this.allocate(method, code, shape));
    try {
      fill(this.view(addressOf(array, this)));
      return array;
    } catch (error) {
      array.free();
      throw error;
    }
  }

  /**
   * A view of an array's elements.
   *
   * @param {string} method
   * @param {Hold} hold
   * @param {Layout} layout its offset counts from the array's first element
   */
  derive(method, { address, allocation }, layout) {
    const at = address >>> 2;
    const code = this.words()[at + HEADER_DTYPE];
    elements(method, code, layout.shape);
    const view = this.#make(method, code, 0, layout);
    const words = this.words();
    // Where there are no elements, an offset may lead anywhere.
    const offset = layout.shape.includes(0) ? 0 : layout.offset;
    words[(view >>> 2) + HEADER_DATA] = words[at + HEADER_DATA] + offset * ITEM_SIZES[code];
    return this.#own({ address: view, allocation });
  }

  /** @param {Hold} hold */
  #own(hold) {
    const array = adopt(this, hold);
    this.#registry.register(array, hold, array);
    if (this.scopes.length !== 0) {
      this.scopes[this.scopes.length - 1].add(array);
    }
    hold.allocation.users++;
    this.live++;
    return array;
  }

  /**
   * Frees an array that JavaScript owns.
   *
   * @param {NdArray} array
   * @param {Hold} hold
   */
  drop(array, hold) {
    this.#registry.unregister(array);
    this.release(hold);
  }

  /** @param {Hold} hold */
  release({ address, allocation }) {
    this.live--;
    allocation.users--;
    if (address !== allocation.address) {
      this.#discard(address);
    }
    if (allocation.users === 0) {
      this.bytes -= allocation.bytes;
      this.#discard(allocation.address);
    }
  }

  /**
   * Frees a header; after the calls that are under way, since they may have its address.
   *
   * @param {number} address
   */
  #discard(address) {
    if (this.depth) {
      this.temporaries.push({ mark: 0, address, free: this.wasm[ARRAY_FREE] });
    } else {
      this.wasm[ARRAY_FREE](address);
    }
  }

  /**
   * Refuses typed arrays that overlap an array which the kernel writes to: their copies would not. Wasm compares
   * resident arrays itself.
   *
   * @param {Facts} facts
   * @param {...unknown} values the arguments
   */
  apart(facts, ...values) {
    const resident = (/** @type {unknown} */ value) => {
      const address = addressOf(value, this);
      return address === OTHER ? undefined : address > 0 ? this.strided(address) : null;
    };
    outside(() => checkApart(facts, values, resident));
  }

  /**
   * Writes the temporaries of a call back to the typed arrays that they are copies of.
   *
   * @param {number} mark
   */
  store(mark) {
    for (const temporary of this.temporaries) {
      if (temporary.mark === mark) {
        temporary.store?.();
        // Until it is freed, other calls may have its place.
        temporary.store = undefined;
      }
    }
  }

  /** @param {() => Error} error */
  end(error) {
    const refuse = super.end(error);
    this.allocate = this.derive = refuse;
    this.release = () => {};
    return refuse;
  }
}

/**
 * Refuses an array of ours that no kernel can see.
 *
 * @param {number} why what `addressOf` says about it
 * @param {Facts} facts
 * @param {number} place
 */
function refuseLost(why, facts, place) {
  if (why === FREED) {
    throw refusal(KernelMemoryError, facts, place, "was freed");
  }
  if (why === FOREIGN) {
    throw refusal(KernelTypeError, facts, place, "is an array of another `load()`: pass `toTypedArray()` of it");
  }
}

/**
 * An instance whose kernels have arrays, and what comes beside the kernels then.
 *
 * @param {any} wasm exports of the instance
 * @param {WebAssembly.Memory} memory
 */
export function createArrays(wasm, memory) {
  const rt = new ArrayRuntime(wasm, memory);
  return { rt, members: createMembers(rt) };
}
