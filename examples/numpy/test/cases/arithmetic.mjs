import { FLOATS, NUMBERS, elementwise } from "../make.mjs";

export const cases = {
  add: elementwise(2, NUMBERS, { refuses: true }),
  subtract: elementwise(2, NUMBERS),
  multiply: elementwise(2, NUMBERS),
  divide: elementwise(2, FLOATS),
  floorDivide: elementwise(2, NUMBERS),
  remainder: elementwise(2, NUMBERS),
  fmod: elementwise(2, NUMBERS),
  power: elementwise(2, FLOATS, { same: { ulp: 2 } }),
  negative: elementwise(1, NUMBERS),
  positive: elementwise(1, NUMBERS),
  absolute: elementwise(1, NUMBERS),
  sign: elementwise(1, NUMBERS),
  square: elementwise(1, NUMBERS),
  reciprocal: elementwise(1, FLOATS),
};
