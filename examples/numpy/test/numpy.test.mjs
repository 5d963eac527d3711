// Every function beside NumPy: random arguments, the same results, the same refusals. The cases are in `cases`, a file per module.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build, difference, plain, shown } from "../../../tests/js/differential/compare.mjs";
import { startNumpy } from "../../../tests/js/differential/numpy.mjs";
import { Disassembly, hasVectorLoop } from "../../../tests/js/support/disassembly.mjs";
import { importInstalled, importRuntime, installed } from "../../../tests/js/support/installed.mjs";
import { measure } from "../../../tests/js/size.mjs";
import { SOAK } from "../../../tests/js/support/paths.mjs";
import { random } from "../../../tests/js/support/random.mjs";
import { cases as transcendental } from "./cases/transcendental.mjs";
import { foldsOf } from "./folds.mjs";
import { checks } from "./general.mjs";

/**
 * What is asked of a function.
 *
 * @typedef {object} Entry
 * @property {(below: import("../../../tests/js/differential/arrays.mjs").Below) => Call} [make] one call of it
 * @property {string} [numpy] NumPy's function, by default of the kernel's name as NumPy writes it
 * @property {Same} [same] how near the results are, by default the same to the bit
 * @property {(k: any, results: any[]) => any[]} [seen] what is compared of the results here, by default themselves
 * @property {boolean} [refuses] whether some calls must be refused, by both
 * @property {(k: any, context: { kernels: any, numpy: any, threads: number | false }) => void | Promise<void>} [check] what
 * is tested where there is nothing to compare
 *
 * The arguments, in NumPy's order: `Spec`s, which become arrays or single values, lists of them, and plain values.
 *
 * @typedef {object} Call
 * @property {any[]} args
 * @property {{ args?: any[], kwargs?: object, dtype?: string | (string | null)[] }} [ask] what NumPy gets in their place; what its results are cast to
 * @property {Same} [same]
 *
 * @typedef {import("../../../tests/js/differential/compare.mjs").Same} Same
 */

const HERE = fileURLToPath(new URL(".", import.meta.url));
const PACKAGE = process.env.NUMPY_PKG ?? join(HERE, "../pkg");
const SEED = Number(process.env.SEED ?? 20260701);
/** One function alone. */
const ONE = process.env.FUNCTION;
const REFUSALS = ["KernelShapeError", "KernelTypeError", "KernelFailure"];
const SHOWN = 4;

const files = readdirSync(join(HERE, "cases")).sort();
/** @type {[string, Entry][]} */
const entries = (await Promise.all(files.map((file) => import(`./cases/${file}`)))).flatMap(({ cases }) => Object.entries(cases));
const kernels = await importInstalled(PACKAGE);
const numpy = await startNumpy();
const folds = await withK((k) => entries.filter(([name]) => k[name].reduce).flatMap(([name, entry]) => foldsOf(name, entry)));

/** What is made of the package, which is loaded for it alone. */
async function withK(make) {
  const k = await kernels.load({ threads: false });
  const made = make(k);
  k.dispose();
  return made;
}

/** @param {string} name */
const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The function of a name such as `add` or `add.reduce`. */
const member = (k, name) => name.split(".").reduce((owner, key) => owner[key], k);

/** The arguments as they are here. */
const made = (k, value) => (value?.bytes !== undefined ? build(k, value).view : Array.isArray(value) ? value.map((item) => made(k, item)) : value);

function runHere(k, name, args, seen = (_, results) => results) {
  return k.scope(() => {
    try {
      const result = member(k, name)(...args.map((arg) => made(k, arg)));
      return { results: seen(k, Array.isArray(result) ? result : [result]).map(plain) };
    } catch (error) {
      if (error instanceof kernels.KernelError && REFUSALS.includes(error.name)) {
        return { refused: `${error.name}: ${error.message}` };
      }
      return { wrong: error };
    }
  });
}

/** The calls of one function, more until some are refused, if `refuses` says that it refuses some. */
async function compare(k, name, entry, count) {
  const below = random([...name].reduce((hash, letter) => Math.imul(hash, 31) + letter.charCodeAt(0), SEED));
  let refused = 0;
  for (let round = 0; round < (entry.refuses ? 40 : 1) && !refused; round++) {
    refused = await compareCalls(k, name, entry, Array.from({ length: count }, () => entry.make(below)));
  }
  assert.ok(refused || !entry.refuses, "no call is refused");
}

/** What came of some calls here and there. @returns how many were refused */
async function compareCalls(k, name, { numpy: theirName = snake(name), same, seen }, calls) {
  const answers = numpy.ask(
    calls.map(({ args, ask }) => ({ op: "call", name: theirName, args: ask?.args ?? args, kwargs: ask?.kwargs ?? {}, dtype: ask?.dtype })),
  );
  const ours = calls.map(({ args }) => runHere(k, name, args, seen));
  const wrong = [];
  let refused = 0;
  for (const [i, theirs] of (await answers).entries()) {
    const call = calls[i];
    refused += theirs.refused ? 1 : 0;
    const what = ours[i].wrong?.stack ?? difference({ same: call.same ?? same, request: { written: [], args: [] } }, ours[i], theirs);
    if (what) {
      wrong.push(`${what}\n  ${name}(${call.args.map(text).join(", ")})\n  here:  ${answer(ours[i])}\n  numpy: ${answer(theirs)}`);
    }
  }
  const count = calls.length;
  assert.equal(wrong.length, 0, `${wrong.length} of ${count} calls differ, SEED=${SEED} FUNCTION=${name}\n${wrong.slice(0, SHOWN).join("\n")}`);
  assert.ok(refused < count * 0.7, `only ${count - refused} of ${count} calls are no refusals`);
  return refused;
}

function text(value) {
  if (value?.bytes === undefined) {
    return Array.isArray(value) ? `[${value.map(text).join(", ")}]` : typeof value === "object" ? JSON.stringify(value) : String(value);
  }
  return `${shown(value)} ${value.steps.map(([method, ...args]) => `.${method}(${args.join(", ")})`).join("")}`;
}

const answer = ({ refused, results, wrong }) => refused ?? wrong?.message ?? results.map(shown).join(", ");

describe("beside NumPy", () => {
  after(() => numpy.stop());

  test("every function has its cases, and its place in the README", async () => {
    const { createMembers } = await importRuntime("members", PACKAGE);
    const members = [...Object.keys(createMembers({})), "threads", "dispose"];
    const functions = await withK((k) => Object.keys(k).filter((name) => !members.includes(name)));
    assert.deepEqual(entries.map(([name]) => name).sort(), functions.sort());
    const readme = readFileSync(join(HERE, "../README.md"), "utf8");
    const tables = readme.slice(readme.indexOf("## Functions"));
    const named = tables.match(/`[^`]+`/g).flatMap((code) => code.match(/\w+/g));
    const missing = functions.filter((name) => !named.includes(name));
    assert.deepEqual(missing, [], "not in the README's tables");
  });

  test("without threads a page loads less than 450 kB, gzip", async (context) => {
    const { parts } = await measure(PACKAGE);
    const loaded = parts.filter(({ file }) => !/thread|worker/.test(file));
    const bytes = loaded.reduce((sum, { gzip }) => sum + gzip, 0);
    context.diagnostic(`${(bytes / 1000).toFixed(1)} kB: ${loaded.map(({ file, gzip }) => `${file} ${gzip}`).join(", ")}`);
    assert.ok(bytes < 450_000, `${bytes} bytes`);
  });

  for (const [threads, count] of [[false, 100], [2, 25]]) {
    describe(`${threads ? "threaded" : "sequential"}, NumPy ${numpy.version}, SEED=${SEED}`, () => {
      let k;
      const one = (name, run) => {
        test(name, async () => {
          k ??= await kernels.load({ threads });
          const alive = k.memory;
          await run();
          assert.deepEqual(k.memory, alive);
        });
      };
      for (const [name, entry] of [...entries, ...folds].filter(([name]) => !ONE || name.split(".")[0] === ONE)) {
        one(name, async () => {
          await entry.check?.(k, { kernels, numpy, threads });
          if (entry.make) {
            await compare(k, name, entry, count * (SOAK ? 20 : 1));
          }
        });
      }
      for (const [name, check] of ONE ? [] : Object.entries(checks)) {
        one(name, () => k.scope(() => check(k, kernels)));
      }
      after(() => k?.dispose());
    });
  }
});

describe("elementary functions have vector arithmetic in the loops that their tables name", () => {
  const wasm = new Disassembly(join(installed(PACKAGE).folder, "sequential.wasm"));
  // Some functions of float32 are computed in float64.
  for (const [type, lanes] of [["f32", "f32x4|f64x2"], ["f64", "f64x2"]]) {
    for (const name of [...Object.keys(transcendental), "power"]) {
      test(`${name} of ${type}`, () => {
        const functions = wasm.tabled(wasm.kernel(`${snake(name)}<${type}>`));
        assert.ok(functions.length > 0, "no loop table");
        const bodies = functions.flatMap((name) => wasm.reached(name));
        assert.ok(bodies.some((body) => hasVectorLoop(body, lanes)), "no vectorised loop");
      });
    }
  }
});
