// Random calls of kernels: with views of fixed and of any rank, lifted, with parameters that may be left out.

import { ALL, FLOATS, NUMBERS, chance, pick, randomShape, randomSpec, shapesOf, single } from "./arrays.mjs";
import { camelCase, kernelOf } from "./names.mjs";

/** @typedef {import("./cases.mjs").Case} Case */

/** The shape of a single value. */
const VALUE = null;

/** Kernels with views of fixed and of any rank, that return and that write. */
const KERNELS = {
  flip: (below) => ({ args: [[pick(below, ALL), randomShape(below, 1)]] }),
  assign(below) {
    const dtype = pick(below, ALL);
    const y = randomShape(below);
    const x = y.slice(chance(below, 20) ? below(y.length + 1) : 0).map((n) => (chance(below, 15) ? 1 : n));
    if (x.length && chance(below, 10)) {
      x[below(x.length)] += 1;
    }
    return { args: [[dtype, x], [dtype, y]], written: [1] };
  },
  cumsum: (below) => ({ args: [[pick(below, NUMBERS), randomShape(below, 1)]], written: [0] }),
  scale: (below) => {
    const dtype = pick(below, NUMBERS);
    return { args: [[dtype, VALUE], [dtype, randomShape(below)]], written: [1] };
  },
  matmul(below) {
    const dtype = pick(below, NUMBERS);
    const [n, k, m] = randomShape(below, 3, 3);
    return { args: [[dtype, [n, k]], [dtype, [chance(below, 15) ? k + 1 : k, m]]], mild: true, same: "bound" };
  },
  // Of nothing there is no difference here; to NumPy there is none of it.
  diff: (below) => ({ args: [[pick(below, NUMBERS), [...randomShape(below, 0, 5), 1 + below(5)]]] }),
  cross(below) {
    const dtype = pick(below, NUMBERS);
    const rows = () => (chance(below, 10) ? 6 + below(3) : 5);
    const size = () => (chance(below, 4) ? 4 : 3);
    return { args: [[dtype, [rows(), size()]], [dtype, [rows(), size()]]] };
  },
  max_both: (below) => ({ args: [[pick(below, NUMBERS), randomShape(below, 2, 2)]], same: "zeros" }),
};

/** Shapes whose leading dimensions broadcast together, but for some, each with core dimensions of its own. */
const lifted = (below, ...cores) => shapesOf(below, cores.length, 3).map((shape, i) => [...shape, ...cores[i]]);

/** A size, or at times another one. */
const almost = (below, size) => (chance(below, 6) ? size + 1 : size);

/** Kernels that are lifted over leading dimensions. */
const LIFTED = {
  lifted_matmul(below) {
    const dtype = pick(below, FLOATS);
    const [n, k, m] = randomShape(below, 3, 3);
    const [a, b] = lifted(below, [n, k], [almost(below, k), m]);
    return { args: [[dtype, a], [dtype, b]], mild: true, same: "bound", asked: "matmul" };
  },
  lifted_transposed: (below) => ({ args: [["int32", randomShape(below, 2)]] }),
  lifted_dot(below) {
    const dtype = pick(below, ["int32", ...FLOATS]);
    const n = below(6);
    const [x, y] = lifted(below, [n], [almost(below, n)]);
    return { args: [[dtype, x], [dtype, y], [dtype, VALUE]], mild: dtype !== "int32", same: "bound" };
  },
  lifted_cross(below) {
    const [a, b] = lifted(below, [almost(below, 3)], [3]);
    return { args: [["float64", a], ["float64", b]], asked: "cross" };
  },
  lifted_counts: (below) => ({ args: [["bool", randomShape(below, 1)]] }),
  lifted_subtract(below) {
    const n = below(6);
    const [x, by] = lifted(below, [n], [almost(below, n)]);
    return { args: [["float64", x], ["float64", by]], written: [0], mild: true, same: "bound" };
  },
  lifted_fill(below) {
    const [out, x] = lifted(below, [below(6)], []);
    return { args: [["float32", out], ["float32", x]], written: [0] };
  },
};

/** Arguments, some of which are left out, but for the first. */
function someOf(below, args) {
  const missing = args.flatMap((_, place) => (place && chance(below, 40) ? [place] : []));
  return { args: args.filter((_, place) => !missing.includes(place)), missing };
}

/** Kernels with parameters that may be left out. */
const OPTIONAL = {
  optional_clip(below) {
    const dtype = pick(below, NUMBERS);
    return someOf(below, [[dtype, randomShape(below, 1, 1)], [dtype, VALUE], [dtype, VALUE]]);
  },
  optional_sum(below) {
    const n = below(40);
    const args = [["float64", [n]], ["bool", [almost(below, n)]], ["float64", VALUE]];
    return { ...someOf(below, args), mild: true, same: "bound" };
  },
};

/** Half of the cases are of the first, which are most kinds. */
const FAMILIES = [
  ["kernel", KERNELS],
  ["kernel", KERNELS],
  ["lifted kernel", LIFTED],
  ["optional kernel", OPTIONAL],
];

/** @returns {Case} */
export function kernelCase(below) {
  const [family, kernels] = pick(below, FAMILIES);
  const name = pick(below, Object.keys(kernels));
  const { args: wanted, written = [], missing = [], mild, same, asked } = kernels[name](below);
  const args = wanted.map(([dtype, shape], i) =>
    shape === VALUE
      ? single(below, dtype, mild)
      : randomSpec(below, dtype, shape, { mild, writable: written.includes(i) }),
  );
  const method = kernels === KERNELS ? kernelOf(name) : camelCase(name);
  // Which are the same.
  const absent = pick(below, [undefined, null]);
  return {
    kind: `${family}${written.length ? " that writes" : ""}`,
    request: { op: "kernel", name: asked ?? name, args, options: {}, missing, written },
    run: (k, args) => k[method](...missing.reduce((args, place) => args.toSpliced(place, 0, absent), args)),
    same,
    // An array that is written to has all dimensions.
    refusals: ["KernelShapeError", "KernelFailure", ...(kernels === LIFTED && written.length ? ["KernelTypeError"] : [])],
  };
}
