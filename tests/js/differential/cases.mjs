// Random cases of every kind: what NumPy is asked, and the same call here.

import { ALL, COMPLEX, FLOATS, INTEGERS, NUMBERS, REAL, SIGNED } from "./arrays.mjs";
import { broadcastShape, chance, pick, randomShape, randomSpec, whole } from "./arrays.mjs";
import { createCase, viewCase } from "./views.mjs";

/**
 * @typedef {import("./arrays.mjs").Spec} Spec
 * @typedef {import("./arrays.mjs").Below} Below
 *
 * @typedef {object} Case
 * @property {string} kind
 * @property {any} request what `tests/numpy/server.py` is asked
 * @property {(k: any, args: any[]) => unknown} run the same; returns an array, a single value, several in an array, or nothing
 * @property {"exact" | "zeros" | "bound"} [same] how results compare: `zeros` are equal whatever their signs
 * @property {string[]} [refusals] the errors that a refusal may be, by default `KernelShapeError`
 */

const BITS = ["bool", ...INTEGERS];
const VALUE = null;

/**
 * Ufuncs, by NumPy's names: the kernel's, the dtypes of the type parameter, how many arguments.
 *
 * @type {Record<string, { arity: number, dtypes: string[], folds?: boolean, first?: string, same?: "zeros" }>}
 */
const UFUNCS = {
  add: { arity: 2, dtypes: REAL, folds: true },
  subtract: { arity: 2, dtypes: NUMBERS, folds: true },
  multiply: { arity: 2, dtypes: REAL, folds: true },
  divide: { arity: 2, dtypes: FLOATS, folds: true },
  true_divide: { arity: 2, dtypes: ["int32", "uint32", "int64", "uint64"] },
  // Of zeros of either sign NumPy takes the one that its SIMD takes.
  maximum: { arity: 2, dtypes: REAL, folds: true, same: "zeros" },
  minimum: { arity: 2, dtypes: REAL, folds: true, same: "zeros" },
  clip: { arity: 3, dtypes: NUMBERS, same: "zeros" },
  less: { arity: 2, dtypes: REAL },
  greater_equal: { arity: 2, dtypes: REAL },
  not_equal: { arity: 2, dtypes: REAL },
  bitwise_and: { arity: 2, dtypes: INTEGERS, folds: true },
  bitwise_or: { arity: 2, dtypes: BITS, folds: true },
  bitwise_xor: { arity: 2, dtypes: BITS, folds: true },
  invert: { arity: 1, dtypes: BITS },
  left_shift: { arity: 2, dtypes: INTEGERS, folds: true },
  right_shift: { arity: 2, dtypes: INTEGERS, folds: true },
  logical_and: { arity: 2, dtypes: ["bool"], folds: true },
  negative: { arity: 1, dtypes: NUMBERS },
  absolute: { arity: 1, dtypes: [...SIGNED, ...FLOATS] },
  sqrt: { arity: 1, dtypes: FLOATS },
  trunc: { arity: 1, dtypes: FLOATS },
  floor: { arity: 1, dtypes: FLOATS },
  isnan: { arity: 1, dtypes: FLOATS },
  where: { arity: 3, dtypes: REAL, first: "bool" },
  multiply_add: { arity: 4, dtypes: NUMBERS },
};
const NAMES = Object.keys(UFUNCS);
const FOLDING = NAMES.filter((name) => UFUNCS[name].folds);
const RESULTS = { less: "bool", greater_equal: "bool", not_equal: "bool", isnan: "bool", true_divide: "float64" };

/** Every ufunc with every dtype. */
export const UFUNC_INSTANCES = NAMES.flatMap((name) => UFUNCS[name].dtypes.map((dtype) => `${name} of ${dtype}`));

/** @param {string} name */
const camelCase = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
/** @param {string} name */
const kernelOf = (name) => camelCase(`np_${name}`);

/** Shapes that broadcast together, but for some. */
function shapesOf(below, count, most = 6) {
  const shape = randomShape(below, 0, most);
  const shapes = Array.from({ length: count }, () => {
    const dropped = chance(below, 25) ? below(shape.length + 1) : 0;
    return shape.slice(dropped).map((n) => (chance(below, 18) ? 1 : n));
  });
  if (chance(below, 8)) {
    const one = pick(below, shapes);
    if (one.length) {
      one[below(one.length)] = below(6);
    }
  }
  return shapes;
}

/** Sizes that no result of `shape` goes to: NumPy stretches results, but only from 1. */
function wrongShape(below, shape) {
  const axes = shape.flatMap((n, axis) => (n === 1 ? [] : [axis]));
  const axis = pick(below, axes);
  return axes.length ? shape.with(axis, shape[axis] + 2) : null;
}

/** The same, or too few of them. */
function anyWrongShape(below, shape) {
  const wrong = wrongShape(below, shape);
  return wrong && chance(below, 50) ? shape.toSpliced(shape.findIndex((n, axis) => n !== wrong[axis]), 1) : wrong;
}

/**
 * Adds `out` to a case's arrays, or nothing.
 *
 * @returns {{ options: object, written: number[], refusals: string[] }}
 */
function withOut(below, args, dtype, shape, inputs, wrongShape = anyWrongShape) {
  const wanted = shape && chance(below, 30);
  if (!wanted) {
    return { options: {}, written: [], refusals: ["KernelShapeError"] };
  }
  const wrong = chance(below, 12) ? wrongShape(below, shape) : null;
  const refusals = ["KernelShapeError", "KernelTypeError"];
  // In place, if an argument is what the result will be and reaches each element once.
  const same = args.findIndex((arg, i) => i < inputs && arg.dtype === dtype && !arg.scalar && arg.whole && `${arg.whole}` === `${shape}`);
  if (!wrong && same >= 0 && chance(below, 50)) {
    return { options: { out: same }, written: [same], refusals };
  }
  args.push(randomSpec(below, dtype, wrong ?? shape, { writable: true }));
  return { options: { out: args.length - 1 }, written: [args.length - 1], refusals };
}

/** An argument that may become `out`. */
function argument(below, dtype, shape, mild = false) {
  const writable = chance(below, 40);
  return Object.assign(randomSpec(below, dtype, shape, { mild, writable }), { whole: writable ? shape : undefined });
}

/** A single value. @returns {Spec} */
const single = (below, dtype, mild = false) => ({ ...whole(below, dtype, [], [], mild), scalar: true });

const outOf = ({ out }, args) => (out === undefined ? {} : { out: args[out] });

/** @returns {Case} */
export function mapCase(below) {
  const name = pick(below, NAMES);
  const { arity, dtypes, first, same } = UFUNCS[name];
  const dtype = pick(below, dtypes);
  const shapes = shapesOf(below, arity);
  const args = shapes.map((shape, i) => argument(below, i === 0 && first ? first : dtype, shape));
  // A single value follows the arrays, so there must be one of its dtype.
  const scalar = arity > 1 && chance(below, 12) ? below(arity) : -1;
  if (scalar >= 0 && args.some((arg, i) => i !== scalar && (arg.dtype === args[scalar].dtype || arg.dtype === first))) {
    const lonely = first && !args.some((arg, i) => i !== scalar && arg.dtype === dtype) && args[scalar].dtype === dtype;
    if (!lonely) {
      shapes[scalar] = [];
      args[scalar] = single(below, args[scalar].dtype);
    }
  }
  const shape = broadcastShape(shapes);
  const { options, written, refusals } = withOut(below, args, RESULTS[name] ?? dtype, shape, arity);
  return {
    kind: options.out === undefined ? `ufunc of ${arity}` : "ufunc with `out`",
    request: { op: "map", name, args, inputs: arity, options, written },
    run: (k, args) => k[kernelOf(name)](...args.slice(0, arity), outOf(options, args)),
    same,
    refusals,
  };
}

/** @returns {Case} */
export function reduceCase(below) {
  const name = pick(below, FOLDING);
  const { dtypes, same } = UFUNCS[name];
  const dtype = pick(below, dtypes);
  const shape = randomShape(below);
  const inexact = FLOATS.includes(dtype) && (name === "add" || name === "multiply");
  const args = [argument(below, dtype, shape, inexact)];
  const initial = chance(below, 25);
  if (initial) {
    args.push(single(below, dtype, inexact));
  }
  const inputs = args.length;
  const rank = shape.length;
  const some = shape.flatMap((_, axis) => (chance(below, 40) ? [chance(below, 30) ? axis - rank : axis] : []));
  // An array without dimensions has no axis here; NumPy lets it have 0 and -1.
  const one = rank && !chance(below, 4) ? below(2 * rank) - rank : rank + 1;
  const axis = chance(below, 20) ? null : chance(below, 40) && rank ? one : some;
  const keepdims = chance(below, 40);
  const reduced = axis === null ? shape.map((_, i) => i) : [axis].flat().map((axis) => (axis < 0 ? axis + rank : axis));
  const kept = shape.flatMap((n, i) => (reduced.includes(i) ? (keepdims ? [1] : []) : [n]));
  const { options, written, refusals } = withOut(below, args, dtype, reduced.every((axis) => axis < rank) ? kept : null, 0);
  return {
    kind: "reduce",
    request: { op: "reduce", name, args, inputs, options: { ...options, axis, keepdims }, written },
    run: (k, args) =>
      k[kernelOf(name)].reduce(args[0], { axis, keepdims, ...(initial ? { initial: args[1] } : {}), ...outOf(options, args) }),
    same: inexact ? "bound" : same,
    refusals,
  };
}

/** @returns {Case} */
export function accumulateCase(below) {
  const name = pick(below, FOLDING);
  const { dtypes, same } = UFUNCS[name];
  const dtype = pick(below, dtypes);
  const shape = randomShape(below);
  const rank = shape.length;
  const args = [argument(below, dtype, shape)];
  const axis = rank && !chance(below, 5) ? below(2 * rank) - rank : rank + below(2);
  // NumPy 2.4.6 crashes where `out` of `accumulate` has too few dimensions, and takes any where there is nothing to write.
  const { options, written, refusals } = withOut(below, args, dtype, axis < rank ? shape : null, 1, shape.includes(0) ? () => null : wrongShape);
  return {
    kind: "accumulate",
    request: { op: "accumulate", name, args, inputs: 1, options: { ...options, axis }, written },
    run: (k, args) => k[kernelOf(name)].accumulate(args[0], { axis, ...outOf(options, args) }),
    same,
    refusals,
  };
}

/** @returns {Case} */
export function outerCase(below) {
  const name = pick(below, FOLDING);
  const { dtypes, same } = UFUNCS[name];
  const dtype = pick(below, dtypes);
  const shapes = [randomShape(below, 0, 3), randomShape(below, 0, 3)];
  const args = shapes.map((shape) => randomSpec(below, dtype, shape));
  const { options, written, refusals } = withOut(below, args, dtype, shapes.flat(), 0);
  return {
    kind: "outer",
    request: { op: "outer", name, args, inputs: 2, options, written },
    run: (k, args) => k[kernelOf(name)].outer(args[0], args[1], outOf(options, args)),
    same,
    refusals,
  };
}

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
for (const name of ["add", "subtract", "multiply", "equal"]) {
  KERNELS[`complex_${name}`] = (below) => {
    const dtype = pick(below, COMPLEX);
    const inexact = name === "multiply";
    return { args: shapesOf(below, 2).map((shape) => [dtype, shape]), mild: inexact, same: inexact ? "bound" : "exact" };
  };
}
KERNELS.complex_negative = (below) => ({ args: [[pick(below, COMPLEX), randomShape(below)]] });

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
  const complex = name.startsWith("complex") ? "complex " : "";
  const method = kernels === KERNELS ? kernelOf(name) : camelCase(name);
  // Which are the same.
  const absent = pick(below, [undefined, null]);
  return {
    kind: `${complex}${family}${written.length ? " that writes" : ""}`,
    request: { op: "kernel", name: asked ?? name.replace("complex_", ""), args, options: {}, missing, written },
    run: (k, args) => k[method](...missing.reduce((args, place) => args.toSpliced(place, 0, absent), args)),
    same,
    // An array that is written to has all dimensions.
    refusals: ["KernelShapeError", "KernelFailure", ...(kernels === LIFTED && written.length ? ["KernelTypeError"] : [])],
  };
}

/** Who makes cases, and how often of a hundred. */
const MAKERS = [
  [mapCase, 44],
  [reduceCase, 15],
  [accumulateCase, 6],
  [outerCase, 6],
  [kernelCase, 18],
  [viewCase, 8],
  [createCase, 3],
];

/**
 * @param {Below} below
 * @returns {Case}
 */
export function randomCase(below) {
  let at = below(100);
  return MAKERS.find(([, share]) => (at -= share) < 0)[0](below);
}
