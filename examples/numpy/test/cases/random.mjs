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

export const cases = {
  random: first("random", sizes, false),
  uniform: first("uniform", (below) => [...(chance(below, 20) ? [[3, 1], [-1e308, 1.5e308]][below(2)] : [-below(9), below(1000) / 7]), ...sizes(below)]),
  normal: first("normal", (below) => [below(9) - 4, below(50) / 8 - (chance(below, 10) ? 7 : 0), ...sizes(below)]),
  integers: first("integers", (below) => [chance(below, 10) ? "3" : `-${pick(below, BOUNDS)}`, pick(below, BOUNDS), ...sizes(below)]),
  permutation: first("permutation", (below) => [below(300)], false),
};
