// Ufuncs: broadcasting, dtypes, `out`, reductions, and what is refused.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Disassembly, hasVectorLoop } from "./support/disassembly.mjs";
import { importInstalled, installed } from "./support/installed.mjs";
import { assertRefused } from "./support/refused.mjs";

const kernels = await importInstalled();
const { load, NdArray } = kernels;

for (const threads of [false, 2]) {
  describe(threads ? "threaded" : "sequential", () => {
    let k;
    before(async () => {
      k = await load({ threads });
    });
    after(() => k.dispose());

    /** Dtype, shape and elements of a result, which is freed. */
    const take = (array) => {
      const all = [array.dtype, [...array.shape], array.toArray()];
      array.free();
      return all;
    };
    const f32 = (data) => k.array(data, { dtype: "float32" });

    test("arrays of one shape go element by element, and keep their dtype", () => {
      assert.deepEqual(take(k.plus(Float32Array.of(1, 2), Float32Array.of(10, 20))), ["float32", [2], [11, 22]]);
      assert.deepEqual(take(k.plus(Int8Array.of(127, -128), Int8Array.of(1, -1))), ["int8", [2], [-128, 127]]);
      assert.deepEqual(take(k.plus(BigUint64Array.of(2n ** 64n - 1n), [1n])), ["uint64", [1], [0n]]);
      assert.deepEqual(take(k.isLess(Float32Array.of(1, NaN, 3), Float32Array.of(2, 2, 2))), ["bool", [3], [true, false, false]]);
      assert.deepEqual(take(k.choose([true, false], BigUint64Array.of(1n, 2n), 9n)), ["uint64", [2], [1n, 9n]]);
      assert.deepEqual(take(k.multiplyAdd([1, 2], [3, 4], [5, 6], [7, 8])), ["float64", [2], [38, 56]]);
      assert.deepEqual(take(k.negate([[1, 2], [3, 4]])), ["float64", [2, 2], [[-1, -2], [-3, -4]]]);
    });

    test("shapes broadcast, scalars too", () => {
      assert.deepEqual(take(k.plus([[1], [2]], [10, 20, 30])), ["float64", [2, 3], [[11, 21, 31], [12, 22, 32]]]);
      assert.deepEqual(take(k.plus(f32([[1, 2]]), 0.5)), ["float32", [1, 2], [[1.5, 2.5]]]);
      assert.deepEqual(take(k.plus(1, f32([]))), ["float32", [0], []]);
      assert.deepEqual(take(k.plus(k.array(new Float64Array(0), [0, 3]), [[1], [2]].slice(0, 1))), ["float64", [0, 3], []]);
      const deep = k.array(Int32Array.of(1, 2), [1, 1, 1, 1, 1, 1, 1, 2]);
      assert.deepEqual(take(k.plus(deep, Int32Array.of(1)))[1], [1, 1, 1, 1, 1, 1, 1, 2]);
      deep.free();
    });

    test("single values alone give a single value", () => {
      assert.equal(k.plus(1, 2.5), 3.5);
      assert.equal(k.plus(1n, 2n), 3n);
      assert.equal(k.isLess(1, 2), true);
      assert.equal(k.choose(false, 1, 2), 2);
      assert.equal(k.plus.outer(2, 3), 5);
      assert.equal(k.negate(3), -3);
      // An array without dimensions is an array.
      assert.deepEqual(take(k.plus(k.array(1), 2)), ["float64", [], 3]);
    });

    test("`out` is written to and returned, and may be an argument", () => {
      const a = k.array([[1, 2], [3, 4]]);
      const out = k.array([[0, 0], [0, 0]]);
      assert.equal(k.plus(a, [10, 20], { out }), out);
      assert.deepEqual(out.toArray(), [[11, 22], [13, 24]]);
      assert.equal(k.plus(a, a, { out: a }), a);
      assert.deepEqual(a.toArray(), [[2, 4], [6, 8]]);
      assert.equal(k.plus(1, 2, { out }), out);
      assert.deepEqual(out.toArray(), [[3, 3], [3, 3]]);
      const row = k.array([0, 0]);
      assert.equal(k.plus.reduce(a, { out: row }), row);
      assert.deepEqual(row.toArray(), [8, 12]);
      assert.equal(k.plus.accumulate(a, { axis: 1, out: a }), a);
      assert.deepEqual(a.toArray(), [[2, 6], [6, 14]]);
      k.plus.outer([1, 2], [10, 20], { out });
      assert.deepEqual(out.toArray(), [[11, 21], [12, 22]]);
      [a, out, row].forEach((array) => array.free());
    });

    test("what is smaller than `out` is stretched to it, but by no fold", () => {
      const out = k.zeros([2, 2, 2]);
      k.plus([[1], [2]], 10, { out });
      assert.deepEqual(out.toArray(), [[[11, 11], [12, 12]], [[11, 11], [12, 12]]]);
      k.plus.outer([1, 2], [10, 20], { out });
      assert.deepEqual(out.toArray(), [[[11, 21], [12, 22]], [[11, 21], [12, 22]]]);
      k.plus.outer([1, 2], [5], { out });
      assert.deepEqual(out.toArray(), [[[6, 6], [7, 7]], [[6, 6], [7, 7]]]);
      const refused = (call, text) => assertRefused(kernels, "KernelShapeError", call, [text]);
      refused(() => k.plus([[[1, 2, 3]]], 10, { out }), "argument `out` has size 2");
      refused(() => k.plus.outer([[5]], [1, 2, 3], { out }), "argument `out` has size 2");
      refused(() => k.plus.reduce([[[1]], [[2]]], { keepdims: true, out }), "argument `out` has size 2 along axis 0");
      refused(() => k.plus.accumulate([[[1]], [[2]]], { out }), "argument `out` has size 2 along axis 1");
      out.free();
    });

    test("folds with names of their own take all elements by default", () => {
      const a = k.array(Int32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
      assert.equal(k.total(a), 21);
      assert.equal(k.total(a, null, false, 100), 121);
      assert.deepEqual(take(k.total(a, 0)), ["int32", [3], [5, 7, 9]]);
      assert.deepEqual(take(k.total(a, [0, -1], true)), ["int32", [1, 1], [[21]]]);
      assert.equal(k.total([[1, 2], [3, 4]]), 10);
      assert.equal(k.total(7), 7);
      assert.deepEqual(take(k.running(a)), ["int32", [6], [1, 3, 6, 10, 15, 21]]);
      const turned = a.T;
      assert.deepEqual(take(k.running(turned)), ["int32", [6], [1, 5, 7, 12, 15, 21]]);
      assert.deepEqual(take(k.running(a, -1)), ["int32", [2, 3], [[1, 3, 6], [4, 9, 15]]]);
      assert.deepEqual(take(k.running(Float32Array.of())), ["float32", [0], []]);
      const refused = { name: "KernelShapeError", message: /^`total`: axis 2 does not exist, the array has 2 dimensions$/ };
      assert.throws(() => k.total(a, 2), refused);
      assert.throws(() => k.running(a, 0.5), { name: "KernelTypeError", message: /^`running`: option `axis` must be/ });
      assert.throws(() => k.plus.accumulate(a, { axis: null }), { name: "KernelTypeError", message: /^`plus.accumulate`/ });
      [a, turned].forEach((array) => array.free());
    });

    test("reductions take one axis, several or all, with `keepdims` and `initial`", () => {
      const a = k.array(Int32Array.from({ length: 24 }, (_, i) => i), [2, 3, 4]);
      assert.deepEqual(take(k.plus.reduce(a)), ["int32", [3, 4], [[12, 14, 16, 18], [20, 22, 24, 26], [28, 30, 32, 34]]]);
      assert.deepEqual(take(k.plus.reduce(a, { axis: -1 })), ["int32", [2, 3], [[6, 22, 38], [54, 70, 86]]]);
      assert.deepEqual(take(k.plus.reduce(a, { axis: [0, 2] })), ["int32", [3], [60, 92, 124]]);
      assert.deepEqual(take(k.plus.reduce(a, { axis: [2, 0], keepdims: true }))[1], [1, 3, 1]);
      assert.equal(k.plus.reduce(a, { axis: null }), 276);
      assert.deepEqual(take(k.plus.reduce(a, { axis: null, keepdims: true })), ["int32", [1, 1, 1], [[[276]]]]);
      assert.equal(k.plus.reduce(a, { axis: null, initial: 1000 }), 1276);
      assert.deepEqual(take(k.plus.reduce(a, { axis: [] }))[1], [2, 3, 4]);
      assert.deepEqual(take(k.larger.reduce(a, { axis: 1 }))[2], [[8, 9, 10, 11], [20, 21, 22, 23]]);
      assert.equal(k.minus.reduce(Int32Array.of(10, 1, 2)), 7);
      a.free();
    });

    test("a single value is reduced to itself", () => {
      for (const options of [undefined, { axis: 0 }, { axis: -1 }, { axis: null }, { axis: [] }]) {
        assert.equal(k.plus.reduce(5, options), 5);
        assert.equal(k.total(5, options?.axis), 5);
      }
    });

    test("undefined and null are an option left out, but that `axis: null` is all of them", () => {
      const a = k.array(Int32Array.of(1, 2, 3, 4), [2, 2]);
      for (const none of [undefined, null]) {
        assert.equal(k.plus(1, 2, none), 3);
        assert.deepEqual(take(k.plus(a, 1, { out: none }))[2], [[2, 3], [4, 5]]);
        assert.deepEqual(take(k.negate(a, { out: none }))[2], [[-1, -2], [-3, -4]]);
        assert.deepEqual(take(k.plus.outer([1], [2], { out: none }))[2], [[3]]);
        assert.deepEqual(take(k.plus.reduce(a, none))[2], [4, 6]);
        assert.deepEqual(take(k.plus.reduce(a, { axis: undefined, keepdims: none, initial: none, out: none }))[2], [4, 6]);
        assert.equal(k.plus.reduce(a, { axis: null, keepdims: none, initial: none, out: none }), 10);
        assert.deepEqual(take(k.plus.accumulate(a, { axis: undefined, out: none }))[2], [[1, 2], [4, 6]]);
        assert.equal(k.total(a, none, none, none), 10);
        assert.equal(k.running(a, none).toArray().at(-1), 10);
      }
      assert.equal(k.plus.reduce(a, { axis: null, initial: k.array(Int32Array.of(5), []) }), 15);
      a.free();
    });

    test("nothing is reduced to the identity", () => {
      const empty = k.array(new Float64Array(0), [0, 2]);
      assert.deepEqual(take(k.plus.reduce(empty)), ["float64", [2], [0, 0]]);
      assert.deepEqual(take(k.plus.reduce(empty, { axis: 1 })), ["float64", [0], []]);
      assert.equal(k.plus.reduce([]), 0);
      assert.equal(k.and.reduce(k.array([], { dtype: "bool" })), true);
      assert.equal(k.smaller.reduce(new Uint8Array(0)), 255);
      assert.equal(k.smaller.reduce(new BigInt64Array(0)), 2n ** 63n - 1n);
      assert.equal(k.both.reduce(new Uint8Array(0)), 255);
      assert.equal(k.both.reduce(new Int32Array(0)), -1);
      assert.equal(k.larger.reduce(new Float32Array(0), { initial: -5 }), -5);
      // Of nothing there is no largest value, also where nothing is asked for one.
      const nothing = k.zeros([0, 0], { dtype: "float32" });
      assertRefused(kernels, "KernelShapeError", () => k.larger.reduce(nothing), ["no elements along axis 0"]);
      const out = k.zeros([1, 0], { dtype: "float32" });
      assert.equal(k.larger.reduce(nothing, { keepdims: true, initial: 1, out }), out);
      // Arrays without elements overlap nothing, wherever they lie.
      const same = k.zeros([0, 0], { dtype: "float32" });
      assert.equal(k.larger.reduce(nothing, { axis: [], out: same }), same);
      assert.equal(k.larger.reduce(nothing, { axis: [], out: nothing }), nothing);
      [nothing, out, same].forEach((array) => array.free());
      assertRefused(kernels, "KernelShapeError", () => k.larger.reduce(new Float32Array(0)), [
        "`larger.reduce`: argument `array` has no elements along axis 0, and the ufunc no identity: pass `initial`",
      ]);
      empty.free();
    });

    test("accumulate and outer", () => {
      assert.deepEqual(take(k.plus.accumulate([1, 2, 3, 4])), ["float64", [4], [1, 3, 6, 10]]);
      assert.deepEqual(take(k.minus.accumulate([[1, 2], [3, 4]], { axis: -1 })), ["float64", [2, 2], [[1, -1], [3, -1]]]);
      assert.deepEqual(take(k.plus.outer([1, 2], [[10], [20]])), ["float64", [2, 2, 1], [[[11], [21]], [[12], [22]]]]);
    });

    test("big arrays are right, and a sum has the same bits on any number of threads", async () => {
      const n = 1_000_003;
      const x = k.array(Float32Array.from({ length: n }, (_, i) => Math.fround(Math.sin(i))));
      const y = k.plus(x, x);
      const doubled = x.toTypedArray().map((value) => value + value);
      assert.deepEqual(y.toTypedArray(), doubled);
      const other = await load({ threads: false });
      assert.equal(k.plus.reduce(x), other.plus.reduce(x.toTypedArray()));
      const exact = x.toTypedArray().reduce((sum, value) => sum + value, 0);
      assert.ok(Math.abs(k.plus.reduce(x) - exact) < 1e-3);
      other.dispose();
      x.free();
      y.free();
    });

    test("what does not fit is refused", () => {
      const before = k.plus(1, 2);
      const a = k.array([[1, 2, 3], [4, 5, 6]]);
      const shape = (call, text) => assertRefused(kernels, "KernelShapeError", call, [text]);
      const type = (call, text) => assertRefused(kernels, "KernelTypeError", call, [text]);
      const alias = (call, text) => assertRefused(kernels, "KernelAliasError", call, [text]);
      shape(() => k.plus(a, [1, 2]), "`plus`: argument `b` has size 2 along axis 0, which does not broadcast with size 3, which argument `a` has along axis 1");
      type(() => k.plus(a, 1, { out: k.array([1, 2, 3]) }), "`plus`: argument `out` must have 2 dimensions, has 1");
      shape(() => k.plus(a, 1, { out: k.array([[1], [2]]) }), "`plus`: argument `out`");
      type(() => k.plus.reduce(a, { out: a }), "`plus.reduce`: argument `out` must have 1 dimension, has 2");
      type(() => k.plus(a, Float32Array.of(1)), "argument `b` is float32, expected float64 as `a`");
      type(() => k.plus(a, "1"), '`plus`: argument `b` must be a number (float64), got "1"');
      type(() => k.plus(a), "`plus`: argument `b`");
      type(() => k.plus(Int32Array.of(1), 0.5), "argument `b` must be an integer in [-2147483648, 2147483647] (int32), got 0.5");
      type(() => k.plus(Float32Array.of(1), 1n), "argument `b`");
      type(() => k.choose([1], [1], [2]), "argument `condition");
      type(() => k.choose(Uint8Array.of(2), [1], [2]), "argument `condition` must hold bytes 0 and 1, got 2 at index 0");
      type(() => k.plus(a, a, { out: new Float64Array(6) }), "`plus`: argument `out` must be an NdArray of float64, got a Float64Array");
      type(() => k.plus(a, a, { out: f32([[1, 2, 3], [1, 2, 3]]) }), "argument `out` must be a float64 array, got a float32 one");
      type(() => k.plus(a, a, a), "`plus`: options must be an object such as { out }, got an NdArray");
      type(() => k.plus(a, a, { axis: 1 }), "`plus`: unknown option `axis`: there is out");
      type(() => k.plus.reduce(a, { axes: 1 }), "`plus.reduce`: unknown option `axes`: there are axis, keepdims, initial, out");
      type(() => k.plus.reduce(a, { axis: 0.5 }), "`plus.reduce`: option `axis` must be an integer, several in an array, or null for all, got 0.5");
      type(() => k.plus.reduce(a, { axis: [0, -2] }), "axis -2 is given twice");
      type(() => k.plus.reduce(a, { keepdims: 1 }), "option `keepdims` must be true or false, got 1");
      type(() => k.plus.reduce("text"), '`plus.reduce`: argument `array` is "text", expected');
      type(() => k.plus.reduce(a, { initial: "0" }), '`plus.reduce`: argument `initial` must be a number (float64), got "0"');
      for (const initial of [[1], {}, Float64Array.of(1)]) {
        type(() => k.plus.reduce(a, { initial }), "`plus.reduce`: argument `initial` must be a single value, got a");
      }
      type(() => k.plus.reduce(a, { initial: a }), "`plus.reduce`: argument `initial` must have 0 dimensions, has 2");
      type(() => k.plus.accumulate(a, { axis: null }), "`plus.accumulate`: option `axis` must be an integer, got null");
      type(() => k.running(a, "0"), '`running`: option `axis` must be an integer, or null for all, got "0"');
      type(() => k.total("text"), '`total`: argument `array` is "text", expected');
      type(() => k.running("text"), '`running`: argument `array` is "text", expected');
      shape(() => k.plus.reduce(a, { axis: 2 }), "`plus.reduce`: axis 2 does not exist, the array has 2 dimensions");
      shape(() => k.plus.accumulate(a, { axis: -3 }), "`plus.accumulate`: axis -3 does not exist, the array has 2 dimensions");
      shape(() => k.plus.accumulate(5), "`plus.accumulate`: axis 0 does not exist, the array has 0 dimensions");
      shape(() => k.minus.reduce(a, { axis: null }), "`minus.reduce`: argument `array` is to be reduced over 2 axes, where order matters");
      const deep = k.zeros(Array(17).fill(1));
      shape(() => k.plus.outer(deep, deep), "`plus.outer`: an array has at most 32 dimensions, this one would have 34");
      shape(() => k.plus.reduce(5, { axis: 1 }), "`plus.reduce`: axis 1 does not exist, the array has 0 dimensions");
      deep.free();
      const square = k.array([[1, 2], [3, 4]]);
      alias(() => k.plus(square, 1, { out: square.T }), "`plus`: argument `out` is written to and overlaps argument `a`");
      alias(() => k.plus(1, 2, { out: square.slice("0").broadcastTo(2, 2) }), "`plus`: argument `out` is written to and overlaps itself");
      assert.equal(k.negate.reduce, undefined);
      assert.equal(k.isLess.reduce, undefined);
      const freed = k.array([1]);
      freed.free();
      assertRefused(kernels, "KernelMemoryError", () => k.plus(freed, 1), ["`plus`: argument `a` was freed"]);
      assertRefused(kernels, "KernelMemoryError", () => k.plus(1, 2, { out: freed }), ["`plus`: argument `out` was freed"]);
      assert.equal(k.plus(1, 2), before);
      assert.deepEqual(a.toArray(), [[1, 2, 3], [4, 5, 6]]);
      a.free();
    });

    test("a large call is shared between threads, a small one wakes none", () =>
      k.scope(() => {
        const seen = (size) => new Set(k.ufuncThread(k.zeros([size], { dtype: "int32" })).data);
        for (let round = 0; round < 20; round++) {
          assert.deepEqual([...seen((1 << 15) - 1)], [threads ? 0 : -1]);
        }
        // On a busy machine a thread may wake too late.
        let most = 0;
        for (let round = 0; round < 20 && most < (threads || 1); round++) {
          most = Math.max(most, seen(1 << 20).size);
        }
        assert.equal(most, threads || 1);
      }));

    test("a panic in the function is a `KernelPanic`, and the next call works", () => {
      const error = assertRefused(kernels, "KernelPanic", () => k.fragile(Int32Array.of(12, 13, 14)), ["`fragile` panicked", "thirteen"]);
      assert.match(error.file, /ufuncs\.rs$/);
      const many = Int32Array.from({ length: 500_000 }, (_, i) => i - 400_000);
      assertRefused(kernels, "KernelPanic", () => k.fragile(many), ["thirteen"]);
      const y = k.fragile(many.subarray(0, 400_000));
      assert.ok(y instanceof NdArray && y.size === 400_000);
      y.free();
    });
  });
}

describe("the loops hold vector arithmetic", () => {
  const wasm = new Disassembly(join(installed().folder, "sequential.wasm"));
  const cases = [
    ["plus<f32>", "f32x4"], ["plus<f64>", "f64x2"], ["plus<i32>", "i32x4"], ["plus<u8>", "i8x16"],
    ["negate<f32>", "f32x4"], ["larger<f32>", "f32x4"], ["is_less<f32>", "f32x4"],
    ["logistic<f32>", "f32x4"], ["logistic<f64>", "f64x2"], ["multiply_add<f32>", "f32x4"],
  ];
  for (const [kernel, lanes] of cases) {
    test(`${kernel}: ${lanes}`, () => {
      const functions = wasm.tabled(wasm.kernel(kernel));
      assert.ok(functions.length > 0, "no loop table");
      const bodies = functions.flatMap((name) => wasm.reached(name));
      assert.ok(bodies.some((body) => hasVectorLoop(body, lanes)), "no vectorised loop");
    });
  }
});
