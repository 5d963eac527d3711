import { FLOATS, chance, elementwise, pick, randomShape, randomSpec } from "../make.mjs";

export const cases = {
  isnan: elementwise(1, FLOATS),
  isinf: elementwise(1, FLOATS),
  isfinite: elementwise(1, FLOATS),
  signbit: elementwise(1, FLOATS),
  floor: elementwise(1, FLOATS),
  ceil: elementwise(1, FLOATS),
  trunc: elementwise(1, FLOATS),
  rint: elementwise(1, FLOATS),
  round: {
    make(below) {
      const array = randomSpec(below, pick(below, FLOATS), randomShape(below));
      return { args: chance(below, 30) ? [array] : [array, below(9) - 4] };
    },
  },
};
