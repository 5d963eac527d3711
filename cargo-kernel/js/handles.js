// Structs of Rust, which JavaScript holds by their addresses.

import { KernelMemoryError, KernelTypeError } from "./errors.js";
import { describe, refusal, withArticle } from "./messages.js";
import { RECEIVER } from "./abi.js";
import { scope } from "./scope.js";

/** @typedef {import("./messages.js").Facts} Facts */
/** @typedef {import("./runtime.js").Runtime} Runtime */

/**
 * Where a struct is.
 *
 * @typedef {{ kind: Kind, address: number }} Hold its address is 0 once it was freed
 */

/**
 * What a handle holds; undefined of anything else.
 *
 * @type {(value: unknown) => Hold | undefined}
 */
let holdOf;

const KEY = {};

/** What the classes of all structs have. */
export class Handle {
  /** @type {Hold} */
  #hold;

  static {
    holdOf = (value) => (typeof value === "object" && value !== null && #hold in value ? value.#hold : undefined);
  }

  /**
   * @param {unknown} key
   * @param {Hold} hold
   */
  constructor(key, hold) {
    if (key !== KEY) {
      const text = `\`${new.target.name}\` has no constructor: its handles are made by kernels and by static methods`;
      throw new KernelTypeError(text);
    }
    this.#hold = hold;
  }

  /** Drops the struct. A second call does nothing. */
  free() {
    const hold = this.#hold;
    const { kind, address } = hold;
    hold.address = 0;
    if (address) {
      kind.forget(this);
      kind.release(address);
    }
  }

  /** For `using`; the key is the one that compilers fall back to where the host has none. */
  [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() {
    this.free();
  }
}

/** The handles of one instance. */
export class Handles {
  /** How many are alive. */
  live = 0;

  /** The classes, by name. @type {Map<string, Kind>} */
  kinds = new Map();

  /** @type {FinalizationRegistry<Hold>} */
  registry = new FinalizationRegistry(({ kind, address }) => kind.releaseQuietly(address));

  /** @param {Runtime} rt */
  constructor(rt) {
    this.rt = rt;
  }

  /**
   * The handle of a struct that a kernel returned among other results.
   *
   * @param {string} name of its class
   * @param {number} address
   */
  own(name, address) {
    return /** @type {Kind} */ (this.kinds.get(name)).own(address);
  }
}

/** A class of one instance: what makes, borrows and drops its handles. */
export class Kind {
  #handles;
  #Class;
  #drop;
  #facts;

  /**
   * @param {Runtime} rt
   * @param {string} name
   * @param {new (...args: any[]) => Handle} Class
   * @param {(address: number) => void} drop the wasm export
   */
  constructor({ handles }, name, Class, drop) {
    this.#handles = /** @type {Handles} */ (handles);
    this.name = name;
    this.#Class = Class;
    this.#drop = drop;
    this.#facts = { name: `${name}.free`, params: [], results: [] };
    this.#handles.kinds.set(name, this);
    // Set by hand, since a minifier renames the class; a static method of that name stays.
    if (typeof Class.name === "string") {
      Object.defineProperty(Class, "name", { value: name, configurable: true });
    }
    Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: name, configurable: true });
  }

  /**
   * The address of a handle argument.
   *
   * @param {unknown} value
   * @param {Facts} facts
   * @param {number} [place]
   */
  borrow(value, facts, place = RECEIVER) {
    const hold = holdOf(value);
    if (hold?.kind === this && hold.address) {
      return hold.address;
    }
    if (hold?.kind === this) {
      throw refusal(KernelMemoryError, facts, place, "was freed");
    }
    const wanted = withArticle(this.name);
    const found = hold ? withArticle(hold.kind.name) : describe(value);
    const text =
      wanted !== found
        ? `must be ${wanted}, got ${found}`
        : hold
          ? `is ${found} of another \`load()\`: pass one that this \`load()\` has made`
          : `must be ${wanted} itself, got a proxy of one, or an object that has its prototype alone`;
    throw refusal(KernelTypeError, facts, place, text);
  }

  /**
   * The handle that owns a struct from now on.
   *
   * @param {number} address
   * @param {Function} [target] the class of the handle, where `new` was called with one derived from this
   */
  own(address, target = this.#Class) {
    const { rt, registry } = this.#handles;
    /** @type {Hold} */
    const hold = { kind: this, address: address >>> 0 };
    // Not by `new`, which is the constructor that Rust has.
    const handle = /** @type {Handle} */ (Reflect.construct(Handle, [KEY, hold], target));
    registry.register(handle, hold, handle);
    rt.scopes.at(-1)?.add(handle);
    this.#handles.live++;
    return handle;
  }

  /** @param {Handle} handle */
  forget(handle) {
    this.#handles.registry.unregister(handle);
  }

  /**
   * Drops a struct: at once, or after the calls that are under way, since they may have its address.
   *
   * @param {number} address
   */
  release(address) {
    const { rt } = this.#handles;
    if (rt.depth && !rt.ended) {
      rt.temporaries.push({ mark: 0, address, free: () => this.releaseQuietly(address) });
      return;
    }
    this.#handles.live--;
    if (rt.ended) {
      return;
    }
    const mark = rt.enter();
    try {
      this.#drop(address);
      if (rt.status[0] !== 0) rt.raise(this.#facts);
      rt.leave(mark);
    } catch (error) {
      throw rt.trapped(error, this.#facts, mark);
    }
  }

  /**
   * Drops a struct where nobody could catch what its destructor panics with.
   *
   * @param {number} address
   */
  releaseQuietly(address) {
    try {
      this.release(address);
    } catch (error) {
      console.error(error);
    }
  }
}

/**
 * Lets an instance have handles, and adds what comes beside its kernels then.
 *
 * @param {Runtime} rt
 * @param {object} members what comes beside its kernels
 */
export function createHandles(rt, members) {
  const handles = new Handles(rt);
  rt.handles = handles;
  const arrays = Object.getOwnPropertyDescriptor(members, "memory");
  const added = {
    scope: (/** @type {() => unknown} */ run) => scope(rt, run),

    /** What is alive. */
    get memory() {
      return { ...arrays?.get?.(), handles: handles.live };
    },
  };
  Object.defineProperties(members, Object.getOwnPropertyDescriptors(added));
}
