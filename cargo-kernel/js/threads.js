// The threaded variant: its memory, its workers, and the reasons for which a host can't have it.

import {
  MEMORY_EXTEND,
  MEMORY_FREE,
  MEMORY_REFRESH,
  POOL_NEXT,
  POOL_START,
  POOL_TRAP,
  SPINS,
  THREAD,
  WATCHES,
} from "./abi.js";
import { decode } from "./runtime.js";
import { instantiate } from "./threaded.js";

const PAGE = 65536;

// The stack of a worker, in bytes: wasm-bindgen's default, and Rust's own.
const STACK = 2 << 20;

// What is there at least when a kernel begins, in a memory that grows between calls; and beside an array that is made, since
// threads which are just starting take some of it.
const HEADROOM = 4 << 20;

// A worker that says nothing for so long, in ms, will not.
const PATIENCE = 20_000;

/**
 * What differs between a browser and Node.
 *
 * @typedef {object} Host
 * @property {() => { reason: string, fix: string } | null} refusal what is known to be missing, before anything is tried
 * @property {() => number} cores
 * @property {(heard: (message: any) => void, failed: (reason: string) => void) => Thread} spawn
 *
 * @typedef {object} Thread
 * @property {(message: unknown) => void} post
 * @property {() => void} release lets the process exit while the thread lives
 * @property {() => void} terminate
 */

/** The host can't have threads: the message is `k.threads.reason`. */
export class Refusal extends Error {
  /**
   * @param {string} reason
   * @param {string} [fix]
   */
  constructor(reason, fix) {
    super(reason);
    this.fix = fix;
  }
}

/**
 * A pool that runs.
 *
 * @typedef {object} Pool
 * @property {any} wasm
 * @property {WebAssembly.Memory} memory
 * @property {number} active
 * @property {() => void} stop
 * @property {((bytes: number) => boolean) | null} grow see {@link growth}
 * @property {() => string} trap what a worker has trapped with, if one has
 * @property {(reason: string) => void} onlost called when a worker has trapped or is gone, once JavaScript gets to run
 */

/**
 * Starts the threaded variant with its pool. The calling thread is the first of the pool.
 *
 * @param {import("./load.js").Threaded} threaded
 * @param {import("./load.js").Options} options
 * @param {(url: URL) => Promise<WebAssembly.Module>} compiled
 * @returns {Promise<Pool>}
 */
export async function start({ url, host, pages }, options, compiled) {
  const active = options.threads || host.cores();
  if (active === 1) {
    const reason = options.threads ? "`load({ threads: 1 })` asked for one thread" : "the host has one core";
    throw new Refusal(reason);
  }
  const missing = host.refusal() ?? missingFeature();
  if (missing) {
    throw new Refusal(missing.reason, missing.fix);
  }
  const module = await compiled(url);
  const memory = createMemory(pages, active, options.memory ?? {});
  /** @type {Pool | undefined} */
  let pool;
  const threads = await startThreads(host, active - 1, module, memory, (reason) => pool?.onlost(reason));
  const stop = () => threads.forEach((thread) => thread.terminate());
  try {
    const wasm = await instantiate()({ module_or_path: module, memory });
    wasm[THREAD].value = mayWait() ? WATCHES : SPINS;
    if (!wasm[POOL_START](active)) {
      throw new Refusal("the thread pool can't be started");
    }
    for (const thread of threads) {
      thread.post({ worker: wasm[POOL_NEXT]() });
      thread.release();
    }
    const trap = () => textAt(memory, wasm[POOL_TRAP]());
    pool = { wasm, memory, active, stop, trap, grow: growth(wasm, memory, pages, options.memory), onlost() {} };
    return pool;
  } catch (error) {
    stop();
    throw error;
  }
}

/** Shared memory is part of the same proposal as atomics, so a module that declares one tells. */
function missingFeature() {
  const sharedMemory = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 5, 4, 1, 3, 1, 1);
  if (typeof SharedArrayBuffer === "undefined" || !WebAssembly.validate(sharedMemory)) {
    return { reason: "the host has no shared WebAssembly memory", fix: "use a newer version of it" };
  }
  return null;
}

/**
 * A memory that never grows where that can be had: growth is where engines have bugs. The pages are reserved, not
 * touched.
 *
 * @param {{ initial: number, maximum: number }} pages
 * @param {number} threads
 * @param {{ initial?: number, maximum?: number }} wanted bytes
 */
function createMemory(pages, threads, wanted) {
  const least = pages.initial + Math.ceil((threads * (STACK + PAGE)) / PAGE);
  const inPages = (/** @type {number} */ bytes) => Math.max(Math.ceil(bytes / PAGE), least);
  const maximum = Math.min(inPages(wanted.maximum ?? pages.maximum * PAGE), pages.maximum);
  if (wanted.initial !== undefined) {
    return allocate(Math.min(inPages(wanted.initial), maximum), maximum);
  }
  for (let size = maximum; ; size = Math.max(size >> 1, least)) {
    try {
      return allocate(size, size);
    } catch (error) {
      if (size <= least) {
        throw error;
      }
    }
  }
}

/**
 * @param {number} initial
 * @param {number} maximum
 */
function allocate(initial, maximum) {
  try {
    return new WebAssembly.Memory({ initial, maximum, shared: true });
  } catch (error) {
    throw new Refusal(
      `the host gives no shared memory of ${initial * PAGE} bytes: ${/** @type {Error} */ (error).message}`,
      "free memory, or ask for less with `load({ memory: { maximum } })`",
    );
  }
}

/**
 * Threads that have instantiated the module and wait for their place in the pool.
 *
 * @param {Host} host
 * @param {number} count
 * @param {WebAssembly.Module} module
 * @param {WebAssembly.Memory} memory
 * @param {(reason: string) => void} lost told about a thread that fails, also later
 */
async function startThreads(host, count, module, memory, lost) {
  /** @type {Thread[]} */
  const threads = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  try {
    await new Promise((resolve, reject) => {
      const fail = (/** @type {string} */ reason) => {
        reject(new Refusal(`a worker can't be started: ${reason}`));
        lost(reason);
      };
      timer = setTimeout(fail, PATIENCE, `it did not answer within ${PATIENCE / 1000} s`);
      let waiting = count;
      const heard = (/** @type {{ ready?: true, error?: string }} */ message) => {
        if (message.error !== undefined) {
          fail(message.error);
        } else if (--waiting === 0) {
          resolve(undefined);
        }
      };
      for (let i = 0; i < count; i++) {
        const thread = host.spawn(heard, fail);
        threads.push(thread);
        // Throws where the host can't clone a shared memory into a worker, as in WebKitGTK.
        thread.post({ module, memory, stack: STACK });
      }
    });
    return threads;
  } catch (error) {
    threads.forEach((thread) => thread.terminate());
    if (error instanceof Refusal) {
      throw error;
    }
    throw new Refusal(`a worker can't receive the memory: ${/** @type {Error} */ (error).message}`);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The text that a worker left (`worker.js`).
 *
 * @param {WebAssembly.Memory} memory
 * @param {number} address
 */
function textAt({ buffer }, address) {
  return decode(buffer, address + 4, Atomics.load(new Int32Array(buffer), address >>> 2));
}

/** A browser's main thread may not; there, waits spin. */
function mayWait() {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes room before a call, in a memory that has some left to grow. Every thread sees the new size before the allocator
 * uses it: a stale size makes `memory.fill`, `memory.copy` and atomics trap in V8 before its fix of 2026-09-29.
 *
 * @param {any} wasm
 * @param {WebAssembly.Memory} memory
 * @param {{ maximum: number }} pages
 * @param {{ initial?: number, maximum?: number }} [wanted]
 * @returns {((bytes: number) => boolean) | null}
 */
function growth(wasm, memory, pages, wanted) {
  if (wanted?.initial === undefined) {
    return null;
  }
  const maximum = Math.min(Math.floor((wanted.maximum ?? Infinity) / PAGE), pages.maximum);
  return (bytes) => {
    const needed = bytes + HEADROOM - wasm[MEMORY_FREE]();
    if (bytes === 0 && needed <= 0) {
      return true;
    }
    const room = maximum - memory.buffer.byteLength / PAGE;
    const delta = Math.min(Math.max(Math.ceil(needed / PAGE), 1), room);
    if (delta <= 0) {
      return false;
    }
    try {
      memory.grow(delta);
    } catch {
      return false;
    }
    wasm[MEMORY_REFRESH]();
    wasm[MEMORY_EXTEND]();
    return true;
  };
}
