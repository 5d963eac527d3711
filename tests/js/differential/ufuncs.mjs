// Random calls of ufuncs, and of their folds.

import { ALL, COMPLEX, FLOATS, INTEGERS, NUMBERS, REAL, SIGNED } from "./arrays.mjs";
import { broadcastShape, chance, pick, randomShape, randomSpec, shapesOf, single } from "./arrays.mjs";
import { kernelOf } from "./names.mjs";

/**
 * @typedef {import("./arrays.mjs").Below} Below
 * @typedef {import("./cases.mjs").Case} Case
 */

const BITS = ["bool", ...INTEGERS];

/**
 * Ufuncs, by NumPy's names: the dtypes of the type parameter, how many arguments.
 *
 * @type {Record<string, { arity: number, dtypes: string[], folds?: boolean, first?: string, same?: "zeros" }>}
 */
const UFUNCS = {
  add: { arity: 2, dtypes: ALL, folds: true },
  subtract: { arity: 2, dtypes: [...NUMBERS, ...COMPLEX], folds: true },
  multiply: { arity: 2, dtypes: ALL, folds: true },
  divide: { arity: 2, dtypes: [...FLOATS, ...COMPLEX], folds: true },
  true_divide: { arity: 2, dtypes: ["int32", "uint32", "int64", "uint64"] },
  // Of zeros of either sign NumPy takes the one that its SIMD takes.
  maximum: { arity: 2, dtypes: REAL, folds: true, same: "zeros" },
  minimum: { arity: 2, dtypes: REAL, folds: true, same: "zeros" },
  clip: { arity: 3, dtypes: NUMBERS, same: "zeros" },
  less: { arity: 2, dtypes: REAL },
  greater_equal: { arity: 2, dtypes: REAL },
  equal: { arity: 2, dtypes: ALL },
  not_equal: { arity: 2, dtypes: ALL },
  bitwise_and: { arity: 2, dtypes: INTEGERS, folds: true },
  bitwise_or: { arity: 2, dtypes: BITS, folds: true },
  bitwise_xor: { arity: 2, dtypes: BITS, folds: true },
  invert: { arity: 1, dtypes: BITS },
  left_shift: { arity: 2, dtypes: INTEGERS, folds: true },
  right_shift: { arity: 2, dtypes: INTEGERS, folds: true },
  logical_and: { arity: 2, dtypes: ["bool"], folds: true },
  negative: { arity: 1, dtypes: [...NUMBERS, ...COMPLEX] },
  absolute: { arity: 1, dtypes: [...SIGNED, ...FLOATS] },
  sqrt: { arity: 1, dtypes: FLOATS },
  trunc: { arity: 1, dtypes: FLOATS },
  floor: { arity: 1, dtypes: FLOATS },
  isnan: { arity: 1, dtypes: FLOATS },
  where: { arity: 3, dtypes: ALL, first: "bool" },
  multiply_add: { arity: 4, dtypes: [...NUMBERS, ...COMPLEX] },
};
const RESULTS = { less: "bool", greater_equal: "bool", equal: "bool", not_equal: "bool", isnan: "bool", true_divide: "float64" };

/** What is rounded in more than one step where the numbers are complex, and differently where the machine fuses two. */
const STEPS = ["multiply", "divide", "multiply_add"];

const INSTANCES = Object.entries(UFUNCS).flatMap(([name, { dtypes }]) => dtypes.map((dtype) => [name, dtype]));
/** Names are as likely as dtypes are. */
const FOLDING = Object.keys(UFUNCS).filter((name) => UFUNCS[name].folds);

/** Every ufunc with every dtype. */
export const UFUNC_INSTANCES = INSTANCES.map(([name, dtype]) => `${name} of ${dtype}`);

/** @param {string} dtype */
const kindOf = (dtype, kind) => (COMPLEX.includes(dtype) ? `complex ${kind}` : kind);

/** Sizes that no result of `shape` goes to, of axes that are stretched to none. */
function wrongShape(below, shape) {
  const axes = shape.flatMap((n, axis) => (n === 1 ? [] : [axis]));
  const axis = pick(below, axes);
  return axes.length ? shape.with(axis, chance(below, 30) ? 1 : shape[axis] + 2) : null;
}

/** The same, or too few of them. */
function anyWrongShape(below, shape) {
  const wrong = wrongShape(below, shape);
  return wrong && chance(below, 50) ? shape.toSpliced(shape.findIndex((n, axis) => n !== wrong[axis]), 1) : wrong;
}

/** A shape that `shape` is stretched to. */
function largerShape(below, shape) {
  const stretched = shape.map((n) => (n === 1 && chance(below, 50) ? below(5) : n));
  const before = Array.from({ length: below(7 - Math.min(shape.length, 6)) }, () => 1 + below(2));
  return [...before.slice(-2), ...stretched];
}

/**
 * Adds `out` to a case's arrays, or nothing.
 *
 * @param {Below} below
 * @param {any[]} args
 * @param {string} dtype
 * @param {number[] | null} shape the result's
 * @param {object} [options]
 * @param {number} [options.inputs] how many of the arrays may be `out`
 * @param {number} [options.stretched] how often of a hundred `out` is larger, or would be
 * @param {(below: Below, shape: number[]) => number[] | null} [options.wrongShape]
 * @returns {{ options: { out?: number }, written: number[], refusals: string[], what: string }} `what` there is of it
 */
function withOut(below, args, dtype, shape, { inputs = 0, stretched = 0, wrongShape = anyWrongShape } = {}) {
  if (!shape || !chance(below, 30)) {
    return { options: {}, written: [], refusals: ["KernelShapeError"], what: "" };
  }
  const refusals = ["KernelShapeError", "KernelTypeError"];
  const wrong = chance(below, 12) ? wrongShape(below, shape) : null;
  // An argument, if it is of the dtype and reaches each element once: in place where it is what the result will be.
  const places = args.flatMap((arg, i) => (i < inputs && arg.dtype === dtype && !arg.scalar && arg.whole ? [i] : []));
  const fitting = places.filter((place) => `${args[place].whole}` === `${shape}`);
  const own = pick(below, wrong ? places.filter((place) => !fitting.includes(place)) : fitting);
  if (own !== undefined && chance(below, 50)) {
    return { options: { out: own }, written: [own], refusals, what: " with `out`" };
  }
  const right = wrong ?? shape;
  const target = chance(below, stretched) ? largerShape(below, right) : right;
  args.push(randomSpec(below, dtype, target, { writable: true }));
  const what = `${target}` === `${right}` ? " with `out`" : " with a larger `out`";
  return { options: { out: args.length - 1 }, written: [args.length - 1], refusals, what };
}

/** An argument that may become `out`. */
function argument(below, dtype, shape, mild = false) {
  const writable = chance(below, 40);
  return Object.assign(randomSpec(below, dtype, shape, { mild, writable }), { whole: writable ? shape : undefined });
}

const outOf = ({ out }, args) => (out === undefined ? {} : { out: args[out] });

/**
 * Of the instances in turn, so that few cases leave none out.
 *
 * @param {Below} below
 * @param {number} number
 * @returns {Case}
 */
export function mapCase(below, number) {
  const [name, dtype] = INSTANCES[number % INSTANCES.length];
  const { arity, first, same } = UFUNCS[name];
  const mild = COMPLEX.includes(dtype) && STEPS.includes(name);
  const shapes = shapesOf(below, arity);
  const args = shapes.map((shape, i) => argument(below, i === 0 && first ? first : dtype, shape, mild));
  // A single value follows the arrays, so there must be one of its dtype.
  const scalar = arity > 1 && chance(below, 12) ? below(arity) : -1;
  if (scalar >= 0 && args.some((arg, i) => i !== scalar && (arg.dtype === args[scalar].dtype || arg.dtype === first))) {
    const lonely = first && !args.some((arg, i) => i !== scalar && arg.dtype === dtype) && args[scalar].dtype === dtype;
    if (!lonely) {
      shapes[scalar] = [];
      args[scalar] = single(below, args[scalar].dtype, mild);
    }
  }
  const shape = broadcastShape(shapes);
  const { options, written, refusals, what } = withOut(below, args, RESULTS[name] ?? dtype, shape, { inputs: arity, stretched: 30 });
  return {
    kind: kindOf(dtype, `ufunc${what || ` of ${arity}`}`),
    request: { op: "map", name, args, inputs: arity, options, written },
    run: (k, args) => k[kernelOf(name)](...args.slice(0, arity), outOf(options, args)),
    same: mild ? "bound" : same,
    refusals,
  };
}

/** A ufunc that folds, and a dtype of it; how to draw numbers whose products in any order are near each other. */
function folding(below) {
  const name = pick(below, FOLDING);
  const { dtypes, same } = UFUNCS[name];
  const dtype = pick(below, dtypes);
  const complex = COMPLEX.includes(dtype);
  const steps = complex && STEPS.includes(name);
  return { name, dtype, complex, steps, same: steps ? "bound" : same, mild: steps ? "finite" : false };
}

/** @returns {Case} */
export function reduceCase(below) {
  const fold = folding(below);
  const { name, dtype } = fold;
  const shape = randomShape(below);
  const inexact = (FLOATS.includes(dtype) || fold.complex) && (name === "add" || name === "multiply");
  const mild = fold.mild || inexact;
  const args = [argument(below, dtype, shape, mild)];
  const initial = chance(below, 25);
  if (initial) {
    args.push(single(below, dtype, mild));
  }
  const inputs = args.length;
  const rank = shape.length;
  const some = shape.flatMap((_, axis) => (chance(below, 40) ? [chance(below, 30) ? axis - rank : axis] : []));
  // An array without dimensions has the axes 0 and -1 all the same.
  const axes = Math.max(rank, 1);
  const one = chance(below, 4) ? axes + 1 : below(2 * axes) - axes;
  const axis = chance(below, 20) ? null : chance(below, 40) ? one : some;
  const keepdims = chance(below, 40);
  const reduced = axis === null ? shape.map((_, i) => i) : [axis].flat().map((axis) => (axis < 0 ? axis + rank : axis));
  const kept = shape.flatMap((n, i) => (reduced.includes(i) ? (keepdims ? [1] : []) : [n]));
  const result = reduced.every((axis) => axis < axes) ? kept : null;
  const { options, written, refusals } = withOut(below, args, dtype, result, { stretched: 5 });
  return {
    kind: kindOf(dtype, "reduce"),
    request: { op: "reduce", name, args, inputs, options: { ...options, axis, keepdims }, written },
    run: (k, args) =>
      k[kernelOf(name)].reduce(args[0], { axis, keepdims, ...(initial ? { initial: args[1] } : {}), ...outOf(options, args) }),
    same: inexact ? "bound" : fold.same,
    refusals,
  };
}

/** @returns {Case} */
export function accumulateCase(below) {
  const { name, dtype, same, mild } = folding(below);
  const shape = randomShape(below);
  const rank = shape.length;
  const args = [argument(below, dtype, shape, mild)];
  const axis = rank && !chance(below, 5) ? below(2 * rank) - rank : rank + below(2);
  // NumPy 2.4.6 crashes where `out` of `accumulate` has too few dimensions, and takes any where there is nothing to write.
  const wrong = shape.includes(0) ? () => null : wrongShape;
  const { options, written, refusals } = withOut(below, args, dtype, axis < rank ? shape : null, { inputs: 1, wrongShape: wrong });
  return {
    kind: kindOf(dtype, "accumulate"),
    request: { op: "accumulate", name, args, inputs: 1, options: { ...options, axis }, written },
    run: (k, args) => k[kernelOf(name)].accumulate(args[0], { axis, ...outOf(options, args) }),
    same,
    refusals,
  };
}

/** @returns {Case} */
export function outerCase(below) {
  const { name, dtype, steps, same } = folding(below);
  const shapes = [randomShape(below, 0, 3), randomShape(below, 0, 3)];
  const args = shapes.map((shape) => randomSpec(below, dtype, shape, { mild: steps }));
  const { options, written, refusals, what } = withOut(below, args, dtype, shapes.flat(), { stretched: 60 });
  return {
    kind: kindOf(dtype, what.includes("larger") ? `outer${what}` : "outer"),
    request: { op: "outer", name, args, inputs: 2, options, written },
    run: (k, args) => k[kernelOf(name)].outer(args[0], args[1], outOf(options, args)),
    same,
    refusals,
  };
}
