import { parentPort } from "node:worker_threads";
import { createWorker } from "./worker.js";

const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);
port.on("message", createWorker((message) => port.postMessage(message)));
