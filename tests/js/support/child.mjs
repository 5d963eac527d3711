import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { installed } from "./installed.mjs";

/**
 * Runs a program that uses the package in a process of its own: one that hangs, or that takes the process down, is a
 * failed test then, and nothing worse.
 *
 * @param {string} program sees `load` and `assert`
 * @param {{ seconds?: number }} [limit]
 */
export async function run(program, { seconds = 30 } = {}) {
  const entry = JSON.stringify(join(installed().project, "entry.mjs"));
  const source = `import assert from "node:assert/strict";\nimport { load } from ${entry};\n${program}`;
  const options = { timeout: seconds * 1000, killSignal: "SIGKILL", maxBuffer: 1 << 26 };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", source], options);
    return { code: 0, stdout, stderr };
  } catch (error) {
    assert.ok(!error.killed, `still running after ${seconds} s; it said: ${error.stdout}${error.stderr}`);
    return { code: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}
