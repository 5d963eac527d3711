import { FLOATS, NUMBERS, axisOf, chance, pick, randomShape, randomSpec, reduction } from "../make.mjs";

// A mean may be less than each number.
const NEAR = { mild: true, same: { eps: 64, least: 1 } };
const ddof = (below) => [["ddof", pick(below, [null, 0, 1, 0.5, 3])]];

/** Of one axis or none, with results that are int64 in NumPy. */
function arg(below) {
  const shape = randomShape(below);
  const array = randomSpec(below, pick(below, NUMBERS), shape);
  const axis = chance(below, 25) ? null : axisOf(below, shape.length);
  const keepdims = chance(below, 40);
  return { args: [array, axis, keepdims], ask: { args: [array], kwargs: { axis, keepdims }, dtype: "int32" } };
}

export const cases = {
  mean: reduction(FLOATS, NEAR),
  // Of equal numbers what is left is their mean's rounding error, or its square.
  var: reduction(FLOATS, { mild: true, same: { eps: 64, least: 1e-3 }, more: ddof }),
  std: reduction(FLOATS, { mild: true, same: { eps: 64, least: 1 }, more: ddof }),
  argmax: { make: arg, refuses: true },
  argmin: { make: arg, refuses: true },
  countNonzero: reduction(["bool", "int32", "uint8", ...FLOATS], { dtype: "int32" }),
  diff: {
    make(below) {
      const shape = randomShape(below);
      const array = randomSpec(below, pick(below, NUMBERS), shape);
      // NumPy looks at no axis where there is nothing to subtract.
      const [n, axis] = [1 + below(3), axisOf(below, shape.length)];
      return { args: axis !== -1 || chance(below, 50) ? [array, n, axis] : n === 1 ? [array] : [array, n] };
    },
    refuses: true,
  },
};
