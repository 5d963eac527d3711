import { FLOATS, NUMBERS, accumulation, elementwise, reduction } from "../make.mjs";

const WIDE = ["int32", "int64", "uint32", "uint64"];
// Sums and products of floats are added in another order than NumPy's.
const NEAR = { mild: true, same: { eps: 400 } };

export const cases = {
  add: elementwise(2, NUMBERS, { refuses: true }),
  subtract: elementwise(2, NUMBERS),
  multiply: elementwise(2, NUMBERS),
  divide: elementwise(2, FLOATS),
  floorDivide: elementwise(2, NUMBERS),
  remainder: elementwise(2, NUMBERS),
  fmod: elementwise(2, NUMBERS),
  // NumPy raises integers to no negative powers.
  power: elementwise(2, ["float32", "float64", "uint8", "uint16", "uint32", "uint64"], { same: { ulp: 4 } }),
  negative: elementwise(1, NUMBERS),
  positive: elementwise(1, NUMBERS),
  absolute: elementwise(1, NUMBERS),
  sign: elementwise(1, NUMBERS),
  square: elementwise(1, NUMBERS),
  reciprocal: elementwise(1, FLOATS),
  copysign: elementwise(2, FLOATS),
  heaviside: elementwise(2, FLOATS),
  nextafter: elementwise(2, FLOATS),
  gcd: elementwise(2, WIDE),
  lcm: elementwise(2, WIDE),
  sum: reduction(NUMBERS, { ...NEAR, initial: true }),
  prod: reduction(NUMBERS, { ...NEAR, initial: true }),
  cumsum: accumulation(NUMBERS, NEAR),
  cumprod: accumulation(NUMBERS, NEAR),
};
