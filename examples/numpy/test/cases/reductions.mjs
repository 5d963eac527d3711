import { NUMBERS, axisOf, pick, randomShape, randomSpec } from "../make.mjs";

export const cases = {
  argmax: {
    make(below) {
      const shape = randomShape(below, 1);
      return { args: [randomSpec(below, pick(below, NUMBERS), shape), axisOf(below, shape.length)], ask: { dtype: "int32" } };
    },
    refuses: true,
  },
};
