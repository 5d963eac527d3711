import assert from "node:assert/strict";

/**
 * Asserts that a call is refused: the class, its name, and what the message must say.
 *
 * @param {Record<string, any>} module the package
 * @param {string} className
 * @param {() => unknown} call
 * @param {(string | RegExp)[]} texts
 */
export function assertRefused(module, className, call, texts) {
  let error;
  try {
    call();
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(error, "the call was not refused");
  const said = `${error.name}: ${error.message}`;
  assert.ok(error instanceof module.KernelError && error instanceof module[className], `expected a ${className}, got ${said}`);
  assert.equal(error.constructor, module[className], said);
  assert.equal(error.name, className);
  for (const text of texts) {
    const found = typeof text === "string" ? error.message.includes(text) : text.test(error.message);
    assert.ok(found, `expected ${text} in: ${error.message}`);
  }
  return error;
}

/**
 * The same of a call in a scope, which must leave the memory as it was.
 *
 * @param {Record<string, any>} module the package
 * @param {any} k what its `load()` gave
 * @param {string} className
 * @param {() => unknown} call
 * @param {(string | RegExp)[]} texts
 */
export function assertRefusedInScope(module, k, className, call, texts) {
  const { arrays, bytes } = k.memory;
  const error = assertRefused(module, className, () => k.scope(call), texts);
  assert.deepEqual([k.memory.arrays, k.memory.bytes], [arrays, bytes], "a refused call keeps memory");
  return error;
}
