// Threads in Node.

import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

/** @type {import("./threads.js").Host} */
export const host = {
  refusal: () => null,

  cores: availableParallelism,

  spawn(heard, failed) {
    // Flags of the parent such as `--input-type` make no sense for a file.
    const worker = new Worker(new URL("./node-worker.js", import.meta.url), { execArgv: [] });
    worker.on("message", heard);
    worker.on("messageerror", () => failed("it can't receive the memory"));
    worker.on("error", (error) => failed(error.message));
    return {
      post: (message) => worker.postMessage(message),
      release: () => worker.unref(),
      terminate: () => void worker.terminate(),
    };
  },
};
