import assert from "node:assert/strict";
import { difference, plain } from "../../../../tests/js/differential/compare.mjs";
import { random } from "../../../../tests/js/support/random.mjs";
import { chance, pick } from "../make.mjs";

const SEEDS = ["0", "1", "42", "4294967296", "18446744073709551615"];
/** Integers that are drawn in 32 and in 64 bits, and those at the edges. */
const BOUNDS = ["1", "2", "10", "2147483648", "4294967295", "4294967296", "9223372036854775807"];

const sizes = (below) => pick(below, [[], [below(50)], [[below(4), below(5)]], [[]], [[2, 0, 3]]]);

/** `(seed, ...)`: what `default_rng(seed)` gives first, to the bit. Integers of 64 bits are strings of them. */
const first = (method, make, refuses = true) => ({
  make(below) {
    const [seed, rest] = [pick(below, SEEDS), make(below)];
    const args = [seed, ...rest].map((arg) => (typeof arg === "string" ? BigInt(arg) : arg));
    return { args, ask: { args: [seed, [[method, ...rest]]] } };
  },
  numpy: "generator",
  refuses,
});

/** A method with its arguments; integers of 64 bits are strings of them. */
const METHODS = {
  random: (below) => sizes(below),
  uniform: (below) => [-below(10), 1 + below(1000) / 7, ...sizes(below)],
  normal: (below) => [below(9) - 4, below(50) / 8, ...sizes(below)],
  integers: (below) => [`-${pick(below, BOUNDS)}`, pick(below, BOUNDS), ...sizes(below)],
  permutation: (below) => [below(30)],
};

const REFUSED = [
  ["uniform", 3, 1],
  ["uniform", -1e308, 1e308],
  ["normal", 0, -1],
  ["integers", "3", "3"],
  ["integers", "0"],
];

const here = (args) => args.map((arg) => (typeof arg === "string" ? BigInt(arg) : arg));

export const cases = {
  Generator: {
    /** The numbers of NumPy's `default_rng`, to the bit, whatever was drawn before. */
    async check(k, { kernels, numpy }) {
      const below = random(20261121);
      const seeds = ["0", "42", "4294967296", "18446744073709551615"];
      const plans = seeds.map((seed) => {
        const calls = Array.from({ length: 60 }, () => {
          const method = pick(below, Object.keys(METHODS));
          return [method, ...METHODS[method](below)];
        });
        return { seed, calls };
      });
      const ask = (seed, calls) => ({ op: "call", name: "generator", args: [seed, calls], kwargs: {} });
      const answers = await numpy.ask(plans.map(({ seed, calls }) => ask(seed, calls)));
      for (const [i, { seed, calls }] of plans.entries()) {
        k.scope(() => {
          const generator = new k.Generator(BigInt(seed));
          for (const [j, [method, ...args]] of calls.entries()) {
            const ours = plain(generator[method](...here(args)));
            const differs = difference({ request: { written: [] } }, { results: [ours] }, { results: [answers[i].results[j]] });
            assert.equal(differs, null, `seed ${seed}, call ${j}: ${method}(${args})`);
          }
        });
      }
      const refusals = await numpy.ask(REFUSED.map((call) => ask("1", [call])));
      for (const [i, [method, ...args]] of REFUSED.entries()) {
        assert.ok(refusals[i].refused, method);
        k.scope(() => assert.throws(() => new k.Generator(1n)[method](...here(args)), kernels.KernelFailure));
      }
    },
  },
  random: first("random", sizes, false),
  uniform: first("uniform", (below) => [...(chance(below, 20) ? [[3, 1], [-1e308, 1.5e308]][below(2)] : [-below(9), below(1000) / 7]), ...sizes(below)]),
  normal: first("normal", (below) => [below(9) - 4, below(50) / 8 - (chance(below, 10) ? 7 : 0), ...sizes(below)]),
  integers: first("integers", (below) => [...(chance(below, 20) ? ["3", "3"] : [`-${pick(below, BOUNDS)}`, pick(below, BOUNDS)]), ...sizes(below)]),
  permutation: first("permutation", (below) => [below(300)], false),
};
