// Reading wasm in Node.

import { readFile } from "node:fs/promises";

/** @param {URL} url */
export async function compile(url) {
  return WebAssembly.compile(await readFile(url));
}
