// `NdArray`, `k.array`, and how long things live.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { importInstalled } from "./support/installed.mjs";
import { assertRefused } from "./support/refused.mjs";

const kernels = await importInstalled();
const { load, NdArray } = kernels;

const MIB = 1 << 20;

for (const threads of [false, 2]) {
  describe(threads ? "threaded" : "sequential", () => {
    let k;
    before(async () => {
      k = await load({ threads });
    });
    after(() => k.dispose());

    test("`array` takes typed arrays with a shape", () => {
      const a = k.array(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]);
      assert.ok(a instanceof NdArray);
      assert.equal(a.dtype, "float32");
      assert.deepEqual([...a.shape], [3, 2]);
      assert.deepEqual(a.toArray(), [[1, 2], [3, 4], [5, 6]]);
      assert.deepEqual(a.toTypedArray(), Float32Array.of(1, 2, 3, 4, 5, 6));
      a.free();
      const b = k.array(Int8Array.of(1, 2));
      assert.deepEqual([...b.shape], [2]);
      b.free();
    });

    test("`array` takes nested arrays with a dtype", () => {
      const a = k.array([[1, 2], [3, 4]], { dtype: "int16" });
      assert.equal(a.dtype, "int16");
      assert.deepEqual(a.toArray(), [[1, 2], [3, 4]]);
      a.free();
      const b = k.array([[0.5], [1.5]]);
      assert.equal(b.dtype, "float64");
      b.free();
    });

    test("`array` copies: the source stays the caller's", () => {
      const source = Int32Array.of(1, 2, 3);
      const a = k.array(source);
      source[0] = 9;
      assert.deepEqual(a.toArray(), [1, 2, 3]);
      a.free();
    });

    test("`data` is the array itself, `toTypedArray` and `toArray` are copies", () => {
      const a = k.array(Int32Array.of(1, 2, 3));
      const copy = a.toTypedArray();
      assert.ok(copy.buffer instanceof ArrayBuffer);
      const nested = a.toArray();
      a.data[0] = 10;
      assert.equal(k.parallelSum(a), 15n);
      assert.deepEqual([copy[0], nested[0]], [1, 1]);
      a.free();
    });

    test("a shape can't be changed from outside", () => {
      const a = k.array(Int32Array.of(1, 2, 3));
      assert.throws(() => a.shape.push(4), TypeError);
      assert.deepEqual([...a.shape], [3]);
      a.free();
    });

    test("resident arrays pass from kernel to kernel and stay where they are", () => {
      const a = k.array(Float64Array.of(1, 2, 3));
      const at = a.data.byteOffset;
      const b = k.parallelSquares(a);
      const c = k.parallelSquares(b);
      k.axpy(1, a, c);
      assert.deepEqual(c.toArray(), [2, 18, 84]);
      assert.equal(a.data.byteOffset, at);
      [a, b, c].forEach((array) => array.free());
    });

    test("a freed array is refused wherever it is used", () => {
      const a = k.array(Int32Array.of(1, 2, 3));
      a.free();
      a.free();
      for (const use of [() => a.data, () => a.shape, () => a.dtype, () => a.toArray(), () => a.toTypedArray()]) {
        assertRefused(kernels, "KernelMemoryError", use, ["freed"]);
      }
      assertRefused(kernels, "KernelMemoryError", () => k.parallelSum(a), ["`parallelSum`", "`x`", "freed"]);
      assert.equal(k.parallelSum([1, 2]), 3n);
    });

    test("`Symbol.dispose` frees", () => {
      const a = k.array(Int32Array.of(1));
      a[Symbol.dispose ?? Symbol.for("Symbol.dispose")]();
      assertRefused(kernels, "KernelMemoryError", () => a.data, ["freed"]);
    });

    test("an `NdArray` is made by the package alone", () => {
      assert.throws(() => new NdArray(), TypeError);
      assert.throws(() => new NdArray({}, {}, 8), TypeError);
      assertRefused(kernels, "KernelTypeError", () => k.parallelSum(Object.create(NdArray.prototype)), ["`parallelSum`", "`x`"]);
    });

    test("`array` refuses what it can't hold, and says why", () => {
      const cases = [
        ["KernelShapeError", () => k.array(new Float32Array(5), [3, 2]), ["5", "6"]],
        ["KernelTypeError", () => k.array("text"), ["array"]],
        ["KernelTypeError", () => k.array(undefined), ["array"]],
        ["KernelTypeError", () => k.array([1.5], { dtype: "int32" }), ["1.5", "int32"]],
        ["KernelTypeError", () => k.array([1], { dtype: "bfloat16" }), ["bfloat16"]],
        ["KernelShapeError", () => k.array([[1, 2], [3]]), ["[1]"]],
        ["KernelTypeError", () => k.array(Float64Array.of(1), { dtype: "float32" }), ["float32", "Float64Array"]],
      ];
      for (const [className, call, texts] of cases) {
        assertRefused(kernels, className, call, texts);
      }
      for (const shape of [[-1], [1.5], ["2"], [NaN], [2 ** 32]]) {
        assert.throws(() => k.array(new Int32Array(2), shape), kernels.KernelError, `shape [${shape}]`);
      }
    });

    test("refused calls and freed arrays leave no memory behind", async () => {
      const small = threads ? await load({ threads, memory: { maximum: 48 * MIB } }) : await load({ threads });
      const bytesBefore = memoryOf(small);
      const large = new Float64Array(MIB / 8);
      const nested = [[...large.subarray(0, 1000)], [1]];
      const leaks = [
        () => small.convolve(new Float64Array(1), large),
        () => small.dotprod(large, new Float64Array(3)),
        () => small.axpy(1, large, large),
        () => small.sameF64R2(nested),
        () => small.panicsHolding(large),
        () => small.breaksItsPromise(new Int32Array(MIB / 4)),
        () => small.breaksItsSecondPromise(new Int32Array(MIB / 4)),
        () => small.halfThenFail(new Int32Array(MIB / 4)),
      ];
      for (const call of leaks) {
        for (let i = 0; i < 100; i++) {
          assert.throws(call, (error) => error.name !== "KernelMemoryError");
        }
      }
      for (let i = 0; i < 100; i++) {
        const array = small.array(large);
        const result = small.parallelSquares(array);
        array.free();
        result.free();
        small.dotprod(large, large);
      }
      assert.ok(memoryOf(small) <= Math.max(bytesBefore, 48 * MIB), `${memoryOf(small)} bytes`);
      small.dispose();
    });

    test("arrays that are forgotten are collected", async () => {
      setFlagsFromString("--expose-gc");
      const gc = runInNewContext("gc");
      const small = threads ? await load({ threads, memory: { maximum: 48 * MIB } }) : await load({ threads });
      for (let round = 0; round < 30; round++) {
        for (let i = 0; i < 4; i++) {
          small.block(2 * MIB);
        }
        gc();
        await setImmediate();
        await setImmediate();
      }
      assert.ok(memoryOf(small) <= 64 * MIB, `${memoryOf(small)} bytes`);
      small.dispose();
    });
  });
}

test("an array of another `load()` is refused", async () => {
  const [one, two] = await Promise.all([load({ threads: false }), load({ threads: false })]);
  const a = one.array(Int32Array.of(1, 2));
  assertRefused(kernels, "KernelTypeError", () => two.parallelSum(a), ["`parallelSum`", "`x`", "another `load()`"]);
  assert.equal(one.parallelSum(a), 3n);
  assert.equal(two.parallelSum([4]), 4n);
  one.dispose();
  two.dispose();
});

test("after `dispose` everything is refused", async () => {
  for (const threads of [false, 2]) {
    const k = await load({ threads });
    const a = k.array(Int32Array.of(1, 2));
    k.dispose();
    k.dispose();
    for (const use of [() => k.parallelSum(a), () => k.parallelSum([1]), () => k.array([1]), () => a.data]) {
      assertRefused(kernels, "KernelMemoryError", use, ["disposed"]);
    }
    a.free();
  }
});

/** Bytes of an instance's memory. */
function memoryOf(k) {
  const probe = k.block(1);
  const bytes = probe.data.buffer.byteLength;
  probe.free();
  return bytes;
}
