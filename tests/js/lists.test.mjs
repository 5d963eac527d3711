// Lists of arrays, in arguments and in results.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { importInstalled } from "./support/installed.mjs";
import { assertRefusedInScope } from "./support/refused.mjs";

const kernels = await importInstalled();
const { load } = kernels;

for (const threads of [false, 2]) {
  describe(threads ? "threaded" : "sequential", () => {
    let k;
    let other;
    before(async () => {
      k = await load({ threads });
      other = await load({ threads: false });
    });
    after(() => {
      k.dispose();
      other.dispose();
    });

    const refused = (className, call, texts, on = k) => assertRefusedInScope(kernels, on, className, call, texts);
    const nested = (array) => JSON.parse(JSON.stringify(array.toArray(), (_, x) => (typeof x === "bigint" ? `${x}n` : x)));

    test("arrays of every kind are in one list", () => {
      k.scope(() => {
        const resident = k.array([[1, 2], [3, 4]], { dtype: "float64" });
        const list = [resident, resident.transpose(), [[5, 6]], { data: Float64Array.of(0, 7, 8), shape: [1, 2], offset: 1 }];
        const rows = [[1, 2], [3, 4], [1, 3], [2, 4], [5, 6], [7, 8]];
        assert.deepEqual(nested(k.listConcatenate(list, 0)), rows);
        assert.deepEqual(nested(k.listConcatenate([resident, resident.slice("::-1")], 1)), [[1, 2, 3, 4], [3, 4, 1, 2]]);
        assert.deepEqual(nested(k.listConcatenate([Float32Array.of(1, 2), Float32Array.of(3)], 0)), [1, 2, 3]);
        assert.deepEqual(nested(k.listConcatenate([[1n], [2n, 3n], k.array([4n])], 0)), ["1n", "2n", "3n", "4n"]);
        assert.deepEqual(k.listConcatenate([[1, 2], []], 0).dtype, "float64");
        assert.deepEqual(nested(k.listConcatenate([[{ re: 1, im: 2 }], [3]], 0)), [{ re: 1, im: 2 }, { re: 3, im: 0 }]);
      });
      assert.equal(k.memory.arrays, 0);
    });

    test("a result is an array of arrays, each of which is freed by itself", () => {
      const before = k.memory.bytes;
      const rows = k.listRows({ data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] });
      assert.ok(Array.isArray(rows));
      assert.deepEqual(rows.map(nested), [[1, 2], [3, 4], [5, 6]]);
      assert.equal(k.memory.arrays, 3);
      rows[1].free();
      assert.deepEqual(nested(rows[2]), [5, 6]);
      rows[0].free();
      rows[2].free();
      assert.deepEqual([k.memory.arrays, k.memory.bytes], [0, before]);
      assert.deepEqual(k.listRows({ data: new Float32Array(0), shape: [0, 2] }), []);
      const kept = k.scope(() => k.listRows({ data: Float32Array.of(7, 8), shape: [2, 1] }));
      assert.deepEqual(kept.map(nested), [[7], [8]]);
      kept.forEach((row) => row.free());
    });

    test("one of several results is a list, and a list may be left out", () => {
      const [arrays, count] = k.listDoubled([[1n, 2n], BigInt64Array.of(3n, 4n)]);
      assert.deepEqual([arrays.map(nested), count], [[["1n", "2n", "1n", "2n"], ["3n", "4n", "3n", "4n"]], 2]);
      arrays.forEach((array) => array.free());
      assert.deepEqual(k.listDoubled([]), [[], 0]);
      for (const none of [undefined, null]) {
        assert.deepEqual(k.listDoubled(none), [[], -1]);
      }
      assert.deepEqual(k.listDoubled(), [[], -1]);
    });

    test("the entry of a list holds for each of its arrays", () => {
      const [a, b] = [[[1, 2]], [[10, 20]]];
      k.scope(() => {
        assert.deepEqual(nested(k.listWeighted([a, b], [2, 0.5])), [[7, 14]]);
        assert.deepEqual(k.listOfPairs([2, 2]).map(nested), [[0, 0], [0, 0]]);
      });
      refused("KernelShapeError", () => k.listWeighted([a, [[1, 2], [3, 4]]], [1, 1]), [
        "argument `matrices[1]` has size 2 along axis 0 (`n`), expected 1, which argument `matrices[0]` has along axis 0",
      ]);
      refused("KernelTypeError", () => k.listWeighted([a, b, [1, 2]], [1]), [
        "argument `matrices[2]` must have 2 dimensions, has 1",
      ]);
      refused("KernelFailure", () => k.listWeighted([], [1]), ["no matrices"]);
      refused("KernelShapeError", () => k.listOfPairs([2, 2, 3]), [
        "`listOfPairs`: array 2 of the result has size 3 along axis 0, expected 2",
      ]);
    });

    test("what is no list of arrays is refused, and named", () => {
      const a = k.array([1.5]);
      const text = "argument `arrays` must be an array of arrays, got an NdArray: pass `[arrays]` for a list of one";
      refused("KernelTypeError", () => k.listAll(a), [text]);
      refused("KernelTypeError", () => k.listConcatenate(a, 0), [text]);
      for (const value of [undefined, null, 1, "ab", {}, Float64Array.of(1)]) {
        refused("KernelTypeError", () => k.listAll(value), ["argument `arrays` must be an array of arrays, got "]);
        refused("KernelTypeError", () => k.listConcatenate(value, 0), ["argument `arrays` must be an array of arrays, got "]);
      }
      refused("KernelTypeError", () => k.listAll([[true], undefined]), ["argument `arrays[1]` must be a bool array, got undefined"]);
      refused("KernelTypeError", () => k.listAll([[true], , [true]]), ["argument `arrays[1]` must be a bool array, got undefined"]);
      // Refused by the first, however many follow.
      const endless = new Array(2 ** 32 - 1);
      refused("KernelTypeError", () => k.listAll(endless), ["argument `arrays[0]` must be a bool array, got undefined"]);
      refused("KernelTypeError", () => k.listAdd(endless, Float64Array.of(1)), ["argument `arrays[0]` must be a float64 array, got undefined"]);
      refused("KernelTypeError", () => k.listConcatenate(endless, 0), ["argument `arrays[0]` is undefined, expected "]);
      refused("KernelShapeError", () => k.fixedSum({ data: new Float64Array(1), shape: endless }), ["argument `x` must have sizes"]);
      refused("KernelTypeError", () => k.listAll([[true, 1]]), ["argument `arrays[0][1]` must be true or false, got 1"]);
      refused("KernelTypeError", () => k.listAll([[true], a]), ["argument `arrays[1]` must be a bool array, got a float64 one"]);
      refused("KernelTypeError", () => k.listAll([[true], Uint8Array.of(1, 2)]), ["argument `arrays[1]` must hold bytes 0 and 1, got 2 at index 1"]);
      refused("KernelTypeError", () => k.listAll([Int8Array.of(1)]), ["convert it with `Uint8Array.from(arrays[0], Boolean)`"]);
      assert.equal(refused("KernelTypeError", () => k.listAll([true]), ["argument `arrays[0]`"]).argument, "arrays");
      a.free();
      refused("KernelMemoryError", () => k.listConcatenate([[1], a], 0), ["argument `arrays[1]` was freed"]);
      refused("KernelMemoryError", () => k.listConcatenate(a, 0), ["argument `arrays` was freed"]);
      const theirs = other.array([1.5]);
      refused("KernelTypeError", () => k.listConcatenate([[1], theirs], 0), ["argument `arrays[1]` is an array of another `load()`"]);
      theirs.free();
      refused("KernelFailure", () => k.listConcatenate([], 0), ["ShapeError"]);
      assert.equal(k.listAll([[true], [false], []]), 2);
      assert.equal(k.memory.arrays, 0);
    });

    test("all arrays of a list have one dtype", () => {
      k.scope(() => {
        const [f, i] = [k.array([1.5]), k.array([1], { dtype: "int32" })];
        refused("KernelTypeError", () => k.listConcatenate([[1], f, i], 0), [
          "argument `arrays[2]` is int32, expected float64 as `arrays[1]`: both are of type `T`",
        ]);
        refused("KernelTypeError", () => k.listConcatenate([["a"]], 0), ["argument `arrays[0]` is \"a\""]);
        for (let round = 0; round < 3; round++) {
          assert.equal(k.listConcatenate([f, f], 0).dtype, "float64");
          assert.equal(k.listConcatenate([i, i], 0).dtype, "int32");
          assert.equal(k.listConcatenate([i, [2]], 0).dtype, "int32");
          assert.equal(k.listConcatenate([[true], [false]], 0).dtype, "bool");
        }
      });
    });

    test("a refused call, or one whose getters answer differently, says nothing about the next", async () => {
      const fresh = await load({ threads });
      fresh.scope(() => {
        const arrays = ["int32", "float32", "bool"].map((dtype) => fresh.zeros([1], { dtype }));
        for (const array of arrays) {
          refused("KernelTypeError", () => fresh.listConcatenate(array, 0), ["must be an array of arrays"], fresh);
          refused("KernelTypeError", () => fresh.genericFirst([array]), ["argument `x` is an NdArray"], fresh);
          assert.equal(fresh.listConcatenate([array, array], 0).dtype, array.dtype);
        }
        const [i, f] = arrays;
        for (const reads of [1, 2, 3, 4]) {
          const list = [f];
          let count = 0;
          Object.defineProperty(list, 0, { get: () => (count++ < reads ? f : i) });
          try {
            fresh.listConcatenate(list, 0);
          } catch (error) {
            assert.ok(error instanceof kernels.KernelTypeError, error);
          }
          assert.equal(fresh.listConcatenate([f], 0).dtype, "float32");
          assert.equal(fresh.listConcatenate([i], 0).dtype, "int32");
        }
      });
      fresh.dispose();
    });

    test("a refused list leaves nothing behind", () => {
      const long = new Float64Array(1 << 20);
      const size = () => k.scope(() => k.zeros([1]).data.buffer.byteLength);
      const before = size();
      for (let i = 0; i < 30; i++) {
        refused("KernelTypeError", () => k.listConcatenate([long, long, ["a"]], 0), ["argument `arrays[2][0]`"]);
        refused("KernelTypeError", () => k.listConcatenate([long, long, Float32Array.of(1)], 0), ["argument `arrays[2]` is float32"]);
      }
      assert.ok(threads || size() - before < 60 << 20, `${size() - before} bytes`);
      k.scope(() => assert.equal(k.listConcatenate([long, long], 0).size, 2 << 20));
    });

    // Without threads a memory has no limit of its own.
    if (threads) {
      test("memory that runs out in the middle of a result is free again", async () => {
        const small = await load({ threads, memory: { maximum: 64 << 20 } });
        // What the threads keep for themselves they have after it, below everything else.
        small.broadcast();
        small.listTransposed([700, 700]).forEach((array) => array.free());
        for (let i = 0; i < 20; i++) {
          // Three of 4 MB are brought into row-major order; for a copy of the one of 29 MB there is no room.
          refused("KernelMemoryError", () => small.listTransposed([700, 700, 700, 1900]), ["no memory for 28880000 bytes"], small);
        }
        small.zeros([40 << 17]).free();
        small.dispose();
      });
    }

    test("an array that is written to is none of the list's", () => {
      k.scope(() => {
        const [a, out] = [k.array([1, 2]), k.zeros([2])];
        k.listAdd([a, a, [10, 20]], out);
        assert.deepEqual(nested(out), [12, 24]);
        const typed = new Float64Array(2);
        k.listAdd([a, [1, 1]], typed);
        assert.deepEqual([...typed], [2, 3]);
        k.listAdd([], out);
        const text = "argument `out` is written to and overlaps argument `arrays[1]`: pass a copy of one";
        refused("KernelAliasError", () => k.listAdd([a, out], out), [text]);
        refused("KernelAliasError", () => k.listAdd([a, out.slice("::-1")], out), [text]);
        refused("KernelAliasError", () => k.listAdd([[1, 1], typed], typed), [text]);
        refused("KernelAliasError", () => k.listAdd([a, typed], { data: typed, shape: [2] }), [text]);
        refused("KernelShapeError", () => k.listAdd([a, [1]], out), ["argument `arrays[1]` has size 1 along axis 0 (`n`), expected 2"]);
        assert.deepEqual([nested(out), [...typed]], [[12, 24], [2, 3]]);
      });
    });

    test("a getter that frees an array of the list changes nothing", () => {
      const a = k.array([true, true]);
      const frees = {
        shape: [1],
        get data() {
          a.free();
          return Uint8Array.of(0);
        },
      };
      assert.equal(k.listAll([a, frees]), 1);
      assert.equal(k.memory.arrays, 0);
    });
  });
}
