// The package beside NumPy itself, in random cases of every kind: the same results, and the same refusals.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { randomCase } from "./differential/cases.mjs";
import { describeCase, difference, runHere } from "./differential/compare.mjs";
import { startNumpy } from "./differential/numpy.mjs";
import { UFUNC_INSTANCES } from "./differential/ufuncs.mjs";
import { bytesOf } from "./support/dtypes.mjs";
import { importInstalled } from "./support/installed.mjs";
import { SOAK } from "./support/paths.mjs";
import { random } from "./support/random.mjs";

const kernels = await importInstalled();
const numpy = await startNumpy();
const SEED = Number(process.env.SEED ?? 20260701);
/** One case of a seed alone. */
const ONE = process.env.CASE === undefined ? null : Number(process.env.CASE);
const BATCH = 200;
const SHOWN = 5;

/** Each kind's least share of all cases, of a thousand. */
const LEAST = {
  "ufunc of 1": 30,
  "ufunc of 2": 100,
  "ufunc of 3": 15,
  "ufunc of 4": 5,
  "ufunc with `out`": 50,
  "ufunc with a larger `out`": 10,
  reduce: 100,
  accumulate: 30,
  outer: 30,
  "outer with a larger `out`": 2,
  "complex ufunc of 2": 8,
  "complex ufunc with `out`": 3,
  "complex reduce": 4,
  "complex accumulate": 1,
  "complex outer": 1,
  kernel: 20,
  "kernel that writes": 20,
  "lifted kernel": 20,
  "lifted kernel that writes": 6,
  "optional kernel": 20,
  "list kernel": 20,
  "list kernel that writes": 4,
  view: 30,
  toString: 10,
  toNpy: 10,
  creation: 15,
};

/**
 * A case that its number makes.
 *
 * @param {number} number
 */
function caseOf(number) {
  // MurmurHash3's finalizer: xorshift would show how alike the numbers are.
  let state = SEED ^ Math.imul(number + 1, 0x9e3779b1);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  const below = random(state ^ (state >>> 16));
  below(2);
  return randomCase(below, number);
}

describe("beside NumPy", () => {
  after(() => numpy.stop());

  for (const [threads, first, count] of [[false, 0, 20_000], [2, 1_000_000, 4_000]]) {
    test(threads ? "threaded" : "sequential", async (context) => {
      const k = await kernels.load({ threads });
      const alive = k.memory;
      const counts = new Map();
      const [dtypes, ranks] = [new Set(), new Set()];
      const note = ({ op, name, args, inputs }) => {
        ranks.add(args[0]?.shape.length);
        if (op === "map") {
          dtypes.add(`${name} of ${args[inputs - 1].dtype}`);
        }
      };
      const wrong = [];
      let refused = 0;
      const end = ONE === null ? first + count * (SOAK ? 10 : 1) : ONE + 1;
      for (let number = ONE ?? first; number < end; ) {
        const numbers = Array.from({ length: Math.min(BATCH, end - number) }, (_, i) => number + i);
        number += numbers.length;
        const cases = numbers.map(caseOf);
        const asked = numpy.ask(cases.map(({ request }) => request));
        const ours = cases.map((one, i) => {
          try {
            return runHere(kernels, k, one);
          } catch (error) {
            return { wrong: error };
          }
        });
        const answers = await asked.catch((error) => {
          throw new Error(`SEED=${SEED}, one of CASE=${numbers[0]} to ${numbers.at(-1)}: ${error.message}`);
        });
        for (const [i, theirs] of answers.entries()) {
          const one = cases[i];
          note(one.request);
          counts.set(one.kind, (counts.get(one.kind) ?? 0) + 1);
          refused += theirs.refused ? 1 : 0;
          const what = ours[i].wrong ? `\n${ours[i].wrong.stack}` : difference(one, ours[i], theirs);
          if (what) {
            wrong.push(`SEED=${SEED} CASE=${numbers[i]}: ${what}\n${describeCase(one, ours[i], theirs)}`);
          }
        }
      }
      const kinds = [...counts].sort().map(([kind, n]) => `${n} ${kind}`);
      context.diagnostic(`NumPy ${numpy.version}, SEED=${SEED}, cases from ${first}; both refuse ${refused}; ${kinds.join(", ")}`);
      assert.deepEqual(k.memory, alive);
      k.dispose();
      assert.equal(wrong.length, 0, `${wrong.length} cases differ\n${wrong.slice(0, SHOWN).join("\n")}`);
      if (ONE === null) {
        for (const [kind, least] of Object.entries(LEAST)) {
          assert.ok((counts.get(kind) ?? 0) >= (count * least) / 1000, `only ${counts.get(kind)} of ${kind}`);
        }
        assert.ok(refused >= count / 50, `only ${refused} refusals`);
        const missing = [0, 1, 2, 3, 4, 5, 6].filter((rank) => !ranks.has(rank));
        assert.deepEqual([...missing, ...UFUNC_INSTANCES.filter((instance) => !dtypes.has(instance))], []);
      }
    });
  }

  test("archives are read by NumPy", async () => {
    const k = await kernels.load({ threads: false });
    const base = k.arange(24).reshape(2, 3, 4);
    const made = { a: base, "größe/b": k.full([], true), turned: base.T, part: base.slice("::-1, 1:, ::2"), none: k.zeros([0, 3], { dtype: "int8" }) };
    for (const dtype of ["int64", "uint16", "float32", "complex128"]) {
      made[dtype] = base.astype(dtype);
    }
    const bytes = k.toNpz(made);
    const file = { dtype: "uint8", shape: [bytes.length], bytes: Buffer.from(bytes).toString("base64"), steps: [] };
    const [{ results, refused }] = await numpy.ask([{ op: "call", name: "npz", args: [file], kwargs: {} }]);
    assert.equal(refused, undefined);
    const [names, ...arrays] = results;
    assert.deepEqual(Buffer.from(names.bytes, "base64").toString().split("\n"), Object.keys(made));
    const plain = (array) => ({ dtype: array.dtype, shape: [...array.shape], bytes: Buffer.from(bytesOf(array.toTypedArray())).toString("base64") });
    assert.deepEqual(arrays, Object.values(made).map(plain));
    k.dispose();
  });
});
