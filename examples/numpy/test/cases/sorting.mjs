import { REAL, axisOf, chance, finite, pick, randomShape, randomSpec, single, specOf, values } from "../make.mjs";

/** `(a, axis)`, the last axis where it is left out, or `null`. */
const alongAxis = (ask) => (below) => {
  const shape = randomShape(below, 1);
  const array = randomSpec(below, pick(below, REAL), shape);
  const axis = chance(below, 25) ? undefined : axisOf(below, shape.length);
  return { args: [array, axis ?? pick(below, [undefined, null])], ask: { args: [array], ...ask({ axis }) } };
};

const anyArray = (ask) => (below) => ({ args: [randomSpec(below, pick(below, REAL), randomShape(below))], ask });

const firstFinite = ({ args: [array], ask }) => ({ args: [finite(array)], ask });

export const cases = {
  sort: { make: alongAxis((kwargs) => ({ kwargs })), refuses: true, same: "zeros" },
  argsort: { make: alongAxis((kwargs) => ({ kwargs: { ...kwargs, kind: "stable" }, dtype: "int32" })), refuses: true },
  searchsorted: {
    make(below) {
      const dtype = pick(below, REAL);
      const sorted = specOf(dtype, values(below, dtype, below(9), false).sort());
      const wanted = chance(below, 10) ? single(below, dtype) : randomSpec(below, dtype, randomShape(below));
      const right = chance(below, 50);
      return {
        args: [sorted, wanted, ...(right ? [true] : pick(below, [[], [false]]))],
        ask: { args: [sorted, wanted], kwargs: { side: right ? "right" : "left" }, dtype: "int32" },
      };
    },
  },
  unique: { make: anyArray({}), same: "zeros" },
  uniqueCounts: { make: anyArray({ dtype: [null, "int32"] }), same: "zeros" },
  // Which of several NaN is which is open in NumPy.
  uniqueInverse: { make: (below) => firstFinite(anyArray({ dtype: [null, "int32"] })(below)), same: "zeros" },
  uniqueAll: { make: anyArray({ dtype: [null, "int32", "int32", "int32"] }), same: "zeros" },
};
