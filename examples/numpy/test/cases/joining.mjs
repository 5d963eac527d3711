import { ALL, axisOf, chance, pick, randomShape, randomSpec } from "../make.mjs";

/** Two arrays of one dtype, whose shapes differ along an axis where they may. */
function two(below, differ) {
  const dtype = pick(below, ALL);
  const shape = randomShape(below, 0, 4);
  const axis = axisOf(below, shape.length);
  const other = shape.map((n, i) => (differ && i === (axis + shape.length) % shape.length ? below(4) : n));
  if (other.length && chance(below, 8)) {
    other[below(other.length)] += 1;
  }
  return { shape, axis, arrays: [shape, other].map((shape) => randomSpec(below, dtype, shape)) };
}

export const cases = {
  concatenate: {
    make(below) {
      const { axis, arrays } = two(below, true);
      return { args: [...arrays, axis], ask: { args: [arrays, axis] } };
    },
    refuses: true,
  },
  stack: {
    make(below) {
      const { shape, arrays } = two(below, false);
      const axis = axisOf(below, shape.length + 1);
      return { args: [...arrays, axis], ask: { args: [arrays, axis] } };
    },
    refuses: true,
  },
  split: {
    make(below) {
      const shape = randomShape(below, 1, 4);
      const ary = randomSpec(below, pick(below, ALL), shape);
      const [index, axis] = [below(9) - 4, axisOf(below, shape.length)];
      return { args: [ary, index, axis], ask: { args: [ary, [index], axis] } };
    },
    refuses: true,
  },
};
