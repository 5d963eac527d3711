import { STATUS_ALIAS } from "./abi.js";
import { explain } from "./messages.js";

/**
 * Refuses arrays that share bytes with one that the kernel writes to.
 *
 * @param {import("./messages.js").Facts} facts
 * @param {(ArrayBufferView | null)[]} views the arguments, null for what shares nothing
 */
export function checkApart(facts, views) {
  views.forEach((a, i) => {
    if (a && facts.params[i].mutable) {
      const j = views.findIndex((b, j) => b && i !== j && overlap(a, b));
      if (j >= 0) {
        throw explain(facts, STATUS_ALIAS, [i, j], String);
      }
    }
  });
}

/**
 * @param {ArrayBufferView} a
 * @param {ArrayBufferView} b
 */
const overlap = (a, b) =>
  a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
