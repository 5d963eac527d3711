// What holds for many functions, and has nothing of NumPy's to compare with.

import assert from "node:assert/strict";

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
};
