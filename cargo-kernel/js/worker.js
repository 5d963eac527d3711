// One thread of the pool, in any host.

import { POOL_TRAP, TRAP_WORDS, WORKER_RUN } from "./abi.js";
import { instantiate } from "./threaded.js";

/**
 * Answers the messages of `threads.js`: first the module and the memory, then the place in the pool.
 *
 * @param {(message: { ready: true } | { error: string }) => void} answer the second one also when the thread ends
 */
export function createWorker(answer) {
  /** @type {any} */
  let wasm;
  /** @type {WebAssembly.Memory} */
  let memory;
  return async (/** @type {{ module: WebAssembly.Module, memory: WebAssembly.Memory, stack: number, worker?: number }} */ message) => {
    if (message.worker !== undefined) {
      try {
        // Returns when the pool ends, which is when the thread is terminated.
        wasm[WORKER_RUN](message.worker);
      } catch (error) {
        const { message } = /** @type {Error} */ (error);
        leave(message, memory.buffer, wasm[POOL_TRAP]());
        answer({ error: message });
      }
      return;
    }
    try {
      ({ memory } = message);
      wasm = await instantiate()({ module_or_path: message.module, memory, thread_stack_size: message.stack });
      answer({ ready: true });
    } catch (error) {
      answer({ error: /** @type {Error} */ (error).message });
    }
  };
}

/**
 * Leaves a text where the thread that calls kernels finds it, which may be waiting for this one and hear no message.
 *
 * @param {string} text
 * @param {ArrayBufferLike} buffer
 * @param {number} address
 */
function leave(text, buffer, address) {
  const bytes = new TextEncoder().encode(text).subarray(0, 4 * (TRAP_WORDS - 1));
  new Uint8Array(buffer).set(bytes, address + 4);
  Atomics.store(new Int32Array(buffer), address >>> 2, bytes.length || 1);
}
