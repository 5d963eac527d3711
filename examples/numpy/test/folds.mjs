// `reduce`, `accumulate` and `outer` of a function of two numbers.

import { COMPLEX, FLOATS, SIGNED, axisOf, chance, mapped, randomShape, randomSpec } from "./make.mjs";

/** NumPy folds a single element onto the identity, which makes it positive. */
const POSITIVE = ["gcd", "hypot"];
/** NumPy 2.4.6 takes the first element again and again, where it has AVX-512. */
const WRONG = ["arctan2", "power"];

/**
 * @param {string} name the function's
 * @param {import("./numpy.test.mjs").Entry} entry its cases, for the dtypes
 * @returns {[string, import("./numpy.test.mjs").Entry][]} the cases of its folds, by their names
 */
export function foldsOf(name, entry) {
  const dtypeOf = (below) => {
    const { dtype } = entry.make(below).args[0];
    // NumPy raises integers to no negative powers.
    return name === "power" && SIGNED.includes(dtype) ? `u${dtype}` : dtype;
  };
  // Where the order is another one than NumPy's, infinite parts of complex numbers are NaN elsewhere.
  const mild = (dtype) => (COMPLEX.includes(dtype) ? "finite" : true);
  const near = (dtype) => ([...FLOATS, ...COMPLEX].includes(dtype) ? { eps: 400 } : "exact");

  const along = (optionsOf) => (below) => {
    const [dtype, shape] = [dtypeOf(below), randomShape(below, 0, 4)];
    const any = randomSpec(below, dtype, shape, { mild: mild(dtype) });
    const array = POSITIVE.includes(name) ? mapped(any, (x) => (x < 0 ? (FLOATS.includes(dtype) ? -x : ~x) : x)) : any;
    const options = optionsOf(below, shape.length);
    return { args: [array, options], ask: { args: [array], kwargs: { ...options, dtype } }, same: near(dtype) };
  };
  const axis = (below, rank) => (rank && chance(below, 20) ? {} : { axis: axisOf(below, rank) });
  const outer = (below) => {
    const dtype = dtypeOf(below);
    const args = [2, 2].map((most) => randomSpec(below, dtype, randomShape(below, 0, most), { mild: COMPLEX.includes(dtype) && "finite" }));
    return { args, same: COMPLEX.includes(dtype) ? near(dtype) : entry.same };
  };
  const reduce = along((below, rank) => ({ ...axis(below, rank), keepdims: chance(below, 30) }));
  return [
    ...(WRONG.includes(name) ? [] : [[`${name}.reduce`, { make: reduce, refuses: true }]]),
    [`${name}.accumulate`, { make: along(axis), refuses: true }],
    [`${name}.outer`, { make: outer }],
  ];
}
