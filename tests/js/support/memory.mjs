import assert from "node:assert/strict";

/**
 * Asserts that what `run` makes is freed when it ends, but for what it frees itself.
 *
 * @param {any} k
 * @param {() => unknown} run
 */
export function assertFreed(k, run) {
  const before = k.memory;
  const result = run();
  assert.deepEqual(k.memory, before, "something is still alive");
  return result;
}
