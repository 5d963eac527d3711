import { NUMBERS, REAL, elementwise } from "../make.mjs";

export const cases = {
  equal: elementwise(2, REAL),
  // Of zeros of either sign NumPy takes the one that its SIMD takes.
  maximum: elementwise(2, REAL, { same: "zeros" }),
  minimum: elementwise(2, REAL, { same: "zeros" }),
  clip: elementwise(3, NUMBERS, { same: "zeros" }),
  where: elementwise(3, REAL, { first: "bool" }),
};
