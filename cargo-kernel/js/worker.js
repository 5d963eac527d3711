// One thread of the pool, in any host.

import { WORKER_RUN } from "./abi.js";
import { instantiate } from "./threaded.js";

/**
 * Answers the messages of `threads.js`: first the module and the memory, then the place in the pool.
 *
 * @param {(message: { ready: true } | { error: string }) => void} answer
 */
export function createWorker(answer) {
  /** @type {any} */
  let wasm;
  return async (/** @type {{ module: WebAssembly.Module, memory: WebAssembly.Memory, stack: number, worker?: number }} */ message) => {
    if (message.worker !== undefined) {
      // Returns when the pool ends, which is when the thread is terminated.
      wasm[WORKER_RUN](message.worker);
      return;
    }
    try {
      wasm = await instantiate()({ module_or_path: message.module, memory: message.memory, thread_stack_size: message.stack });
      answer({ ready: true });
    } catch (error) {
      answer({ error: /** @type {Error} */ (error).message });
    }
  };
}
