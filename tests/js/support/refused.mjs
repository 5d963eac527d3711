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
