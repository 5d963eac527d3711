import { axisOf, chance, pick, randomShape, randomSpec, shuffled } from "../make.mjs";

const DTYPES = ["int32", "int64", "float32", "float64"];
/** Of sums of products of numbers between 0.5 and 2, which may be less than each of them. */
const NEAR = { same: { eps: 64, least: 1 }, refuses: true };
const spec = (below, dtype, shape) => randomSpec(below, dtype, shape, { mild: true });
const size = (below) => (chance(below, 8) ? 0 : 1 + below(5));

/** Shapes of which the last of one and the last but one of the other are the same, mostly. */
function factors(below, stacks) {
  const [n, k, m] = [size(below), size(below), size(below)];
  const rows = chance(below, 6) ? k + 1 : k;
  const stack = stacks ? randomShape(below, 0, 2).map((n) => n || 1) : [];
  const some = () => stack.slice(below(stack.length + 1)).map((n) => (chance(below, 30) ? 1 : n));
  const a = chance(below, 25) ? [k] : [...some(), n, k];
  const b = chance(below, 25) ? [rows] : [...some(), rows, m];
  return [a, b];
}

export const cases = {
  matmul: {
    make(below) {
      const dtype = pick(below, DTYPES);
      const shapes = chance(below, 4) ? [[], [2]] : factors(below, true);
      return { args: shapes.map((shape) => spec(below, dtype, shape)) };
    },
    ...NEAR,
  },
  dot: {
    make(below) {
      const dtype = pick(below, DTYPES);
      const [a, b] = factors(below, false);
      const shapes = chance(below, 10) ? [[], b] : chance(below, 10) ? [a, []] : [chance(below, 20) ? [2, ...a] : a, chance(below, 20) ? [3, ...b] : b];
      return { args: shapes.map((shape) => spec(below, dtype, shape)) };
    },
    ...NEAR,
  },
  tensordot: {
    make(below) {
      const dtype = pick(below, DTYPES);
      const count = below(3);
      const common = Array.from({ length: count }, () => size(below));
      const rest = () => Array.from({ length: below(3) }, () => size(below));
      const [ours, theirs] = [rest(), rest()];
      const other = chance(below, 12) ? common.map((n) => n + 1) : common;
      if (chance(below, 50)) {
        const args = [[...ours, ...common], [...other, ...theirs]].map((shape) => spec(below, dtype, shape));
        return { args: count === 2 && chance(below, 50) ? args : [...args, chance(below, 5) ? 4 : count] };
      }
      // Axes anywhere, in any order.
      const place = (common, rest) => {
        const order = shuffled(below, rest.length + count);
        const sizes = [...common, ...rest];
        return { shape: order.map((i) => sizes[i]), axes: common.map((_, i) => order.indexOf(i) - (chance(below, 30) ? order.length : 0)) };
      };
      const [a, b] = [place(common, ours), place(other, theirs)];
      return { args: [spec(below, dtype, a.shape), spec(below, dtype, b.shape), [a.axes, b.axes]] };
    },
    ...NEAR,
  },
  outer: {
    make(below) {
      const dtype = pick(below, DTYPES);
      return { args: [spec(below, dtype, randomShape(below, 0, 2)), spec(below, dtype, randomShape(below, 0, 2))] };
    },
  },
  trace: {
    make(below) {
      const shape = randomShape(below, chance(below, 5) ? 1 : 2, 4);
      const a = spec(below, pick(below, DTYPES), shape);
      const axes = chance(below, 50) ? [] : [axisOf(below, shape.length), axisOf(below, shape.length)];
      const offset = below(5) - 2;
      return { args: offset || axes.length ? [a, offset, ...axes] : [a], ask: { dtype: a.dtype } };
    },
    ...NEAR,
  },
};
