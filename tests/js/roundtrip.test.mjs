// What goes in comes out: every dtype at every rank, scalars, results, and arguments of every kind.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import vm from "node:vm";
import { DTYPES, bytesOf, edgeArray, kernelName, sizeOf } from "./support/dtypes.mjs";
import { importInstalled } from "./support/installed.mjs";

const { load } = await importInstalled();

/** Shapes of a rank: ordinary, with sizes of one, and empty along each axis in turn. */
function shapesOf(rank) {
  const ordinary = [2, 3, 4, 2, 3, 2].slice(0, rank);
  const ones = ordinary.map((n, axis) => (axis % 2 ? n : 1));
  const empty = ordinary.map((_, axis) => ordinary.map((n, other) => (other === axis ? 0 : n)));
  return [ordinary, ones, ordinary.map(() => 1), ...empty];
}

for (const threads of [false, 2]) {
  describe(threads ? "threaded" : "sequential", () => {
    let k;
    before(async () => {
      k = await load({ threads });
      assert.equal(k.threads.active, threads || 1, k.threads.reason);
    });
    after(() => k.dispose());

    for (const dtype of DTYPES) {
      test(`${dtype.name} arrays of rank 0 to 6 come back unchanged`, () => {
        for (let rank = 0; rank <= 6; rank++) {
          for (const shape of shapesOf(rank)) {
            const source = edgeArray(dtype, sizeOf(shape));
            const x = k.array(source, { shape, dtype: dtype.name });
            for (const kernel of [kernelName("same", dtype, `R${rank}`), kernelName("same", dtype, "Rd")]) {
              const y = k[kernel](x);
              assert.deepEqual([...y.shape], shape, kernel);
              assert.equal(y.dtype, dtype.name, kernel);
              assert.ok(y.data instanceof dtype.array, kernel);
              assert.deepEqual(bytesOf(y.data), bytesOf(source), `${kernel} of shape [${shape}]`);
              y.free();
            }
            x.free();
          }
        }
      });

      test(`${dtype.name} scalars come back unchanged, alone and among several results`, () => {
        for (const value of dtype.edges) {
          assert.ok(Object.is(k[kernelName("scalar", dtype)](value), value), String(value));
          for (const other of dtype.edges) {
            const [first, both] = k[kernelName("pair", dtype)](value, other);
            assert.ok(Object.is(first, value), String(value));
            assert.deepEqual(both.toArray(), [value, other]);
            both.free();
          }
        }
      });

      test(`${dtype.name} nested arrays are taken as they are`, () => {
        const nested = [dtype.edges, [...dtype.edges].reverse()];
        const y = k[kernelName("same", dtype, "R2")](nested);
        assert.deepEqual([...y.shape], [2, dtype.edges.length]);
        assert.deepEqual(y.toArray(), nested);
        y.free();
        const single = k[kernelName("same", dtype, "R0")](dtype.edges[0]);
        assert.deepEqual([single.toArray(), ...single.shape], [dtype.edges[0]]);
        single.free();
        for (const [empty, shape] of [[[], [0]], [[[], []], [2, 0]], [[[[]]], [1, 1, 0]]]) {
          const z = k[kernelName("same", dtype, "Rd")](empty);
          assert.deepEqual([...z.shape], shape);
          assert.deepEqual(z.toArray(), empty);
          z.free();
        }
      });

      test(`${dtype.name} arrays are written in place`, () => {
        const [value] = dtype.edges;
        const wanted = dtype.array.from({ length: 6 }, () => value);
        const resident = k.array(edgeArray(dtype, 6), { shape: [2, 3], dtype: dtype.name });
        assert.equal(k[kernelName("fill", dtype)](resident, value), undefined);
        assert.deepEqual(resident.toTypedArray(), wanted);
        resident.free();
        const passed = edgeArray(dtype, 6);
        k[kernelName("fill", dtype, "Rd")](passed, value);
        assert.deepEqual(passed, wanted);
        const empty = edgeArray(dtype, 0);
        k[kernelName("fill", dtype, "Rd")](empty, value);
      });
    }

    test("kernels may have the names of JavaScript's keywords", () => {
      assert.deepEqual([k.delete(3), k.new(3)], [2, 4]);
    });

    test("a typed array is an array of rank 1, whatever part of a buffer it is", () => {
      const whole = Int32Array.from({ length: 10 }, (_, i) => i);
      const y = k.sameI32R1(whole.subarray(3, 7));
      assert.deepEqual(y.toArray(), [3, 4, 5, 6]);
      y.free();
      k.fillI32Rd(whole.subarray(0, 2), 9);
      assert.deepEqual([...whole.subarray(0, 4)], [9, 9, 2, 3]);
    });

    test("a typed array over a shared buffer is taken and written back", () => {
      const shared = new Int32Array(new SharedArrayBuffer(16));
      shared.set([1, 2, 3, 4]);
      assert.equal(k.doubleAndSum(shared), 20);
      assert.deepEqual([...shared], [2, 4, 6, 8]);
    });

    test("a `Uint8ClampedArray` counts as uint8", () => {
      const y = k.sameU8R1(Uint8ClampedArray.of(0, 128, 255));
      assert.deepEqual(y.toArray(), [0, 128, 255]);
      y.free();
      const pixels = new Uint8ClampedArray(4);
      k.fillU8Rd(pixels, 200);
      assert.deepEqual([...pixels], [200, 200, 200, 200]);
    });

    test("typed arrays and nested arrays of another realm are taken", () => {
      const there = vm.runInNewContext("({ typed: Int32Array.of(1, 2, 3), nested: [[1, 2], [3, 4]] })");
      assert.equal(k.parallelSum(there.typed), 6n);
      const y = k.sameI32R2(there.nested);
      assert.deepEqual(y.toArray(), [[1, 2], [3, 4]]);
      y.free();
    });

    test("a number given to an f32 scalar rounds as it does in a Float32Array", () => {
      assert.equal(k.scalarF32(0.1), Math.fround(0.1));
      assert.equal(k.scalarF32(1e300), Infinity);
    });

    test("scalars of all types go into one call", () => {
      assert.equal(k.mixed(-1, -2, -3, -4n, 1, 2, 3, 4n, 0.5, 0.25, true), 1.75);
      assert.equal(k.add(2 ** 31 - 1, 1), -(2 ** 31));
      assert.equal(k.crowded(1, 2, 3, 4, 5, 6, 7, 8), 36);
    });

    test("results: nothing, one, several", () => {
      assert.equal(k.nothing(), undefined);
      assert.equal(k.answer(), 42);
      const [quotients, remainders, quotientSum, remainderSum] = k.divmod(BigInt64Array.of(7n, -7n, 9n), 4n);
      assert.deepEqual(quotients.toArray(), [1n, -2n, 2n]);
      assert.deepEqual(remainders.toArray(), [3n, 1n, 1n]);
      assert.equal(quotientSum, 1n);
      assert.equal(remainderSum, 5);
      quotients.free();
      remainders.free();
    });

    test("a result is in row-major order, however the kernel laid it out", () => {
      const y = k.transposed([[1, 2, 3], [4, 5, 6]]);
      assert.deepEqual([...y.shape], [3, 2]);
      assert.deepEqual([...y.data], [1, 4, 2, 5, 3, 6]);
      y.free();
      const z = k.inner([1, 2, 3, 4, 5]);
      assert.deepEqual(z.toArray(), [2, 3, 4]);
      z.free();
    });

    test("signatures of every kind accept what fits", () => {
      const arrays = [
        [k.matmul([[1, 2], [3, 4]], [[5], [6]]), [[17], [39]]],
        [k.lengths([[3, 4, 0], [0, 0, 2]]), [5, 2]],
        [k.convolve([1, 2, 3, 4], [1, 1]), [3, 5, 7]],
        [k.halve([1, 2, 3, 4]), [2, 4]],
        [k.sumLast([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]), [[3, 7], [11, 15]]],
        [k.sumLast([1, 2, 3]), 6],
        [k.ramp(3, 2), [[0, 1, 2], [3, 4, 5]]],
        [k.ramp(0, 2), [[], []]],
        [k.matmul([[], []], k.array(new Float32Array(0), [0, 2])), [[0, 0], [0, 0]]],
      ];
      for (const [array, expected] of arrays) {
        assert.deepEqual(array.toArray(), expected);
        array.free();
      }
      assert.equal(k.dotprod([1, 2], [3, 4]), 11);
      assert.equal(k.twiceAsLong([1], [2, 3]), 3);
      assert.equal(k.countBoth([1], [2, 3]), 3);
      assert.equal(k.countTrue([[true, false], [true, true]]), 3);
    });
  });
}
