import { ALL, axesOf, axisOf, chance, pick, randomShape, randomSpec, single } from "../make.mjs";

const array = (below, shape = randomShape(below, 0, 4)) => randomSpec(below, pick(below, ALL), shape);
const list = (below, count, one) => Array.from({ length: count }, () => one(below));
const tuple = (value) => (Array.isArray(value) ? { tuple: value } : value);

export const cases = {
  flip: {
    make(below) {
      const shape = randomShape(below, 0, 5);
      const [m, axis] = [array(below, shape), axesOf(below, shape.length)];
      return { args: [m, axis], ask: { args: [m, tuple(axis)] } };
    },
    refuses: true,
  },
  roll: {
    make(below) {
      const shape = randomShape(below, 0, 4);
      const a = array(below, shape);
      const by = (below) => below(15) - 7;
      if (chance(below, 30)) {
        return { args: [a, by(below)] };
      }
      // NumPy wants a shift for no axis, too.
      const axes = list(below, 1 + below(2), (below) => axisOf(below, shape.length));
      const axis = axes.length === 1 && chance(below, 50) ? axes[0] : axes;
      const shift = chance(below, 50) ? by(below) : list(below, axes.length + (chance(below, 5) ? 1 : 0), by);
      return { args: [a, shift, axis], ask: { args: [a, tuple(shift), tuple(axis)] } };
    },
    refuses: true,
  },
  tile: {
    make(below) {
      const shape = randomShape(below, 0, 3);
      // Of nothing NumPy takes negative numbers, and with zeros it depends on their order.
      const wrong = !shape.includes(0) && chance(below, 20);
      const reps = (below) => (wrong ? pick(below, [-1, 1, 2]) : below(4));
      return { args: [array(below, shape), chance(below, 30) ? reps(below) : list(below, below(4), reps)] };
    },
    refuses: true,
  },
  repeat: {
    make(below) {
      const shape = randomShape(below, 0, 3);
      const a = array(below, shape);
      const axis = chance(below, 30) ? null : axisOf(below, shape.length);
      const times = (below) => (chance(below, 2) ? -1 : below(4));
      const count = axis === null ? shape.reduce((product, n) => product * n, 1) : shape.at(axis) ?? 2;
      const repeats = chance(below, 40) ? times(below) : list(below, chance(below, 90) ? count : count + 1, times);
      return { args: [a, repeats, axis] };
    },
    refuses: true,
  },
  take: {
    make(below) {
      // Behind an axis without elements no index is looked up.
      const shape = chance(below, 5) ? [0, ...randomShape(below, 1, 2)] : randomShape(below, 0, 3);
      const a = array(below, shape);
      const axis = chance(below, 40) ? null : axisOf(below, shape.length);
      const size = axis === null ? shape.reduce((product, n) => product * n, 1) : shape.at(axis) ?? 2;
      const beyond = chance(below, 10) ? 2 : 0;
      const index = (below) => (size || beyond ? below(2 * (size + beyond)) - size - beyond : 0);
      const indices = chance(below, 30) ? index(below) : list(below, below(5), index);
      const nested = Array.isArray(indices) && indices.length === 4 ? [indices.slice(0, 2), indices.slice(2)] : indices;
      const int = { int: nested };
      return { args: [a, nested, axis], ask: { args: [a, int, axis] } };
    },
    refuses: true,
  },
  pad: {
    make(below) {
      const shape = randomShape(below, 0, 3);
      const dtype = pick(below, ALL);
      const a = randomSpec(below, dtype, shape);
      const width = (below) => (chance(below, 3) ? -1 : below(3));
      const both = (below) => [width(below), width(below)];
      const widths = pick(below, [width, both, (below) => list(below, shape.length + (chance(below, 5) ? 1 : 0), both)])(below);
      if (chance(below, 50)) {
        return { args: [a, widths] };
      }
      const value = single(below, dtype);
      return { args: [a, widths, value], ask: { args: [a, widths, "constant"], kwargs: { constant_values: value } } };
    },
    refuses: true,
  },
};
