// `toString()` against what NumPy's `str` printed.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { importInstalled } from "./support/installed.mjs";
import { readBytes, readCases } from "./support/numpy.mjs";

const { load } = await importInstalled();

for (const threads of [false, 2]) {
  describe(threads ? "threaded" : "sequential", () => {
    let k;
    before(async () => {
      k = await load({ threads });
    });
    after(() => k.dispose());

    const half = typeof Float16Array === "undefined" ? [] : ["texts-float16"];
    for (const name of ["texts", ...half]) {
      test(`every array of ${name}.npz is printed as NumPy prints it`, async () => {
        const arrays = await k.fromNpz(readBytes(`${name}.npz`));
        for (const [i, text] of readCases(`${name}.json`).entries()) {
          const array = arrays[`arr_${i}`];
          assert.equal(array.toString(), text, `arr_${i}: ${array.dtype}`);
          // A view prints as what it shows.
          k.scope(() => assert.equal(String(array.T.copy().T), text));
        }
      });
    }

    test("however many elements are seen, they are printed", () => {
      for (const dtype of ["int8", "float64"]) {
        k.scope(() => assert.equal(k.zeros(Array(7).fill(6), { dtype }).toString().match(/0/g).length, 6 ** 7));
      }
    });

    test("a large array is printed at the cost of what is seen", () => {
      const large = k.zeros([4000, 4000], { dtype: "int8" });
      const view = large.broadcastTo(100, 4000, 4000);
      const before = performance.now();
      assert.equal(`${view}`.split("\n").length, 6 * 7 + 1 + 6);
      assert.ok(performance.now() - before < 100);
      view.free();
      large.free();
    });
  });
}
