// Kernels lifted over leading dimensions: NumPy's rules for generalized ufuncs.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { importInstalled } from "./support/installed.mjs";
import { assertRefusedInScope } from "./support/refused.mjs";

const kernels = await importInstalled();
const { load } = kernels;

const product = (shape) => shape.reduce((size, extent) => size * extent, 1);
const matmul = (a, b) => a.map((row) => b[0].map((_, j) => row.reduce((sum, x, i) => sum + x * b[i][j], 0)));

for (const threads of [false, 2]) {
  describe(threads ? "threaded" : "sequential", () => {
    let k;
    before(async () => {
      k = await load({ threads });
    });
    after(() => k.dispose());

    const refused = (className, call, texts) => assertRefusedInScope(kernels, k, className, call, texts);

    test("leading dimensions broadcast, cores don't", () =>
      k.scope(() => {
        const [n, inner, m] = [3, 4, 2];
        const a = k.arange(8 * n * inner).reshape(8, 1, n, inner);
        const b = k.arange(5 * inner * m).reshape(5, inner, m);
        const c = k.liftedMatmul(a, b);
        assert.deepEqual([c.shape, c.dtype, c.isContiguous], [[8, 5, n, m], "float64", true]);
        for (let i = 0; i < 8; i++) {
          for (let j = 0; j < 5; j++) {
            assert.deepEqual(c.at(i, j).toArray(), matmul(a.at(i, 0).toArray(), b.at(j).toArray()), `batch ${i}, ${j}`);
          }
        }
      }));

    test("without leading dimensions everything is as without `broadcast`", () =>
      k.scope(() => {
        const c = k.liftedMatmul(k.array([[1, 2]], { dtype: "float32" }), [[3], [4]]);
        assert.deepEqual([c.shape, c.dtype, c.toArray()], [[1, 1], "float32", [[11]]]);
        assert.equal(k.liftedDot([1, 2], [3, 4], 2), 22);
        assert.equal(k.liftedDot(Int32Array.of(1, 2), [3, 4], -1), -11);
        assert.deepEqual(k.liftedCounts([true, false, true]), [true, 2, 2n, 2]);
        assert.deepEqual(k.liftedAbove([1, 5, 7], 4).toArray(), [5, 7]);
        assert.deepEqual(k.liftedTransposed([[1, 2], [3, 4]]).toArray(), [[1, 3], [2, 4]]);
        assert.deepEqual(k.liftedRepeat(7, 3).toArray(), [7, 7, 7]);
      }));

    test("one batch with leading dimensions keeps them", () =>
      k.scope(() => {
        assert.deepEqual(k.liftedMatmul([[[[2]]]], [[[3]]]).toArray(), [[[[6]]]]);
        assert.deepEqual(k.liftedDot([[[1, 2]]], [3, 4], 1).toArray(), [[11]]);
        assert.deepEqual(k.liftedTransposed([[[1, 2], [3, 4]]]).toArray(), [[[1, 3], [2, 4]]]);
      }));

    test("scalar results become arrays of the loop's shape", () =>
      k.scope(() => {
        const dot = k.liftedDot([[[1, 2]], [[3, 4]]], [[1, 0], [0, 1], [1, 1]], 10);
        assert.deepEqual([dot.dtype, dot.toArray()], ["float64", [[10, 20, 30], [30, 40, 70]]]);
        const counts = k.liftedCounts([[true, true], [false, false]]);
        assert.deepEqual(counts.map(({ dtype }) => dtype), ["bool", "uint32", "uint64", "float32"]);
        assert.deepEqual(counts.map((array) => array.toArray()), [[true, false], [2, 0], [2n, 0n], [2, 0]]);
      }));

    test("several results, sizes from scalars, fixed sizes and expressions", () =>
      k.scope(() => {
        const [quotients, remainders, sums] = k.liftedDivmod([[7n, -7n], [9n, 10n]], 4n);
        assert.deepEqual(quotients.toArray(), [[1n, -2n], [2n, 2n]]);
        assert.deepEqual(remainders.toArray(), [[3n, 1n], [1n, 2n]]);
        assert.deepEqual(sums.toArray(), [3n, 7n]);
        assert.deepEqual(k.liftedRepeat([[1], [2]], 2).toArray(), [[[1, 1]], [[2, 2]]]);
        assert.deepEqual(k.liftedRepeat([1, 2], 0).shape, [2, 0]);
        assert.deepEqual(k.liftedConvolve([[1, 2, 3], [4, 5, 6]], [1, 1]).toArray(), [[3, 5], [9, 11]]);
        assert.deepEqual(k.liftedCross([[1, 0, 0], [0, 1, 0]], [0, 1, 0]).toArray(), [[0, 0, 1], [0, 0, 0]]);
      }));

    test("views of any strides are inputs", () =>
      k.scope(() => {
        const a = k.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5);
        const dense = (x) => k.array(x.toArray(), { dtype: x.dtype });
        const inputs = [
          [a.transpose(2, 0, 1, 3), a.transpose(2, 0, 3, 1)],
          [a.slice("::-1, :, ::2, ::-1"), a.slice("1:, ::-1, 1:").transpose(0, 1, 3, 2)],
          [a.at(0, 0).broadcastTo(7, 4, 5), a.slice("0, 0").T],
          [a.slice("0, 1:2, 0").broadcastTo(6, 3, 5), a.slice("0, 0, 0").reshape(5, 1).broadcastTo(6, 5, 4)],
        ];
        for (const [x, y] of inputs) {
          const expected = k.liftedMatmul(dense(x), dense(y));
          assert.deepEqual(k.liftedMatmul(x, y).toArray(), expected.toArray());
        }
        const copied = k.liftedMatmul({ data: Float64Array.of(1, 2, 3, 4), shape: [2, 2, 1], strides: [1, 2, 1] }, [[1]]);
        assert.deepEqual(copied.toArray(), [[[1], [3]], [[2], [4]]]);
        assert.deepEqual(k.liftedTransposed(k.array(Int32Array.from({ length: 12 }, (_, i) => i), [2, 2, 3])).toArray(), [
          [[0, 3], [1, 4], [2, 5]],
          [[6, 9], [7, 10], [8, 11]],
        ]);
      }));

    test("mutable arrays are written where they are", () =>
      k.scope(() => {
        const x = k.arange(12).reshape(2, 3, 2);
        const before = k.liftedSubtract(x.transpose(1, 0, 2), [[10, 20], [30, 40]]);
        assert.deepEqual(before.toArray(), [[1, 13], [5, 17], [9, 21]]);
        assert.deepEqual(x.toArray(), [[[-10, -19], [-8, -17], [-6, -15]], [[-24, -33], [-22, -31], [-20, -29]]]);
        // An input stretches to the array that is written to; no result at all.
        const out = k.zeros([2, 2, 1], { dtype: "float32" });
        assert.equal(k.liftedFill(out, [3, 4]), undefined);
        assert.deepEqual(out.toArray(), [[[3], [4]], [[3], [4]]]);
        const data = new Float32Array(4);
        k.liftedFill({ data, shape: [2, 2] }, [5, 6]);
        assert.deepEqual([...data], [5, 5, 6, 6]);
        k.liftedFill(data, 9);
        assert.deepEqual([...data], [9, 9, 9, 9]);
      }));

    test("mutable arrays are not stretched, and overlap nothing", () =>
      k.scope(() => {
        const by = k.zeros([4, 2, 3]);
        refused("KernelTypeError", () => k.liftedSubtract(k.zeros([2, 3]), by), [
          "`liftedSubtract`: argument `x` must have 3 dimensions, has 2",
        ]);
        refused("KernelShapeError", () => k.liftedSubtract(k.zeros([4, 1, 3]), by), [
          "argument `x` has size 1 along axis 1, expected 2",
        ]);
        const x = k.zeros([4, 2, 3]);
        refused("KernelAliasError", () => k.liftedSubtract(x, x.at(0)), ["`x` is written to and overlaps argument `by`"]);
        refused("KernelAliasError", () => k.liftedSubtract(k.zeros([3]).broadcastTo(4, 3), [1, 2, 3]), ["overlaps itself"]);
      }));

    test("what does not fit is refused, with axes as the arguments have them", () => {
      refused("KernelShapeError", () => k.liftedMatmul(k.zeros([8, 2, 3, 4]), k.zeros([5, 4, 2])), [
        "`liftedMatmul`: argument `b` has size 5 along axis 0, which does not broadcast with size 2, which argument `a` has along axis 1",
      ]);
      refused("KernelShapeError", () => k.liftedMatmul([[[1, 2]], [[3, 4]]], [[1], [2], [3]]), [
        "argument `b` has size 3 along axis 0, expected 2, which argument `a` has along axis 2",
      ]);
      refused("KernelTypeError", () => k.liftedMatmul([1], [[1]]), ["argument `a` must have at least 2 dimensions, has 1"]);
      refused("KernelTypeError", () => k.liftedDot([[1, 2]], 3, 1), ["argument `y`"]);
      refused("KernelShapeError", () => k.liftedCross([[1, 2]], [1, 2, 3]), ["argument `a` has size 2 along axis 1, expected 3"]);
      refused("KernelShapeError", () => k.liftedConvolve([[1], [2]], [1, 2, 3]), ["the result has no size along axis 1", "is -1"]);
      refused("KernelTypeError", () => k.liftedDot([[1, 2]], [3, 4], "1"), ["`liftedDot`: argument `scale`"]);
      refused("KernelTypeError", () => k.liftedMatmul([[[1n]]], [[1]]), ["argument `a`"]);
    });

    test("results of another size than promised are refused", () => {
      const texts = ["result 0 has size 3 along axis 2, expected 2, which argument `x` has along axis 2"];
      refused("KernelShapeError", () => k.liftedBreaksItsPromise([[[1, 2], [3, 4], [-5, 6]]]), texts);
      refused("KernelShapeError", () => k.liftedBreaksItsPromise([[1, 2], [30, 4]]), ["result 1 has size 4 along axis 1, expected 3"]);
      refused("KernelShapeError", () => k.liftedBreaksItsPromise([-1]), ["result 0 has size 2 along axis 0, expected 1"]);
    });

    test("a free size is that of the first batch", () =>
      k.scope(() => {
        const above = k.liftedAbove([[[1, 5], [6, 2]], [[7, 3], [0, 9]]], 4);
        assert.deepEqual(above.toArray(), [[[5], [6]], [[7], [9]]]);
        refused("KernelShapeError", () => k.liftedAbove([[1, 5], [6, 2], [7, 8]], 4), [
          "the result has size 2 along axis 1 in batch 2, 1 in the first: all must have one size",
        ]);
      }));

    test("no batches make empty arrays, and call nothing", () =>
      k.scope(() => {
        assert.deepEqual(k.liftedMatmul(k.zeros([0, 1, 2, 3]), k.zeros([4, 3, 5])).shape, [0, 4, 2, 5]);
        assert.deepEqual(k.liftedDot(k.zeros([0, 2]), [1, 2], 1).shape, [0]);
        // NaN would panic.
        const nothing = k.liftedRoots(k.full([2, 0, 3], NaN));
        assert.deepEqual(nothing.map(({ shape }) => shape), [[2, 0, 3], [2, 0]]);
        refused("KernelShapeError", () => k.liftedAbove(k.zeros([3, 0, 2]), 4), [
          "the result has no size along axis 2: a batch would tell it, and there are none",
        ]);
        refused("KernelShapeError", () => k.liftedMatmul(k.zeros([0, 2, 3]), k.zeros([2, 3, 5])), ["does not broadcast"]);
        // Batches without elements are batches.
        assert.deepEqual(k.liftedDot(k.zeros([2, 0]), [], 1).toArray(), [0, 0]);
        assert.deepEqual(k.liftedMatmul(k.zeros([2, 0, 3]), k.zeros([3, 4])).shape, [2, 0, 4]);
        assert.deepEqual(k.liftedMatmul(k.zeros([2, 2, 0]), k.zeros([0, 1])).toArray(), [[[0], [0]], [[0], [0]]]);
      }));

    test("the first batch that fails is the one that is told of", () =>
      k.scope(() => {
        const [batches, size] = [64, 400];
        for (const [negative, nan, className, text] of [
          [[7, 40, 63], [], "KernelFailure", "-7 has no"],
          [[63, 40, 12], [], "KernelFailure", "-12 has no"],
          [[5], [6, 50], "KernelFailure", "-5 has no"],
          [[60, 61], [3], "KernelPanic", "not a number"],
          [[0, 1, 2], [3, 4, 5], "KernelFailure", "-0.5 has no"],
        ]) {
          const x = k.ones([batches, size]);
          negative.forEach((batch) => x.set(-batch || -0.5, batch, 3));
          nan.forEach((batch) => x.set(NaN, batch, 3));
          for (let round = 0; round < 5; round++) {
            refused(className, () => k.liftedRoots(x), [text]);
          }
          x.free();
        }
        const [roots, sums] = k.liftedRoots(k.full([batches, size], 4));
        assert.deepEqual([roots.shape, sums.shape], [[batches, size], [batches]]);
        assert.ok(sums.toArray().every((sum) => sum === 2 * size));
      }));

    test("many batches are shared between threads, and each is run once", () =>
      k.scope(() => {
        const shape = [40, 50, 8];
        const x = k.arange(product(shape)).reshape(...shape);
        const expected = x.toArray().map((rows) => rows.map((row) => row.reduce((sum, value) => sum + value)));
        assert.deepEqual(k.liftedDot(x, k.ones([8]), 1).toArray(), expected);
        const before = k.liftedSubtract(x, k.ones([8]));
        assert.deepEqual(before.toArray(), expected);
        assert.deepEqual(k.liftedDot(x, k.ones([8]), 1).toArray(), expected.map((row) => row.map((sum) => sum - 8)));
        const seen = new Set(k.liftedThread(k.zeros([2000, 16])).toArray());
        assert.equal(seen.size, threads || 1);
        // Too few to be worth a thread.
        assert.equal(new Set(k.liftedThread(k.zeros([4, 16])).toArray()).size, 1);
      }));

    test("dtypes choose the instance", () =>
      k.scope(() => {
        const f32 = k.array([[[1.5]], [[2.5]]], { dtype: "float32" });
        assert.equal(k.liftedMatmul(f32, [[2]]).dtype, "float32");
        assert.equal(k.liftedMatmul([[[1]]], [[2]]).dtype, "float64");
        assert.deepEqual(k.liftedDot(Int32Array.of(1, 2), [[1, 1], [2, 2]], 3).dtype, "int32");
        refused("KernelTypeError", () => k.liftedMatmul(f32, k.zeros([1, 1])), ["argument `b` is float64, expected float32 as `a`"]);
      }));

    test("sizes that no memory has are refused", () => {
      const x = k.array(Uint8Array.of(1, 2));
      refused("KernelMemoryError", () => k.liftedRepeat(x, 2 ** 31), ["`liftedRepeat`", "4294967296 bytes"]);
      x.free();
    });
  });
}
