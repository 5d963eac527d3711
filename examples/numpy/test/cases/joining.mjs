import { ALL, axisOf, chance, pick, randomShape, randomSpec } from "../make.mjs";

/** Up to four arrays of one dtype, whose shapes differ along an axis where they may. */
function some(below, differ) {
  const dtype = pick(below, ALL);
  const shape = randomShape(below, 0, 4);
  const axis = axisOf(below, shape.length);
  const shapes = Array.from({ length: chance(below, 5) ? 0 : 1 + below(4) }, (_, which) => {
    const own = shape.map((n, i) => (which && differ && i === (axis + shape.length) % shape.length ? below(4) : n));
    if (own.length && chance(below, 4)) {
      own[below(own.length)] += 1;
    }
    return own;
  });
  return { shape, axis, arrays: shapes.map((shape) => randomSpec(below, dtype, shape)) };
}

/** Without the axis, now and then, where it is the first one. */
const optional = (below, args, axis) => (axis === 0 && chance(below, 50) ? args : [...args, axis]);

export const cases = {
  concatenate: {
    make(below) {
      const { axis, arrays } = some(below, true);
      return { args: optional(below, [arrays], axis) };
    },
    refuses: true,
  },
  stack: {
    make(below) {
      const { shape, arrays } = some(below, false);
      return { args: optional(below, [arrays], axisOf(below, shape.length + 1)) };
    },
    refuses: true,
  },
  split: {
    make(below) {
      const shape = randomShape(below, 1, 4);
      const ary = randomSpec(below, pick(below, ALL), shape);
      const parts = chance(below, 50) ? below(7) - 1 : Array.from({ length: below(4) }, () => below(9) - 4);
      return { args: optional(below, [ary, parts], axisOf(below, shape.length)) };
    },
    refuses: true,
  },
};
