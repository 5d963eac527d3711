import { createWorker } from "./worker.js";

const scope = /** @type {any} */ (globalThis);
const work = createWorker((message) => scope.postMessage(message));
scope.onmessage = (/** @type {MessageEvent} */ event) => work(event.data);
