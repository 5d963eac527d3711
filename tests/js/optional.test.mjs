// Parameters that may be left out.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { importInstalled } from "./support/installed.mjs";
import { assertRefusedInScope } from "./support/refused.mjs";

const kernels = await importInstalled();
const { load } = kernels;

for (const threads of [false, 2]) {
  describe(threads ? "threaded" : "sequential", () => {
    let k;
    before(async () => {
      k = await load({ threads });
    });
    after(() => k.dispose());

    const refused = (className, call, texts) => assertRefusedInScope(kernels, k, className, call, texts);

    test("undefined, null and nothing at all are the same", () => {
      const x = [1, 2, 4];
      for (const none of [undefined, null]) {
        assert.equal(k.optionalSum(x, none, none), 7);
        assert.equal(k.optionalSum(x, [true, false, true], none), 5);
        assert.equal(k.optionalSum(x, none, 0.5), 3.5);
        assert.equal(k.optionalMiddle(1, none, 2), 13);
      }
      assert.equal(k.optionalSum(x), 7);
      assert.equal(k.optionalSum(x, [false, false, true]), 4);
      assert.equal(k.optionalSum(x, [false, false, true], 0), 0);
      assert.equal(k.optionalMiddle(1, 0, 2), 3);
      assert.equal(k.optionalMiddle(1, 255, 2), 258);
    });

    test("every type of scalar", () => {
      const least = [false, -128, -32768, -(2 ** 31), -(2n ** 63n) + 2n ** 40n, 0, 0, 0, 0n, -Infinity, 0];
      const most = [true, 127, 32767, 2 ** 31 - 1, 2n ** 62n, 255, 65535, 2 ** 32 - 1, 2n ** 63n, 0.5, 1e300];
      assert.deepEqual(k.optionalScalars(), [0, false, 0n, 0n, 0, 0]);
      for (const values of [least, most]) {
        const sum = (from, to) => values.slice(from, to).reduce((sum, value) => sum + BigInt(value), 0n);
        const all = [values[0], sum(1, 5), sum(5, 9), values[9], values[10]];
        assert.deepEqual(k.optionalScalars(...values), [2 ** 11 - 1, ...all]);
        values.forEach((value, place) => {
          const alone = values.map((other, at) => (at === place ? value : undefined));
          const is = (...places) => places.includes(place);
          const expected = [
            1 << place,
            is(0) ? value : false,
            is(1, 2, 3, 4) ? BigInt(value) : 0n,
            is(5, 6, 7, 8) ? BigInt(value) : 0n,
            is(9) ? value : 0,
            is(10) ? value : 0,
          ];
          assert.deepEqual(k.optionalScalars(...alone), expected, `only argument ${place}`);
        });
      }
    });

    test("what is there is checked as ever", () => {
      const x = [1, 2, 4];
      refused("KernelShapeError", () => k.optionalSum(x, [true]), ["`optionalSum`: argument `mask`", "size 1", "expected 3"]);
      refused("KernelTypeError", () => k.optionalSum(x, [[true, true, true]]), ["argument `mask`"]);
      refused("KernelTypeError", () => k.optionalSum(x, new Float32Array(3)), ["argument `mask` must be a bool array"]);
      refused("KernelTypeError", () => k.optionalSum(x, undefined, "2"), ["argument `scale` must be a number"]);
      refused("KernelTypeError", () => k.optionalMiddle(1, 256, 2), ["argument `b` must be an integer in [0, 255]"]);
      refused("KernelTypeError", () => k.optionalMiddle(1, 2), ["argument `c` must be a number", "undefined"]);
      refused("KernelTypeError", () => k.optionalSum(undefined), ["argument `x` must be a float64 array, got undefined"]);
      refused("KernelTypeError", () => k.optionalSum(null, null), ["argument `x` must be a float64 array, got null"]);
      assert.equal(k.optionalSum(x), 7);
    });

    test("generic kernels choose by what is there", () =>
      k.scope(() => {
        const x = k.array(Int16Array.of(-5, 0, 5));
        assert.deepEqual(k.optionalClip(x, -1, 1).toArray(), [-1, 0, 1]);
        assert.deepEqual(k.optionalClip(x, undefined, 1).toArray(), [-5, 0, 1]);
        assert.deepEqual(k.optionalClip(x, 1, null).toArray(), [1, 1, 5]);
        assert.equal(k.optionalClip(x).dtype, "int16");
        assert.deepEqual(k.optionalClip(BigInt64Array.of(-5n, 5n), null, 1n).toArray(), [-5n, 1n]);
        assert.deepEqual(k.optionalClip([-5, 5]).toArray(), [-5, 5]);
        assert.deepEqual(k.optionalClip([-5n, 5n], -1n).toArray(), [-1n, 5n]);
        refused("KernelTypeError", () => k.optionalClip(x, 1.5), ["argument `low` must be an integer in [-32768, 32767]"]);
        refused("KernelTypeError", () => k.optionalClip(null, 1), ["argument `x`"]);
        assert.equal(k.optionalValue(), 0);
        assert.equal(k.optionalValue(null), 0);
        assert.equal(k.optionalValue(7n), 7n);
        assert.equal(k.optionalValue(7.5), 7.5);
      }));

    test("arrays that are written to", () =>
      k.scope(() => {
        const x = k.array(Float32Array.of(1, 2));
        const out = k.zeros([2], { dtype: "float32" });
        assert.deepEqual(k.optionalOut(x).toArray(), [2, 4]);
        assert.deepEqual(k.optionalOut(x, out).toArray(), [2, 4]);
        assert.deepEqual(out.toArray(), [2, 4]);
        const typed = new Float32Array(2);
        k.optionalOut(x, typed);
        assert.deepEqual([...typed], [2, 4]);
        refused("KernelAliasError", () => k.optionalOut(x, x), ["`out`", "`x`"]);
        refused("KernelAliasError", () => k.optionalOut(typed, typed), ["`out`", "`x`"]);
        assert.deepEqual(k.optionalOut(typed, undefined).toArray(), [4, 8]);
      }));

    test("sizes of what is there", () =>
      k.scope(() => {
        assert.deepEqual(k.optionalSizes([1, 2], [3, 4], 2).toArray(), [4, 6]);
        assert.deepEqual(k.optionalSizes(null, [3, 4], 2).toArray(), [3, 4]);
        assert.deepEqual(k.optionalSizes([1, 2], null, 2).toArray(), [1, 2]);
        assert.deepEqual(k.optionalSizes(null, null, 3).toArray(), [0, 0, 0]);
        refused("KernelShapeError", () => k.optionalSizes([1, 2], [3], 2), ["argument `b`", "argument `a`"]);
        refused("KernelPanic", () => k.optionalSizes(null, [3, 4], 3), []);
      }));

    test("lifted over leading dimensions", () =>
      k.scope(() => {
        const x = k.arange(6).reshape(2, 3);
        assert.deepEqual(k.optionalWeighted(x).toArray(), [3, 12]);
        assert.deepEqual(k.optionalWeighted(x, [1, 0, 1]).toArray(), [2, 8]);
        assert.deepEqual(k.optionalWeighted(x, k.eye(3).reshape(3, 1, 3), 2).toArray(), [[0, 6], [2, 8], [4, 10]]);
        assert.equal(k.optionalWeighted([1, 2], null, 3), 9);
        refused("KernelShapeError", () => k.optionalWeighted(x, [1, 2]), ["argument `weights`"]);
        const out = k.zeros([2, 3]);
        assert.deepEqual(k.optionalParts(x, out).toArray(), [3, 12]);
        assert.deepEqual(out.toArray(), [[0, 1, 3], [3, 7, 12]]);
        assert.deepEqual(k.optionalParts(x).toArray(), [3, 12]);
        refused("KernelAliasError", () => k.optionalParts(x, x), ["`out`", "`x`"]);
      }));
  });
}
