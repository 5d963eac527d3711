// The pool: how it is chosen, sized, started, disposed, and what it answers when it can't be had.

import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { run } from "./support/child.mjs";
import { importInstalled } from "./support/installed.mjs";
import { SOAK } from "./support/paths.mjs";

const kernels = await importInstalled();
const { load } = kernels;

const STARTS = Number(process.env.STARTS ?? (SOAK ? 200 : 20));

test("`load()` takes as many threads as the host has", async () => {
  const k = await load();
  const cores = availableParallelism();
  assert.deepEqual({ ...k.threads }, cores > 1 ? { active: cores, reason: null } : { active: 1, reason: "the host has one core" });
  assert.equal(k.poolSize(), cores);
  k.dispose();
});

for (const threads of [2, 3, 5]) {
  test(`\`load({ threads: ${threads} })\` has ${threads}, and all of them work`, async () => {
    const k = await load({ threads });
    assert.deepEqual({ ...k.threads }, { active: threads, reason: null });
    assert.equal(k.poolSize(), threads);
    assert.equal(k.ownIndex(), 0);
    assert.equal(k.broadcast(), threads);
    let seen = 0;
    for (let i = 0; i < 20 && seen < threads; i++) {
      seen = k.threadsSeen(64);
    }
    assert.equal(seen, threads);
    k.dispose();
  });
}

for (const threads of [false, 1]) {
  test(`\`load({ threads: ${threads} })\` is sequential and says why`, async () => {
    const k = await load({ threads });
    assert.equal(k.threads.active, 1);
    assert.match(k.threads.reason, new RegExp(`threads: ${threads}`));
    assert.equal(k.poolSize(), 1);
    assert.equal(k.parallelSum([1, 2, 3]), 6n);
    k.dispose();
  });
}

test("`k.threads` can't be changed", async () => {
  const k = await load({ threads: 2 });
  assert.throws(() => (k.threads.active = 9), TypeError);
  k.dispose();
});

test("locks, waits, nesting: sequentially and in a pool", async () => {
  for (const threads of [false, 2, 4]) {
    const k = await load({ threads });
    assert.equal(k.countUnderAMutex(20_000), 20_000);
    assert.equal(k.countUnderARwlock(5_000), 5_000);
    assert.equal(k.pingPong(500), 1000);
    for (let i = 0; i < 100; i++) {
      assert.equal(k.waitForAnother(), 7);
    }
    assert.equal(k.nested(8), 256n * 499_500n);
    k.dispose();
  }
});

test("a thousand panics inside a parallel kernel, each with its message, the next call right", async () => {
  const k = await load({ threads: 2 });
  for (let i = 0; i < 1000; i++) {
    assert.throws(
      () => k.parallelPanic(1000, i),
      (error) => error instanceof kernels.KernelPanic && error.message.includes(`number ${i} of 1000`),
    );
    assert.equal(k.parallelPanic(1000, 1000), 499_500n);
  }
  assert.equal(k.broadcast(), 2);
  k.dispose();
});

test("a thread of the pool that traps is an error, not a wait for ever", async () => {
  const k = await load({ threads: 3 });
  const kept = k.array(Int32Array.of(1, 2, 3));
  const trapped = (error) =>
    error instanceof kernels.KernelPanic &&
    error.kernel === "poolOverflows" &&
    /^`poolOverflows` trapped: Maximum call stack size exceeded; .*call `load\(\)` again$/.test(error.message);
  assert.throws(() => k.poolOverflows(), trapped);
  assert.throws(() => k.parallelSum(kept), trapped);
  assert.throws(() => k.array([1]), trapped);
  assert.deepEqual(kept.toArray(), [1, 2, 3]);
  kept.free();
  k.dispose();
  const again = await load({ threads: 3 });
  assert.equal(again.broadcast(), 3);
  again.dispose();
});

test("a thread of the pool that traps between calls is an error of the next", async () => {
  const k = await load({ threads: 2 });
  k.trapsLater();
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.throws(
    () => k.broadcast(),
    (error) => error instanceof kernels.KernelPanic && /a thread of the pool trapped: unreachable/.test(error.message),
  );
  k.dispose();
});

test("a calling thread that traps ends a pool, and nothing else", async () => {
  const k = await load({ threads: 2 });
  const alone = await load({ threads: false });
  for (const kernels of [k, alone]) {
    assert.equal(kernels.ackermann(2, 3), 9);
    assert.throws(() => kernels.ackermann(2, 10_000_000), /^KernelPanic: `ackermann` trapped: Maximum call stack size exceeded/);
  }
  assert.throws(() => k.ackermann(2, 3), /`ackermann` trapped.*call `load\(\)` again/);
  assert.equal(alone.ackermann(2, 3), 9);
  k.dispose();
  alone.dispose();
});

test("what an argument's own code throws is thrown, and ends nothing", async () => {
  for (const threads of [2, false]) {
    const k = await load({ threads });
    for (const thrown of [null, undefined, "text", new RangeError("mine"), new Nameless()]) {
      const x = Object.defineProperty([1], 0, {
        get() {
          throw thrown;
        },
      });
      const caught = caughtFrom(() => k.parallelSum(x));
      assert.deepEqual([caught.length, caught[0]], [1, thrown]);
      assert.equal(k.parallelSum([1, 2]), 3n);
    }
    k.dispose();
  }
});

test("several packages loaded at once keep apart", async () => {
  const loaded = await Promise.all([load({ threads: 2 }), load({ threads: 3 }), load({ threads: false })]);
  assert.deepEqual(loaded.map((k) => k.poolSize()), [2, 3, 1]);
  const arrays = loaded.map((k, i) => k.array(new Int32Array(1000).fill(i + 1)));
  assert.deepEqual(loaded.map((k, i) => k.parallelSum(arrays[i])), [1000n, 2000n, 3000n]);
  loaded[0].dispose();
  assert.equal(loaded[1].parallelSum(arrays[1]), 2000n);
  assert.equal(loaded[1].broadcast(), 3);
  loaded[1].dispose();
  loaded[2].dispose();
});

test("a process with a live pool exits by itself", async () => {
  const { code, stdout } = await run(`
    const k = await load({ threads: 3 });
    console.log(k.broadcast());
  `);
  assert.deepEqual({ code, stdout }, { code: 0, stdout: "3\n" });
});

test("a process with a live pool exits when something is thrown, and when it is told to", async () => {
  const thrown = await run(`
    const k = await load({ threads: 3 });
    k.panics(1);
  `);
  assert.equal(thrown.code, 1);
  assert.match(thrown.stderr, /KernelPanic/);
  const told = await run(`
    const k = await load({ threads: 3 });
    k.broadcast();
    process.exit(7);
  `);
  assert.equal(told.code, 7);
});

test("a disposed pool keeps no thread", async () => {
  const { code, stdout } = await run(`
    import { readdirSync } from "node:fs";
    const threads = () => readdirSync("/proc/self/task").length;
    await load({ threads: 4 }).then((k) => k.dispose());
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = threads();
    for (let i = 0; i < 5; i++) {
      const k = await load({ threads: 4 });
      k.broadcast();
      k.dispose();
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    console.log(threads() <= before ? "none" : \`\${threads() - before} more\`);
  `);
  assert.deepEqual({ code, stdout }, { code: 0, stdout: "none\n" });
});

test(`${STARTS} starts, none hangs`, async () => {
  // The answers come as they are made, so that a hang tells how far it came.
  const { code, stdout } = await run(
    `
    for (let i = 1; i <= ${STARTS}; i++) {
      const k = await load({ threads: 2 + (i % 3) });
      if (k.threads.active !== 2 + (i % 3)) throw new Error(k.threads.reason);
      if (k.parallelSum(new Int32Array(1000).fill(i)) !== BigInt(1000 * i)) throw new Error("a wrong sum");
      console.log(i);
      k.dispose();
    }
  `,
    { seconds: 30 + STARTS },
  );
  assert.equal(code, 0);
  assert.equal(stdout.trim().split("\n").length, STARTS);
});

test("starts at once, in one process", async () => {
  const loaded = await Promise.all(Array.from({ length: 8 }, () => load({ threads: 2, memory: { maximum: 64 << 20 } })));
  assert.deepEqual(loaded.map((k) => k.nested(3)), loaded.map(() => 8n * 499_500n));
  loaded.forEach((k) => k.dispose());
});

test("a host whose workers can't receive the memory runs sequentially and says so", async (t) => {
  const { postMessage } = Worker.prototype;
  const post = t.mock.method(Worker.prototype, "postMessage", function (message, ...rest) {
    if (Object.values(message ?? {}).some((value) => value instanceof WebAssembly.Memory)) {
      throw new DOMException("The object can not be cloned.", "DataCloneError");
    }
    return postMessage.call(this, message, ...rest);
  });
  const k = await load();
  post.mock.restore();
  assert.ok(post.mock.callCount() > 0, "nothing was posted");
  assert.equal(k.threads.active, 1);
  assert.match(k.threads.reason, /memory.*The object can not be cloned/);
  assert.equal(k.parallelSum([1, 2, 3]), 6n);
  k.dispose();
});

test("a worker that gets the memory and can't use it is a reason too", async (t) => {
  t.mock.method(Worker.prototype, "postMessage", function () {
    queueMicrotask(() => this.emit("messageerror", new Error("could not be cloned")));
  });
  const k = await load();
  assert.equal(k.threads.active, 1);
  assert.match(k.threads.reason, /worker/);
  assert.equal(k.parallelSum([1, 2, 3]), 6n);
  k.dispose();
});

test("a host that refuses large shared memories gets a smaller one", async (t) => {
  const largest = (100 << 20) / 65536;
  const asked = refuseMemoriesAbove(t, largest);
  const k = await load({ threads: 2 });
  assert.deepEqual({ ...k.threads }, { active: 2, reason: null });
  assert.ok(asked.length > 1 && asked[0] > largest, `asked for ${asked}`);
  const block = k.block(1);
  assert.equal(block.data.buffer.byteLength, asked.at(-1) * 65536);
  assert.ok(asked.at(-1) > largest / 4, "not smaller than need be");
  assert.equal(k.nested(3), 8n * 499_500n);
  k.dispose();
});

test("a host that refuses every shared memory runs sequentially and says so", async (t) => {
  refuseMemoriesAbove(t, 0);
  const k = await load({ threads: 2 });
  assert.equal(k.threads.active, 1);
  assert.match(k.threads.reason, /memory/);
  assert.equal(k.parallelSum([1, 2, 3]), 6n);
  k.dispose();
});

test("a host without shared memory in its wasm runs sequentially and says so", async (t) => {
  t.mock.method(WebAssembly, "validate", () => false);
  const k = await load({ threads: 2 });
  assert.equal(k.threads.active, 1);
  assert.match(k.threads.reason, /shared/);
  k.dispose();
});

/** Has no message, and the name of an engine's error. */
class Nameless {
  name = "InternalError";
}

/** What a call throws, in a list; an empty one if it throws nothing. */
function caughtFrom(call) {
  try {
    call();
    return [];
  } catch (error) {
    return [error];
  }
}

/** Makes the host refuse shared memories of more pages; returns the sizes asked for. */
function refuseMemoriesAbove(t, pages) {
  const { Memory } = WebAssembly;
  const asked = [];
  WebAssembly.Memory = class extends Memory {
    constructor(limits) {
      if (limits.shared) {
        asked.push(limits.initial);
        if (limits.initial > pages) {
          throw new RangeError("WebAssembly.Memory(): could not allocate memory");
        }
      }
      super(limits);
    }
  };
  t.after(() => {
    WebAssembly.Memory = Memory;
  });
  return asked;
}
