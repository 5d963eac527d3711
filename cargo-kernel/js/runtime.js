// One instance of the wasm, as the kernels see it.

import {
  ABI_VERSION,
  AREA,
  AREA_DETAIL,
  AREA_DETAILS,
  AREA_RESULTS,
  AREA_STATUS,
  AREA_TEXT,
  ARRAY_FREE,
  ARRAY_NEW,
  HEADER_DATA,
  HEADER_DTYPE,
  HEADER_RANK,
  HEADER_SHAPE,
  STATUS_BOOL,
  TYPED_ARRAYS,
  VERSION,
} from "./abi.js";
import { addressOf, adopt, FOREIGN, FREED } from "./array.js";
import { codeOf, elementOf } from "./dtypes.js";
import { KernelLoadError, KernelMemoryError, KernelPanic, KernelTypeError } from "./errors.js";
import { describe, explain, outOfMemory, refusal, withArticle } from "./messages.js";
import { ARRAY, checkShape, parseOptions } from "./options.js";
import { checkApart } from "./overlap.js";
import { elements, sourceOf } from "./source.js";

/** @typedef {import("./messages.js").Facts} Facts */

/**
 * An array that lives as long as a call.
 *
 * @typedef {object} Temporary
 * @property {number} mark the call
 * @property {number} address
 * @property {() => void} [store] writes it back to the argument that it is a copy of
 */

export class Runtime {
  /**
   * Set by a host whose memory grows between calls alone: makes room for so many bytes more, and tells whether it did.
   *
   * @type {((bytes: number) => boolean) | null}
   */
  grow = null;

  /**
   * The threads that the kernels of this instance have.
   *
   * @type {import("./threads.js").Pool | null}
   */
  pool = null;

  /** How many arrays are alive. */
  live = 0;

  /** The memory as words; {@link words} is never stale. */
  #u32 = new Uint32Array();

  /** The status of the last call, alone. Detached once the memory has grown. */
  status = new Int32Array();

  /** How many calls are under way: a getter or a proxy in an argument may call a kernel. */
  #depth = 0;

  /** @type {Temporary[]} */
  #temporaries = [];

  /** @type {any} */
  #wasm;
  #memory;
  /** Address of the call area. */
  #area;
  /** Where the stack is empty, if the wasm tells. */
  #stackPointer;
  /** @type {FinalizationRegistry<number>} */
  #registry = new FinalizationRegistry((address) => this.drop(address));

  /**
   * @param {any} wasm exports of the instance
   * @param {WebAssembly.Memory} memory
   */
  constructor(wasm, memory) {
    const version = wasm[ABI_VERSION]?.();
    if (version !== VERSION) {
      const text = `the wasm has kernel ABI ${version}, its JavaScript ${VERSION}: build the package again`;
      throw new KernelLoadError(text);
    }
    this.#wasm = wasm;
    this.#memory = memory;
    this.#area = wasm[AREA]() >>> 0;
    this.#stackPointer = wasm.__stack_pointer?.value;
    this.#refresh();
  }

  /** Makes the views new: memory that grew has another buffer. */
  #refresh() {
    const { buffer } = this.#memory;
    this.#u32 = new Uint32Array(buffer);
    this.status = new Int32Array(buffer, this.#area + AREA_STATUS, 1);
  }

  /** The memory as words. */
  words() {
    if (this.#u32.buffer !== this.#memory.buffer) {
      this.#refresh();
    }
    return this.#u32;
  }

  /** Begins a call; the result is for {@link leave}. */
  enter() {
    if (this.grow !== null) {
      this.grow(0);
    }
    return this.#depth++;
  }

  /**
   * Ends a call: frees what it made.
   *
   * @param {number} mark
   */
  leave(mark) {
    this.#depth = mark;
    if (this.#temporaries.length !== 0) {
      while (this.#temporaries.length && this.#temporaries[this.#temporaries.length - 1].mark >= mark) {
        const { address } = /** @type {Temporary} */ (this.#temporaries.pop());
        this.#wasm[ARRAY_FREE](address);
      }
    }
  }

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
    const { dtype, mutable, dims = [] } = facts.params[place];
    if (why === FREED) {
      throw refusal(KernelMemoryError, facts, place, "was freed");
    }
    if (why === FOREIGN) {
      throw refusal(KernelTypeError, facts, place, "is an array of another `load()`: pass `toTypedArray()` of it");
    }
    const code = codeOf(dtype);
    if (mutable && !ArrayBuffer.isView(value)) {
      const text = `is written to: pass an NdArray or ${withArticle(TYPED_ARRAYS[code].name)}, got ${describe(value)}`;
      throw refusal(KernelTypeError, facts, place, text);
    }
    const single = dims.every((dim) => dim === "..");
    const source = sourceOf(value, facts, place, code, single, this.#memory);
    const address = this.allocate(facts.name, code, source.shape);
    const store = mutable ? () => source.present().set(this.view(address)) : undefined;
    this.#temporaries.push({ mark: this.#depth - 1, address, store });
    this.view(address).set(source.present());
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
    const bytes = size * TYPED_ARRAYS[code].BYTES_PER_ELEMENT;
    const make = () => this.#wasm[ARRAY_NEW](code, shape.length, size) >>> 0;
    const address = make() || (this.grow?.(bytes) ? make() : 0);
    if (!address) {
      throw outOfMemory(kernel, bytes);
    }
    const words = this.words();
    let at = (address >>> 2) + HEADER_SHAPE + shape.length;
    let stride = 1;
    for (let axis = shape.length; axis--; ) {
      words[--at] = shape[axis];
      words[at + shape.length] = stride;
      stride *= shape[axis] || 1;
    }
    return address;
  }

  /**
   * The elements of an array.
   *
   * @param {number} address
   * @returns {any}
   */
  view(address) {
    const words = this.words();
    const at = address >>> 2;
    let size = 1;
    for (let axis = words[at + HEADER_RANK]; axis--; ) {
      size *= words[at + HEADER_SHAPE + axis];
    }
    return new TYPED_ARRAYS[words[at + HEADER_DTYPE]](words.buffer, words[at + HEADER_DATA], size);
  }

  /**
   * The array that a kernel returned.
   *
   * @param {number} address
   */
  output(address) {
    const array = adopt(this, address >>> 0);
    this.#registry.register(array, address >>> 0, array);
    this.live++;
    return array;
  }

  /**
   * The results of a kernel that has several.
   *
   * @param {Facts} facts
   */
  outputs({ results }) {
    const { buffer } = this.words();
    const first = this.#area + AREA_RESULTS;
    return results.map(({ dtype, dims }, i) => {
      const code = codeOf(dtype);
      const Type = dims ? Uint32Array : TYPED_ARRAYS[code];
      const slot = new Type(buffer, first + 8 * i, 1)[0];
      return dims ? this.output(/** @type {number} */ (slot)) : elementOf(code, slot);
    });
  }

  /**
   * Frees an array that JavaScript owns; after the calls that are under way, since they may have its address.
   *
   * @param {number} address
   * @param {object} [array]
   */
  drop(address, array) {
    if (array) {
      this.#registry.unregister(array);
    }
    this.live--;
    if (this.#depth) {
      this.#temporaries.push({ mark: 0, address });
    } else {
      this.#wasm[ARRAY_FREE](address);
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
    if (!values.some(ArrayBuffer.isView)) {
      return;
    }
    const views = values.map((value) => {
      const address = addressOf(value, this);
      return ArrayBuffer.isView(value) ? value : address > 0 ? this.view(address) : null;
    });
    checkApart(facts, views);
  }

  /**
   * Writes the temporaries of a call back to the typed arrays that they are copies of.
   *
   * @param {number} mark
   */
  store(mark) {
    for (const temporary of this.#temporaries) {
      if (temporary.mark === mark) {
        temporary.store?.();
      }
    }
  }

  /**
   * Throws what the status says. The view of the status may be detached: then there may be nothing to throw.
   *
   * @param {Facts} facts
   */
  raise(facts) {
    const fault = this.#fault(facts);
    if (fault) {
      throw fault;
    }
  }

  /** @param {Facts} facts */
  #fault(facts) {
    this.#refresh();
    const status = this.status[0];
    if (status === 0) {
      return;
    }
    this.status[0] = 0;
    const { buffer } = this.#memory;
    const detail = [...new Float64Array(buffer, this.#area + AREA_DETAIL, AREA_DETAILS)];
    return explain(facts, status, detail, (index) => {
      const at = ((this.#area + AREA_TEXT) >>> 2) + 2 * index;
      return decode(buffer, this.#u32[at], this.#u32[at + 1]);
    });
  }

  /**
   * Ends a call that threw.
   *
   * @param {any} error
   * @param {Facts} facts
   * @param {number} mark
   * @returns what to throw
   */
  trapped(error, facts, mark) {
    if (!isTrap(error)) {
      this.leave(mark);
      return error;
    }
    const text = `\`${facts.name}\` trapped: ${this.pool?.trap() || error.message}`;
    const about = { kernel: facts.name, cause: error };
    if (this.pool) {
      return this.lose(text, about);
    }
    if (!mark && this.#stackPointer !== undefined) {
      this.#wasm.__stack_pointer.value = this.#stackPointer;
    }
    this.leave(mark);
    // Where a panic aborts, it has left its status before the trap.
    return this.#fault(facts) ?? new KernelPanic(text, about);
  }

  /**
   * A resident array with a copy of the data.
   *
   * @param {unknown} data a typed array, nested arrays, or a single value
   * @param {readonly number[] | { shape?: readonly number[], dtype?: string }} [options]
   */
  array(data, options = {}) {
    const { shape, code } = parseOptions(options);
    const source = sourceOf(data, ARRAY, 0, code, true, this.#memory);
    const present = source.present();
    if (source.code === 0) {
      const index = present.findIndex((/** @type {number} */ byte) => byte > 1);
      if (index >= 0) {
        throw explain(ARRAY, STATUS_BOOL, [0, index, present[index]], String);
      }
    }
    if (shape !== undefined) {
      source.shape = checkShape(shape, present.length);
    }
    const address = this.allocate(ARRAY.name, source.code, source.shape);
    const array = this.output(address);
    this.view(address).set(source.present());
    return array;
  }

  /**
   * Ends an instance one of whose threads has trapped. What the others are doing with the stack or under the locks of that
   * one can't be told, so nothing runs here any more; arrays can still be read.
   *
   * @param {string} text
   * @param {{ kernel?: string, cause?: unknown }} [about]
   * @returns what to throw, now and at every call
   */
  lose(text, about) {
    this.pool?.stop();
    const error = () => new KernelPanic(`${text}; its threads were stopped: call \`load()\` again`, about);
    this.#end(error);
    return error();
  }

  /** Ends the instance: whatever is tried afterwards is refused. */
  dispose() {
    this.words = this.#end(() => new KernelMemoryError("this `load()` was disposed"));
  }

  /** @param {() => Error} error */
  #end(error) {
    const refuse = () => {
      throw error();
    };
    this.enter = this.allocate = refuse;
    this.drop = () => {};
    this.#temporaries = [];
    return refuse;
  }
}

/**
 * Whether wasm threw it, and not the code of an argument. Engines say that the stack is used up with a `RangeError` or an
 * `InternalError`.
 *
 * @param {any} error
 */
const isTrap = (error) =>
  error instanceof WebAssembly.RuntimeError ||
  ((error instanceof RangeError || error?.name === "InternalError") && /call stack|recursion/.test(error.message));

/**
 * A text in the memory, as UTF-8.
 *
 * @param {ArrayBufferLike} buffer
 * @param {number} address
 * @param {number} length in bytes
 */
export const decode = (buffer, address, length) =>
  // A copy, since browsers decode no shared memory.
  new TextDecoder().decode(new Uint8Array(buffer, address, length).slice());
