// What NumPy made: see `tests/numpy/make.py`.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TESTS } from "./paths.mjs";

/** The bytes of a file under `tests/numpy`. */
export const readBytes = (path) => new Uint8Array(readFileSync(join(TESTS, "numpy", path)));

/** The cases of a file there. */
export const readCases = (path) => JSON.parse(readFileSync(join(TESTS, "numpy", path), "utf8"));

/** Bytes in base64. */
export const decode = (text) => new Uint8Array(Buffer.from(text, "base64"));
