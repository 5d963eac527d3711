import { FLOATS, INTEGERS, NUMBERS, SIGNED, axesOf, chance, pick, randomShape, randomSpec, specOf } from "../make.mjs";

/** Numbers that repeat. */
const few = (below, dtype, count, least = 0) => specOf(dtype, Array.from({ length: count }, () => least + below(9)));

/** `(a, ...more, axis, keepdims)` of floats; of no elements NumPy can't reduce several axes. */
const statistic = (more) => ({
  make(below) {
    const shape = randomShape(below);
    const args = [randomSpec(below, pick(below, FLOATS), shape), ...more(below)];
    const several = axesOf(below, shape.length);
    const axis = shape.includes(0) && Array.isArray(several) ? null : several;
    const keepdims = chance(below, 40);
    return { args: [...args, axis, keepdims], ask: { args, kwargs: { axis: Array.isArray(axis) ? { tuple: axis } : axis, keepdims } } };
  },
  refuses: true,
  same: "zeros",
});

/** Mostly from 0 to 100. */
function percents(below) {
  const one = () => pick(below, [0, 100, 50, below(101), below(1000) / 10, below(1000) / 10, chance(below, 15) ? NaN : 25]);
  return specOf("float64", Array.from({ length: below(5) }, one));
}

export const cases = {
  median: statistic(() => []),
  percentile: statistic((below) => [percents(below)]),
  bincount: {
    make(below) {
      const count = below(20);
      const least = chance(below, 20) ? -1 : 0;
      const x = few(below, pick(below, least ? SIGNED : INTEGERS), count, least);
      // Without numbers NumPy looks at no weights.
      const others = count && chance(below, 10) ? 1 : 0;
      const weights = chance(below, 50) ? null : randomSpec(below, "float64", [count + others]);
      const minlength = below(15);
      return { args: [x, weights, minlength], ask: { args: [x], kwargs: { weights, minlength }, dtype: "float64" } };
    },
    refuses: true,
  },
  histogram: {
    make(below) {
      const dtype = pick(below, [...NUMBERS, "float64", "float64"]);
      const count = below(60);
      const array = chance(below, 50) && FLOATS.includes(dtype) ? randomSpec(below, dtype, [count], { mild: true }) : few(below, dtype, count);
      const bins = chance(below, 15) ? undefined : below(12);
      const range = chance(below, 50) ? null : [below(5) / 2, below(12) / 3];
      // Of float32 everything is computed in float64 here.
      const theirs = { ...array, steps: [...array.steps, ...(dtype === "float32" ? [["astype", "float64"]] : [])] };
      return { args: [array, bins, range], ask: { args: [theirs], kwargs: { bins, range }, dtype: ["int32", null] } };
    },
    refuses: true,
  },
};
