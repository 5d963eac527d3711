// Allocating on all threads at once, in memories that stay and in memories that grow; and what happens at their end.

import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./support/child.mjs";
import { importInstalled } from "./support/installed.mjs";
import { SOAK } from "./support/paths.mjs";
import { assertRefused } from "./support/refused.mjs";

const kernels = await importInstalled();
const { load } = kernels;

const MIB = 1 << 20;
const ROUNDS = SOAK ? 10 : 1;

for (const threads of [2, 4]) {
  test(`allocating on ${threads} threads at once, in the default memory`, () =>
    assertChurn(`
      const args = [32, 60, 20_000];
      for (let seed = 1; seed <= ${40 * ROUNDS}; seed++) {
        assert.equal(k.churn(...args, seed), alone.churn(...args, seed), \`seed \${seed}\`);
      }
    `, { threads }));

  // A thread that does not see the new size traps at its first `memory.fill` or `memory.copy` in the new pages. So what
  // another thread has filled is kept, and each call has to take pages that the memory has just grown by.
  test(`allocating on ${threads} threads at once, in a memory that grows between calls`, () =>
    assertChurn(`
      const sizes = new Set();
      const kept = [];
      for (let seed = 1; seed <= 80; seed++) {
        kept.push(k.blockOfAnotherThread(${Math.floor((2.4 * MIB) / threads)}, seed));
        sizes.add(kept[0].data.buffer.byteLength);
        assert.equal(k.churn(16, 20, 20_000, seed), alone.churn(16, 20, 20_000, seed), \`seed \${seed}\`);
      }
      assert.ok(sizes.size > 50, \`the memory grew \${sizes.size - 1} times\`);
      kept.forEach((block, i) => assert.ok(block.data.every((byte) => byte === i + 1), \`block \${i} was overwritten\`));
    `, { threads, memory: { initial: 4 * MIB, maximum: 512 * MIB } }, ROUNDS));
}

// The job is in the middle of filling its scratch array when the memory grows, and then fills what it finds. Where the growth does not
// wait until every thread has seen it, the job traps.
test("a thread that is busy while the memory grows sees the new pages before it gets any", () =>
  assertChurn(`
    const sizes = new Set();
    const scratch = k.array(new Uint8Array(${96 * MIB}));
    const gaps = [];
    const kept = [];
    for (let i = 0; i < 60; i++) {
      k.takeLater(scratch);
      // Uses up what is there, so that the next call has to grow the memory.
      gaps.push(k.array(new Uint8Array(${4 * MIB})));
      kept.push(k.handOver(${MIB}));
      sizes.add(scratch.data.buffer.byteLength);
    }
    assert.ok(sizes.size > 50, \`the memory grew \${sizes.size - 1} times\`);
    kept.forEach(({ data }, i) => assert.ok(data.every((byte) => byte === data[0]), \`block \${i} was overwritten\`));
  `, { threads: 2, memory: { initial: 4 * MIB, maximum: 512 * MIB } }, ROUNDS));

/** Runs a program with `k`, loaded as `options` say, and `alone`, which has one thread, in a process of its own. */
async function assertChurn(program, options, rounds = 1) {
  const { code, stderr } = await run(
    `
    const alone = await load({ threads: false });
    for (let round = 0; round < ${rounds}; round++) {
      const k = await load(${JSON.stringify(options)});
      assert.equal(k.threads.active, ${options.threads}, k.threads.reason);
      ${program}
      k.dispose();
    }
  `,
    { seconds: 60 * ROUNDS },
  );
  assert.equal(code, 0, stderr);
}

test("the first array fits however many threads are just starting", async () => {
  const large = new Uint8Array(16 * MIB);
  for (let i = 0; i < 100 * ROUNDS; i++) {
    const k = await load({ threads: 2, memory: { initial: 4 * MIB, maximum: 64 * MIB } });
    assert.equal(k.array(large).size, large.length);
    k.dispose();
  }
});

test("`data` that is read again after the memory grew is right", async () => {
  for (const options of [{ threads: 2, memory: { initial: 4 * MIB, maximum: 256 * MIB } }, { threads: false }]) {
    const k = await load(options);
    const a = k.array(Int32Array.of(1, 2, 3));
    const before = a.data.buffer.byteLength;
    const b = k.array(new Uint8Array(100 * MIB));
    assert.ok(a.data.buffer.byteLength > before);
    a.data[0] = 5;
    assert.deepEqual(a.toArray(), [5, 2, 3]);
    assert.equal(k.parallelSum(a), 10n);
    b.free();
    k.dispose();
  }
});

test("a view of the package's own memory may be an argument when the memory has to grow", async () => {
  const k = await load({ threads: 2, memory: { initial: 4 * MIB, maximum: 256 * MIB } });
  const a = k.array(new Float64Array(MIB).fill(1));
  assert.equal(k.dotprod(a.data, a.data), MIB);
  const b = k.parallelSquares(a.data);
  assert.equal(k.dotprod(a, b), MIB);
  k.dispose();
});

test("memory that runs out is an error, and the next call works", async () => {
  const k = await load({ threads: 2, memory: { maximum: 48 * MIB } });
  for (let i = 0; i < 20; i++) {
    assertRefused(kernels, "KernelMemoryError", () => k.absurd(), ["`absurd`", "2147483647"]);
    assertRefused(kernels, "KernelMemoryError", () => k.hoard(), ["`hoard`", "1048576"]);
    assertRefused(kernels, "KernelMemoryError", () => k.absurdInParallel(4), ["`absurdInParallel`", "1048576"]);
    assertRefused(kernels, "KernelMemoryError", () => k.block(64 * MIB), ["`block`", String(64 * MIB)]);
    assertRefused(kernels, "KernelMemoryError", () => k.array(new Uint8Array(64 * MIB)), ["`array`", String(64 * MIB)]);
    assert.equal(k.nested(3), 8n * 499_500n);
    assert.equal(k.broadcast(), 2);
  }
  // Everything was given back.
  const large = k.block(24 * MIB);
  large.free();
  k.dispose();
});

test("a memory that may not grow enough is an error, and stays usable", async () => {
  const k = await load({ threads: 2, memory: { initial: 4 * MIB, maximum: 16 * MIB } });
  for (let i = 0; i < 10; i++) {
    assertRefused(kernels, "KernelMemoryError", () => k.array(new Uint8Array(20 * MIB)), ["`array`"]);
    const kept = k.array(new Uint8Array(6 * MIB));
    assert.equal(k.parallelSum([1, 2]), 3n);
    kept.free();
  }
  k.dispose();
});
