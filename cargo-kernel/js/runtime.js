// One instance of the wasm, as the kernels see it.

import {
  ABI_VERSION,
  AREA,
  AREA_DETAIL,
  AREA_DETAILS,
  AREA_RESULTS,
  AREA_STATUS,
  AREA_TEXT,
  TYPED_ARRAYS,
  VERSION,
} from "./abi.js";
import { codeOf, valueOf } from "./dtypes.js";
import { KernelLoadError, KernelMemoryError, KernelPanic } from "./errors.js";
import { explain } from "./messages.js";

/** @typedef {import("./messages.js").Facts} Facts */

/**
 * What lives no longer than a call: an array, or what was freed meanwhile.
 *
 * @typedef {object} Temporary
 * @property {number} mark the call
 * @property {number} address
 * @property {(address: number) => void} free
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

  /** The memory as words; {@link words} is never stale. */
  #u32 = new Uint32Array();

  /** The status of the last call, alone. Detached once the memory has grown. */
  status = new Int32Array();

  /** How many calls are under way: a getter or a proxy in an argument may call a kernel. */
  depth = 0;

  /** @type {Temporary[]} */
  temporaries = [];

  /** What each `scope()` under way has made. @type {import("./scope.js").Made[]} */
  scopes = [];

  /**
   * Where the package has handles.
   *
   * @type {import("./handles.js").Handles | null}
   */
  handles = null;

  /** Whether nothing runs here any more. */
  ended = false;

  /** Address of the call area. */
  #area;
  /** Where the stack is empty, if the wasm tells. */
  #stackPointer;

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
    this.wasm = wasm;
    this.memory = memory;
    this.#area = wasm[AREA]() >>> 0;
    this.#stackPointer = wasm.__stack_pointer?.value;
    this.#refresh();
  }

  /** Makes the views new: memory that grew has another buffer. */
  #refresh() {
    const { buffer } = this.memory;
    this.#u32 = new Uint32Array(buffer);
    this.status = new Int32Array(buffer, this.#area + AREA_STATUS, 1);
  }

  /** The memory as words. */
  words() {
    if (this.#u32.buffer !== this.memory.buffer) {
      this.#refresh();
    }
    return this.#u32;
  }

  /** Begins a call; the result is for {@link leave}. */
  enter() {
    if (this.grow !== null) {
      this.grow(0);
    }
    return this.depth++;
  }

  /**
   * Ends a call: frees what it made.
   *
   * @param {number} mark
   */
  leave(mark) {
    this.depth = mark;
    if (this.temporaries.length !== 0) {
      while (this.temporaries.length && this.temporaries[this.temporaries.length - 1].mark >= mark) {
        const { address, free } = /** @type {Temporary} */ (this.temporaries.pop());
        free(address);
      }
    }
  }

  /**
   * The array that a kernel returned; where there are arrays, see `arrays.js`.
   *
   * @param {number} _address
   * @returns {unknown}
   */
  output(_address) {
    throw new TypeError("the package has no arrays");
  }

  /**
   * An array that a kernel returned; a single value where it has no dimensions.
   *
   * @param {number} _address
   * @returns {unknown}
   */
  single(_address) {
    throw new TypeError("the package has no arrays");
  }

  /**
   * The list of arrays that a kernel returned.
   *
   * @param {number} _address
   * @returns {unknown}
   */
  outputList(_address) {
    throw new TypeError("the package has no arrays");
  }

  /**
   * The results of a kernel that has several.
   *
   * @param {Facts} facts
   */
  outputs({ results }) {
    const { buffer } = this.words();
    const first = this.#area + AREA_RESULTS;
    return results.map(({ dtype, dims, single, list, handle }, i) => {
      const code = codeOf(dtype);
      const Type = dims || handle ? Uint32Array : TYPED_ARRAYS[code];
      const slot = new Type(buffer, first + 8 * i, 1)[0];
      const address = /** @type {number} */ (slot);
      if (handle) {
        return this.handles?.own(handle, address);
      }
      if (dims) {
        return single ? this.single(address) : list ? this.outputList(address) : this.output(address);
      }
      return valueOf(code, slot);
    });
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
    const { buffer } = this.memory;
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
    if (error instanceof Outside || !isTrap(error)) {
      this.leave(mark);
      return error instanceof Outside ? error.cause : error;
    }
    const text = `\`${facts.name}\` trapped: ${this.pool?.trap() || error.message}`;
    const about = { kernel: facts.name, cause: error };
    if (this.pool) {
      return this.lose(text, about);
    }
    if (!mark && this.#stackPointer !== undefined) {
      this.wasm.__stack_pointer.value = this.#stackPointer;
    }
    this.leave(mark);
    // Where a panic aborts, it has left its status before the trap.
    return this.#fault(facts) ?? new KernelPanic(text, about);
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
    this.end(error);
    return error();
  }

  /** Ends the instance: whatever is tried afterwards is refused. */
  dispose() {
    this.words = this.end(() => new KernelMemoryError("this `load()` was disposed"));
  }

  /**
   * @protected
   * @param {() => Error} error
   * @returns {() => never}
   */
  end(error) {
    const refuse = () => {
      throw error();
    };
    this.enter = refuse;
    this.ended = true;
    this.temporaries = [];
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

/** What looks like a trap, but was thrown where no wasm ran. */
class Outside extends Error {}

/**
 * Runs what may run code of a user, such as getters.
 *
 * @template T
 * @param {() => T} run
 * @returns {T}
 */
export function outside(run) {
  try {
    return run();
  } catch (error) {
    throw isTrap(error) ? new Outside("", { cause: error }) : error;
  }
}

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
