// NumPy, in a process of its own: `tests/numpy/server.py`.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT, TESTS, need } from "../support/paths.mjs";

const PYTHON = process.env.NUMPY_PYTHON ?? join(ROOT, "target/venv/bin/python");

/** Starts it. */
export async function startNumpy() {
  need(PYTHON, "python3 -m venv target/venv && target/venv/bin/pip install --require-hashes -r tests/numpy/requirements.txt");
  const child = spawn(PYTHON, [join(TESTS, "numpy/server.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) {
      throw new Error(`${PYTHON} tests/numpy/server.py ended: see above`);
    }
    return JSON.parse(value);
  };
  const { numpy } = await next();
  return {
    version: numpy,
    /**
     * The answers to some requests.
     *
     * @param {object[]} requests
     */
    ask: (requests) => {
      child.stdin.write(`${JSON.stringify(requests)}\n`);
      return next();
    },
    stop: () => child.stdin.end(),
  };
}
