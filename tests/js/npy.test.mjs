// `.npy` and `.npz`: files that NumPy wrote, files that it would write, and damaged ones.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { bytesOf } from "./support/dtypes.mjs";
import { importInstalled } from "./support/installed.mjs";
import { decode, readBytes, readCases } from "./support/numpy.mjs";
import { SOAK, TESTS } from "./support/paths.mjs";
import { random } from "./support/random.mjs";
import { assertRefused } from "./support/refused.mjs";

// Before the package takes the constructors that it keeps.
const allocated = watchAllocations();
const kernels = await importInstalled();
const { load } = kernels;

const hasHalf = typeof Float16Array !== "undefined";
const files = readCases("files.json").filter(({ file }) => hasHalf || !file.startsWith("float16"));

for (const threads of [false, 2]) {
  describe(threads ? "threaded" : "sequential", () => {
    let k;
    let alive;
    before(async () => {
      k = await load({ threads });
    });
    after(() => k.dispose());
    beforeEach(() => {
      alive = k.memory;
    });
    afterEach(() => assert.deepEqual(k.memory, alive));

    function assertHolds(array, { dtype, shape, bytes }, title) {
      assert.deepEqual([array.dtype, [...array.shape]], [dtype, shape], title);
      assert.deepEqual(bytesOf(array.data), decode(bytes), title);
    }

    for (const { file, arrays } of files) {
      test(`${file} is read`, async () => {
        const found = file.endsWith(".npz") ? await k.fromNpz(readBytes(`files/${file}`)) : { "": k.fromNpy(readBytes(`files/${file}`)) };
        assert.deepEqual(Object.keys(found), Object.keys(arrays));
        for (const [name, array] of Object.entries(found)) {
          assertHolds(array, arrays[name], name);
          array.free();
        }
      });
    }

    test("what is written is what NumPy writes, byte for byte", async () => {
      for (const { file, arrays } of files) {
        if (/\.npz$|big|fortran|version/.test(file)) {
          continue;
        }
        k.scope(() => {
          const bytes = readBytes(`files/${file}`);
          const array = k.fromNpy(bytes);
          assert.deepEqual(array.toNpy(), bytes, file);
          assertHolds(k.fromNpy(array.T.toNpy()).T.copy(), arrays[""], file);
        });
      }
    });

    test("elements in the order of Fortran are written so, as NumPy does", () => {
      for (const file of ["fortran.npy", "fortran-complex.npy"]) {
        k.scope(() => {
          const bytes = readBytes(`files/${file}`);
          assert.deepEqual(k.fromNpy(bytes).T.copy().T.toNpy(), bytes, file);
        });
      }
    });

    test("archives come back, with any names", async () => {
      const made = { a: k.array([[0, 1, 2], [3, 4, 5]]), "größe/b": k.full([], true), __proto__x: k.zeros([0, 3], { dtype: "int8" }), "": k.ones(2) };
      const base = made.a.T;
      const bytes = k.toNpz({ ...made, view: base });
      const back = await k.fromNpz(bytes.buffer);
      assert.deepEqual(Object.keys(back), [...Object.keys(made), "view"]);
      assert.deepEqual(back.view.toArray(), [[0, 3], [1, 4], [2, 5]]);
      assert.deepEqual(back["größe/b"].toArray(), true);
      assert.deepEqual(await k.fromNpz(k.toNpz({})), {});
      [...Object.values(made), ...Object.values(back), base].forEach((array) => array.free());
    });

    test("a dtype may be asked for", () => {
      const bytes = readBytes("files/float32.npy");
      k.fromNpy(bytes, { dtype: "float32" }).free();
      assertRefused(kernels, "KernelTypeError", () => k.fromNpy(bytes, { dtype: "float64" }), ["`fromNpy`", "float32", "float64", "`astype`"]);
    });

    test("other dtypes are refused by their names", () => {
      for (const file of readdirSync(join(TESTS, "numpy/files")).filter((file) => file.startsWith("refused"))) {
        const error = assertRefused(kernels, "KernelTypeError", () => k.fromNpy(readBytes(`files/${file}`)), ["`fromNpy`", "dtype", "not supported"]);
        assert.equal(error.kernel, "fromNpy");
      }
      if (!hasHalf) {
        assertRefused(kernels, "KernelTypeError", () => k.fromNpy(readBytes("files/float16.npy")), ["float16", "`Float16Array`"]);
      }
    });

    test("what is no file is refused", async () => {
      for (const bytes of [null, "text", [1, 2], new Uint8Array(), new Uint8Array(200)]) {
        assertRefused(kernels, "KernelTypeError", () => k.fromNpy(bytes), ["`fromNpy`"]);
        await assert.rejects(k.fromNpz(bytes), kernels.KernelTypeError);
      }
      for (const [text, message] of [
        ["{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'more': 1}", /more/],
        ["{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'shape': (2,)}", /shape/],
        ["{'descr': '<f8', 'fortran_order': False}", /header/],
        ["{'descr': '<f8', 'fortran_order': False, 'shape': (2)}", /header/],
        ["{'descr': '<f8', 'fortran_order': 0, 'shape': (2,)}", /header/],
        ["{'descr': '<f8', 'fortran_order': False, 'shape': (-2,)}", /header/],
        ["{'descr': '<f8', 'fortran_order': False, 'shape': (2,)} + 1", /header/],
        ["{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}", /16 bytes.*needs 24/],
        ["{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", /16 bytes.*needs 8/],
        ["{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296,)}", /4294967296/],
        ["{'descr': '<f8', 'fortran_order': False, 'shape': (4294967295, 0, 4294967295)}", /memory/],
        ["{'descr': '<f8', 'fortran_order': False, 'shape': (4294967295, 4294967295)}", /memory/],
      ]) {
        const header = `${text}\n`;
        const bytes = Uint8Array.from(`\x93NUMPY\x01\x00${String.fromCharCode(header.length, 0)}${header}${"\0".repeat(16)}`, (c) => c.charCodeAt(0));
        assert.throws(() => k.fromNpy(bytes), { message }, text);
      }
      assertRefused(kernels, "KernelTypeError", () => k.toNpz({ a: [1] }), ["`toNpz`", '"a"']);
      const one = k.ones(1);
      for (const arrays of [null, new Map([["x", one]]), new Float64Array(0), one, [one]]) {
        assertRefused(kernels, "KernelTypeError", () => k.toNpz(arrays), ["`toNpz`", "`arrays`"]);
      }
      for (const arrays of [{ ["a".repeat(65_532)]: one }, { ["é".repeat(32_766)]: one }]) {
        assertRefused(kernels, "KernelTypeError", () => k.toNpz(arrays), ["`toNpz`", "`arrays`", "65535", "characters"]);
      }
      const long = "a".repeat(65_531);
      const read = await k.fromNpz(k.toNpz({ [long]: one }));
      assert.deepEqual(Object.keys(read), [long]);
      read[long].free();
      const { buffer } = one.toNpy();
      one.free();
      structuredClone(buffer, { transfer: [buffer] });
      assertRefused(kernels, "KernelTypeError", () => k.fromNpy(buffer), ["`fromNpy`", "`bytes`", "detached"]);
    });

    test("archives that lie about their sizes are refused before anything is inflated", async () => {
      const bytes = readBytes("files/deflated.npz");
      const view = (copy) => new DataView(copy.buffer);
      const entry = bytes.findIndex((_, i) => view(bytes).getUint32(i, true) === 0x02014b50);
      const cases = [
        [24, 0x7fff_ffff], [24, 0], [20, 0x7fff_ffff], [42, 0x7fff_ffff], [10, 12], [8, 1], [16, 0],
      ];
      for (const [at, value] of cases) {
        const copy = bytes.slice();
        if (at === 10 || at === 8) {
          view(copy).setUint16(entry + at, value, true);
        } else {
          view(copy).setUint32(entry + at, value, true);
        }
        await assert.rejects(k.fromNpz(copy), kernels.KernelTypeError, `offset ${at}`);
      }
    });
  });
}

/** Of wasm's memory, in bytes. */
const PAGE = 1 << 16;

const INTERESTING = [0, 1, 0x7f, 0x80, 0xff, ...Buffer.from(" \"'(),09<>L:{P")];

// Damage of every kind. What is read all the same must be an array that the bytes justify.
test("100,000 damaged files are errors or arrays, and never more memory than they justify", async () => {
  const seed = Number(process.env.SEED ?? 20_261_121);
  const count = SOAK ? 1_000_000 : 100_000;
  const k = await load({ threads: false });
  const below = random(seed);
  const sources = [];
  for (const { file } of files) {
    sources.push({ bytes: readBytes(`files/${file}`), zip: file.endsWith(".npz") });
  }
  const plain = sources.filter(({ zip }) => !zip);
  const zips = sources.filter(({ zip }) => zip);
  // Its buffer is the memory, which never shrinks.
  const probe = k.zeros([1]);
  const reserved = () => probe.data.buffer.byteLength;
  // Most of the time would go into stacks that nobody reads.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const seen = { read: 0, refused: 0 };
  try {
    for (let i = 0; i < count; i++) {
      const from = i % 10 === 0 ? zips : plain;
      const { bytes, zip } = from[below(from.length)];
      const damaged = mutate(bytes, below);
      const [before, room] = [k.memory, reserved()];
      // Deflate makes 1032 bytes of one at most.
      const justified = damaged.length * (zip ? 1032 : 1);
      allocated.most = 0;
      try {
        const arrays = zip ? Object.values(await k.fromNpz(damaged)) : [k.fromNpy(damaged)];
        seen.read++;
        const size = arrays.reduce((sum, array) => sum + array.toTypedArray().byteLength, 0);
        assert.ok(size <= justified, `${size} bytes out of ${damaged.length}`);
        arrays.forEach((array) => array.free());
      } catch (error) {
        assert.ok(error instanceof kernels.KernelError, `${error?.stack}`);
        seen.refused++;
      }
      assert.deepEqual(k.memory, before);
      assert.ok(allocated.most <= justified + 4096, `${allocated.most} bytes for ${damaged.length}`);
      assert.ok(reserved() - room <= justified + 2 * PAGE, `the memory grew by ${reserved() - room} bytes for ${damaged.length}`);
    }
    // Both ends were met.
    assert.ok(seen.read > count / 100 && seen.refused > count / 10, JSON.stringify(seen));
  } catch (error) {
    error.message += ` (SEED=${seed})`;
    throw error;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    k.dispose();
  }
});

/** The largest buffer that is made, in bytes: of a typed array, whoever makes it in JavaScript, or by itself. */
function watchAllocations() {
  const watch = { most: 0 };
  for (const name of Object.getOwnPropertyNames(globalThis).filter((name) => /^\w+\d\w*Array$|^ArrayBuffer$/.test(name))) {
    const real = globalThis[name];
    const watched = new Proxy(real, {
      construct(target, args, newTarget) {
        const made = Reflect.construct(target, args, newTarget === watched ? target : newTarget);
        // A view of a buffer allocates nothing.
        if (!/ArrayBuffer/.test(Object.prototype.toString.call(args[0]))) {
          watch.most = Math.max(watch.most, made.byteLength);
        }
        return made;
      },
    });
    globalThis[name] = watched;
    // What `slice()` and `new array.constructor()` make.
    real.prototype.constructor = watched;
  }
  return watch;
}

/** A copy with some bytes changed, cut out, doubled or cut off. */
function mutate(bytes, below) {
  let copy = Buffer.from(bytes);
  for (let count = 1 + below(4); count-- && copy.length; ) {
    // Most of what can go wrong is said at the beginning and at the end.
    const at = [below(copy.length), below(Math.min(copy.length, 96)), copy.length - 1 - below(Math.min(copy.length, 128))][below(3)];
    switch (below(7)) {
      case 0:
      case 1:
        copy[at] = INTERESTING[below(INTERESTING.length)];
        break;
      case 2:
        copy[at] = below(256);
        break;
      case 3:
        copy[at] ^= 1 << below(8);
        break;
      case 4:
        copy = Buffer.concat([copy.subarray(0, at), copy.subarray(at + 1 + below(8))]);
        break;
      case 5:
        copy = Buffer.concat([copy.subarray(0, at + 1 + below(16)), copy.subarray(at)]);
        break;
      case 6:
        copy = copy.subarray(0, at);
        break;
    }
  }
  return copy;
}
