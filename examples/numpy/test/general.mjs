// What holds for many functions, and has nothing of NumPy's to compare with.

import assert from "node:assert/strict";
import { assertRefusedInScope } from "../../../tests/js/support/refused.mjs";

/** @typedef {(k: any, kernels: any) => void} Check */

const LARGEST = 2 ** 31 - 1;

/** Each asks for more than an address space has. */
const TOO_LARGE = {
  tile: [(k) => k.tile([1], [65536, 65536]), (k) => k.tile([1], [LARGEST])],
  repeat: [(k) => k.repeat([1], LARGEST), (k) => k.repeat([1, 1, 1], LARGEST)],
  pad: [(k) => k.pad([1], LARGEST), (k) => k.pad([[1]], [[0, 60000], [0, 90000]])],
  concatenate: [(k) => k.concatenate(Array(5).fill(k.zeros([1]).broadcastTo(2 ** 28)))],
  outer: [(k) => k.outer(k.zeros([70000]), k.zeros([70000])), (k) => k.add.outer(k.zeros([70000]), k.zeros([70000]))],
  matmul: [(k) => k.matmul(k.zeros([65536, 1, 1, 1]), k.zeros([65536, 1, 1])), (k) => k.matmul(k.zeros([70000, 1]), k.zeros([1, 70000]))],
  solve: [(k) => k.solve(k.ones([65536, 1, 1, 1]), k.ones([65536, 1, 1]))],
  fft: [(k) => k.fft([1], LARGEST)],
  permutation: [(k) => k.permutation(1n, 2 ** 32 - 1)],
};

/** @type {Record<string, Check>} */
export const checks = {
  "what is larger than the memory is refused, and the next call works"(k, kernels) {
    for (const [name, calls] of Object.entries(TOO_LARGE)) {
      for (const call of calls) {
        assert.throws(() => k.scope(() => call(k)), kernels.KernelMemoryError, `${name}: ${call}`);
        assert.equal(k.add(1, 2), 3);
      }
    }
  },

  "what no random argument is"(k, kernels) {
    const most = 2 ** 32 - 1;
    const refused = [
      [() => k.bincount(Uint32Array.of(most)), "`x` asks for 4294967295"],
      [() => k.bincount([], null, most), "`minlength` asks for 4294967295"],
      [() => k.histogram([1, 2], 10, [1, 1 + 2.3e-16]), "`bins` are too many"],
      [() => k.histogram([1, 2], 10, [-1e308, 1e308]), "`bins` are too many"],
      [() => k.normal(1n, 0, 1, [0, most, most]), "`size`"],
      [() => k.tensordot([1], [1], LARGEST), "axis"],
      [() => k.tile([1], [[1, 2]]), "`reps`"],
      [() => k.roll([1], [], 99), "axis 99"],
      [() => k.roll([1, 2], [[1]]), "`shift`"],
    ];
    for (const [call, text] of refused) {
      assertRefusedInScope(kernels, k, "KernelFailure", call, [text]);
    }
    assert.ok(Number.isNaN(k.var([1, 2], null, NaN)));
    const diagonal = (values) => values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
    assert.equal(k.det(diagonal([2 ** 700, 2 ** 700, 2 ** -700, 2 ** -700])), 1);
    assert.equal(k.det(diagonal([2 ** -700, 2 ** -700, 2 ** 700, 2 ** 700])), 1);
    k.scope(() => assert.deepEqual(k.qr(diagonal([1e200, 1e-200]))[1].toArray(), [[1e200, 0], [0, 1e-200]]));
  },

  "functions of elements write to `out`"(k) {
    const into = (dtype, call) => {
      const out = k.zeros([2], { dtype });
      assert.equal(call({ out }), out);
      return out.toArray();
    };
    assert.deepEqual(into("float64", (out) => k.sqrt([4, 9], out)), [2, 3]);
    assert.deepEqual(into("float64", (out) => k.arctan2([0, 0], 1, out)), [0, 0]);
    assert.deepEqual(into("int32", (out) => k.add(Int32Array.of(1, 2), 3, out)), [4, 5]);
    assert.deepEqual(into("bool", (out) => k.less([1, 2], 2, out)), [true, false]);
    assert.deepEqual(into("float64", (out) => k.clip([1, 9], 2, 5, out)), [2, 5]);
    assert.deepEqual(into("uint8", (out) => k.bitwiseCount(Int32Array.of(7, 8), out)), [3, 1]);
    assert.deepEqual(into("float64", (out) => k.add.reduce([[1, 2], [3, 4]], out)), [4, 6]);
    assert.deepEqual(into("float64", (out) => k.multiply.accumulate([2, 3], out)), [2, 6]);
    assert.deepEqual(into("float64", (out) => k.maximum.outer(2, [1, 3], out)), [2, 3]);
  },

  "arrays of two dtypes are refused"(k, kernels) {
    const [single, double] = [Float32Array.of(1, 2), Float64Array.of(1, 2)];
    const calls = [
      () => k.add(single, double),
      () => k.less(single, Int32Array.of(1, 2)),
      () => k.hypot(double, single),
      () => k.add.outer(single, double),
      () => k.where([true, false], single, double),
      () => k.matmul(single, double),
      () => k.concatenate([single, double]),
      () => k.searchsorted(single, double),
    ];
    for (const call of calls) {
      assert.throws(call, kernels.KernelTypeError, String(call));
    }
  },

  "a fold of nothing is the identity"(k) {
    assert.equal(k.logaddexp.reduce([]), -Infinity);
    assert.equal(k.logaddexp2.reduce([]), -Infinity);
    assert.equal(k.hypot.reduce([]), 0);
    assert.equal(k.multiply.reduce([]), 1);
  },

  "folds where order matters go from left to right"(k) {
    assert.equal(k.power.reduce([2, 3, 2]), 64);
    assert.equal(k.arctan2.reduce([1, 2, 3]), k.arctan2(k.arctan2(1, 2), 3));
    assert.equal(k.subtract.reduce([10, 3, 2]), 5);
  },
};
