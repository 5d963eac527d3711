// Structs that JavaScript holds: classes, what their methods take and return, how long they live, and what is refused.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { importInstalled } from "./support/installed.mjs";
import { assertRefused } from "./support/refused.mjs";

const kernels = await importInstalled();
const { load, NdArray } = kernels;

/** Marsaglia's xorshift as the fixture has it. */
function* xorshift(state) {
  for (;;) {
    state ^= BigInt.asUintN(64, state << 13n);
    state ^= state >> 7n;
    state ^= BigInt.asUintN(64, state << 17n);
    yield Number(state >> 11n) / 2 ** 53;
  }
}

const take = (n, iterator) => Array.from({ length: n }, () => iterator.next().value);

for (const threads of [false, 2]) {
  describe(threads ? "threaded" : "sequential", () => {
    let k;
    let alive;
    before(async () => {
      k = await load({ threads });
    });
    beforeEach(() => {
      alive = k.memory;
    });
    afterEach(() => assert.deepEqual(k.memory, alive));
    after(() => k.dispose());

    const refused = (className, call, texts) => assertRefused(kernels, className, call, texts);
    const scoped = (run) => () => k.scope(() => void run());

    test("a constructor, methods and static methods are those of Rust", scoped(() => {
      const g = new k.Generator(42n);
      assert.ok(g instanceof k.Generator);
      const expected = xorshift(42n);
      assert.deepEqual(g.uniform(3).toArray(), take(3, expected));
      assert.deepEqual(g.uniform(2).toArray(), take(2, expected));
      assert.equal(k.Generator.standard().state(), 1n);
      assert.equal(new k.Generator(2n ** 64n - 1n).state(), 2n ** 64n - 1n);
      assert.deepEqual([k.Generator.name, String(g)], ["Generator", "[object Generator]"]);
      assert.equal(k.Guard.name(), 7);
    }));

    test("arrays go into methods and come out as they do of other kernels", scoped(() => {
      const g = new k.Generator(7n);
      const x = Float64Array.of(1, 2);
      g.addNoise(x);
      const [a, b] = take(2, xorshift(7n));
      assert.deepEqual(x, Float64Array.of(1 + a, 2 + b));
      const y = k.array([1, 2]);
      g.addNoise(y);
      assert.notDeepEqual(y.toArray(), [1, 2]);
      assert.equal(new k.Generator(3n).scale([1, 2]), 9);
      assert.equal(new k.Generator(3n).scale(Float32Array.of(0.5)), 1.5);
      const stack = k.Stack.of(y);
      y.fill(0);
      assert.equal(stack.size(), 2);
    }));

    test("results are handles: alone, in tuples, in a `Result`, of other classes", scoped(() => {
      const g = new k.Generator(5n);
      const [fork, first] = g.fork();
      assert.ok(fork instanceof k.Generator && fork !== g);
      assert.deepEqual([first, fork.state() !== g.state()], [xorshift(5n).next().value, true]);
      const stack = k.Stack.of([1, 2, 3]);
      const [head, all, tail] = k.halves(stack);
      assert.ok(head instanceof k.Stack && all instanceof NdArray && tail instanceof k.Stack);
      assert.deepEqual([k.unstack(head), all, k.unstack(tail)].map((x) => x.toArray()), [[1], [1, 2, 3], [2, 3]]);
      refused("KernelFailure", () => k.halves(new k.Stack()), ["`halves`: nothing to halve"]);
      refused("KernelFailure", () => new k.Generator(0n), ["`new Generator`: the seed is 0"]);
    }));

    test("handles are arguments of other kernels, and share what Rust lets them share", scoped(() => {
      const a = k.Stack.of([1, 2]);
      const b = a.share();
      b.push(5);
      a.shift(10);
      assert.deepEqual(k.unstack(b).toArray(), [11, 12, 5]);
      const c = k.concatenate(a, b);
      assert.deepEqual([a.size(), a.isEmpty(), c.size()], [0, true, 5]);
      c.merge(b);
      assert.deepEqual([b.size(), c.size()], [0, 8]);
      // Twice the same, where nothing is written.
      assert.equal(k.weigh(c, new k.Generator(1n), c), 2 * 79 + 1);
    }));

    test("a kernel may be generic and take handles", scoped(() => {
      const stack = k.Stack.of([0.5]);
      const y = Float32Array.of(0, 0);
      k.addFirst(stack, Float32Array.of(1, 2), y);
      assert.deepEqual(y, Float32Array.of(1.5, 2.5));
      const z = k.zeros(2);
      k.addFirst(stack, [1, 2], z);
      assert.deepEqual(z.toArray(), [1.5, 2.5]);
      refused("KernelAliasError", () => k.addFirst(stack, y, y), ["`addFirst`", "argument `y`", "argument `x`"]);
      refused("KernelTypeError", () => k.addFirst([1], [1, 2], z), ["`addFirst`: argument `stack` must be a Stack, got an Array"]);
    }));

    test("a handle that is written to is no other argument of the same call", scoped(() => {
      const stack = k.Stack.of([1]);
      const error = refused("KernelAliasError", () => stack.merge(stack), ["`Stack.merge`: `this` is written to", "argument `other`"]);
      assert.deepEqual([error.kernel, error.argument], ["Stack.merge", "this"]);
      refused("KernelAliasError", () => k.concatenate(stack, stack), ["`concatenate`", "argument `first`", "argument `second`"]);
      const g = k.Generator.standard();
      refused("KernelAliasError", () => g.follow(g), ["`Generator.follow`", "`this`", "argument `other`"]);
      // The next call works.
      assert.deepEqual([stack.size(), k.unstack(stack).toArray()], [1, [1]]);
    }));

    test("handles may be optional", scoped(() => {
      const a = k.Stack.of([1, 2]);
      const b = k.Stack.of([3]);
      assert.equal(k.append(), 0);
      assert.equal(k.append(a, null), 2);
      assert.equal(k.append(undefined, b), 1);
      assert.equal(k.append(a, b), 3);
      refused("KernelAliasError", () => k.append(a, a), ["`append`", "argument `stack`", "argument `onto`"]);
      refused("KernelTypeError", () => k.append(new k.Generator(1n)), ["`append`: argument `stack`"]);
      assert.deepEqual(k.unstack(b).toArray(), [3, 1, 2]);
    }));

    test("structs without a size are as different as others", scoped(() => {
      const [one, two] = k.markers();
      assert.equal(k.marked(one, two), true);
      refused("KernelAliasError", () => k.marked(one, one), ["`marked`", "`a`", "`b`"]);
      refused("KernelTypeError", () => new k.Marker(), ["`Marker` has no constructor"]);
    }));

    test("anything but a handle of the class is refused", scoped(() => {
      const stack = new k.Stack();
      const unlike = [
        [k.Generator.standard(), "got a Generator"],
        [{}, "got an Object"],
        [Object.create(k.Stack.prototype), "must be a Stack itself"],
        [{ [Symbol.toStringTag]: "Stack" }, "must be a Stack itself"],
        [undefined, "got undefined"],
        [null, "got null"],
        [8, "got 8"],
        [k.zeros(1), "got an NdArray"],
        [k.Stack, "got a Function"],
      ];
      for (const [value, text] of unlike) {
        const error = refused("KernelTypeError", () => k.concatenate(stack, value), ["`concatenate`: argument `second`", text]);
        assert.equal(error.argument, "second");
        const { size } = stack;
        refused("KernelTypeError", () => size.call(value), ["`Stack.size`: `this`", text]);
      }
      assert.throws(() => k.Stack.of([1]).free.call({}), TypeError);
      refused("KernelTypeError", () => stack.push("1"), ["`Stack.push`: argument `value`", "number"]);
      refused("KernelTypeError", () => new k.Generator(42), ["`new Generator`: argument `seed`", "write `42n`"]);
      assert.throws(() => k.Generator(42n), TypeError);
    }));

    test("a class that is derived from has handles of its own prototype", scoped(() => {
      class Loud extends k.Stack {
        shout() {
          return `${this.size()}!`;
        }
      }
      const loud = new Loud();
      loud.push(1);
      assert.ok(loud instanceof Loud && loud instanceof k.Stack);
      assert.equal(loud.shout(), "1!");
      assert.equal(k.unstack(loud).at(0), 1);
      // `new.target` chooses the prototype, never the class that Rust sees.
      const odd = Reflect.construct(k.Stack, [], k.Generator);
      refused("KernelTypeError", () => odd.uniform(1), ["`Generator.uniform`: `this` must be a Generator, got a Stack"]);
      assert.equal(k.Stack.prototype.size.call(odd), 0);
    }));

    test("a freed handle is refused, and freed once", () => {
      const g = new k.Generator(1n);
      assert.equal(k.memory.handles, alive.handles + 1);
      g.free();
      g.free();
      g[Symbol.dispose ?? Symbol.for("Symbol.dispose")]();
      assert.equal(k.memory.handles, alive.handles);
      refused("KernelMemoryError", () => g.uniform(1), ["`Generator.uniform`: `this` was freed"]);
      const stack = new k.Stack();
      refused("KernelMemoryError", () => k.weigh(stack, g, stack), ["`weigh`: argument `generator` was freed"]);
      stack.free();
    });

    test("a scope frees handles, but for what it returns", () => {
      let inside;
      const kept = k.scope(() => {
        inside = new k.Stack();
        return { stack: k.Stack.of(k.array([1, 2])), list: [k.Generator.standard()] };
      });
      refused("KernelMemoryError", () => inside.size(), ["freed"]);
      assert.equal(kept.stack.size(), 2);
      kept.stack.free();
      kept.list[0].free();
    });

    test("a handle that is freed while its call is prepared lives until the end of the call", () => {
      const before = k.Guard.dropped();
      const guard = new k.Guard(true);
      const values = {
        shape: [1],
        get data() {
          guard.free();
          assert.equal(k.Guard.dropped(), before);
          return Float64Array.of(1);
        },
      };
      assert.equal(guard.check(values), true);
      assert.equal(k.Guard.dropped(), before + 1);
      refused("KernelMemoryError", () => guard.check([1]), ["freed"]);
    });

    test("a panic leaves the handle as it was at that moment, and the next call works", scoped(() => {
      const g = new k.Generator(9n);
      const error = refused("KernelPanic", () => g.stumble(), ["`Generator.stumble` panicked at", "at state"]);
      assert.equal(error.kernel, "Generator.stumble");
      const expected = xorshift(9n);
      expected.next();
      assert.deepEqual(g.uniform(2).toArray(), take(2, expected));
    }));

    test("a destructor that panics is reported by `free`, once", () => {
      const before = k.Guard.dropped();
      const guard = new k.Guard(false);
      refused("KernelPanic", () => guard.free(), ["`Guard.free` panicked at", "the guard is broken"]);
      guard.free();
      assert.equal(k.Guard.dropped(), before + 1);
      // In a scope, the others are freed all the same.
      refused("KernelPanic", () => k.scope(() => void [new k.Guard(true), new k.Guard(false), new k.Guard(true)]), ["`Guard.free`"]);
      assert.equal(k.Guard.dropped(), before + 4);
    });

    test("threads of the pool look at a struct, and a context changes nothing", scoped(() => {
      assert.equal(new k.Guard(true).checkInParallel(1000), 1000);
    }));

    test("nothing leaks", () => {
      const round = () => k.scope(() => {
        const stack = k.Stack.of(new Float64Array(10_000));
        k.halves(stack);
        assert.throws(() => stack.merge(stack));
        assert.throws(() => new k.Generator(0n));
        assert.throws(() => k.Generator.standard().stumble());
      });
      for (let i = 0; i < 20; i++) round();
      const before = memoryOf(k);
      for (let i = 0; i < 300; i++) round();
      assert.equal(memoryOf(k), before);
    });

    test("handles that are forgotten are collected", async () => {
      setFlagsFromString("--expose-gc");
      const gc = runInNewContext("gc");
      const own = await load({ threads });
      for (let i = 0; i < 100; i++) {
        new own.Guard(true);
      }
      for (let i = 0; i < 50 && own.memory.handles > 0; i++) {
        gc();
        await setImmediate();
      }
      assert.equal(own.memory.handles, 0);
      assert.equal(own.Guard.dropped(), 100);
      own.dispose();
    });
  });
}

/** The size of an instance's memory. */
function memoryOf(k) {
  const x = k.zeros(1);
  const { byteLength } = x.data.buffer;
  x.free();
  return byteLength;
}

test("a handle of another `load()` is refused, and so are its classes", async () => {
  const [one, two] = await Promise.all([load({ threads: false }), load({ threads: false })]);
  assert.notEqual(one.Stack, two.Stack);
  const stack = one.Stack.of([1]);
  assertRefused(kernels, "KernelTypeError", () => two.unstack(stack), ["`unstack`: argument `stack`", "another `load()`"]);
  assertRefused(kernels, "KernelTypeError", () => two.Stack.prototype.size.call(stack), ["`this`", "another `load()`"]);
  assert.equal(stack instanceof two.Stack, false);
  assert.deepEqual(one.unstack(stack).toArray(), [1]);
  one.dispose();
  two.dispose();
});

test("after `dispose` handles are refused, and can be freed", async () => {
  for (const threads of [false, 2]) {
    const k = await load({ threads });
    const [g, stack] = [new k.Generator(1n), new k.Stack()];
    k.dispose();
    assertRefused(kernels, "KernelMemoryError", () => g.uniform(1), ["disposed"]);
    assertRefused(kernels, "KernelMemoryError", () => new k.Stack(), ["disposed"]);
    g.free();
    stack.free();
    assert.equal(k.memory.handles, 0);
  }
});
