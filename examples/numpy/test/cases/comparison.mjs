import { ALL, FLOATS, NUMBERS, REAL, elementwise, reduction } from "../make.mjs";

// Of zeros of either sign NumPy takes the one that its SIMD takes.
const ZEROS = { same: "zeros" };

export const cases = {
  equal: elementwise(2, ALL),
  notEqual: elementwise(2, ALL),
  less: elementwise(2, NUMBERS),
  lessEqual: elementwise(2, NUMBERS),
  greater: elementwise(2, NUMBERS),
  greaterEqual: elementwise(2, NUMBERS),
  maximum: elementwise(2, NUMBERS, ZEROS),
  minimum: elementwise(2, NUMBERS, ZEROS),
  fmax: elementwise(2, FLOATS, ZEROS),
  fmin: elementwise(2, FLOATS, ZEROS),
  clip: elementwise(3, NUMBERS, ZEROS),
  where: elementwise(3, REAL, { first: "bool" }),
  max: reduction(NUMBERS, ZEROS),
  min: reduction(NUMBERS, ZEROS),
};
