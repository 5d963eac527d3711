// Random chains of views, what they print and save, and arrays made from numbers.

import { sizeOf } from "../support/dtypes.mjs";
import { importRuntime } from "../support/installed.mjs";
import { ALL, FLOATS, INTEGERS, REAL, SIGNED, chance, pick, randomShape, shuffled, whole } from "./arrays.mjs";

const { broadcasted, expanded, reshaped, resolveShape, squeezed, transposed } = await importRuntime("layout");
const { parseIndices, sliced } = await importRuntime("slicing");
const { rowMajor } = await importRuntime("strided");

/** One entry of a slice, as Python has it. */
function entry(below) {
  const kind = below(12);
  if (kind < 3) {
    return String(below(6) - 3);
  }
  if (kind === 3) {
    return "newaxis";
  }
  const bound = () => (chance(below, 40) ? "" : String(below(13) - 6));
  return `${bound()}:${bound()}${pick(below, ["", "", ":", ":1", ":2", ":-1", ":-2", ":3"])}`;
}

/** A method with arguments that mostly fit an array of so many dimensions. */
const METHODS = {
  slice(below, rank) {
    const entries = Array.from({ length: rank + (chance(below, 5) ? 1 : 0) }, () => entry(below)).slice(below(2));
    if (chance(below, 30) || !entries.length) {
      entries.splice(below(entries.length + 1), 0, "...");
    }
    return [entries.join(", ")];
  },
  at: (below, rank) => Array.from({ length: below(rank) }, () => below(4) - 2),
  transpose(below, rank) {
    const axes = chance(below, 30) ? [] : shuffled(below, rank).map((axis) => (chance(below, 20) ? axis - rank : axis));
    return chance(below, 5) && axes.length ? axes.with(0, below(4)) : axes;
  },
  reshape: (below, _, shape) =>
    pick(below, [[-1], [2, -1], [-1, 2], [1, -1, 1], [...shape, 1], [3, -1], [2, 2, -1], [...shape].reverse(), [6], [-1, 1, 4]]),
  broadcastTo(below, _, shape) {
    const target = shape.map((n) => (n === 1 ? below(3) + 1 : n));
    if (chance(below, 10) && target.length) {
      target[below(target.length)] += 1;
    }
    return [...(chance(below, 40) ? [1 + below(2)] : []), ...target];
  },
  squeeze: (below, rank) => (chance(below, 50) ? [] : [below(2 * rank + 1) - rank]),
  expandDims: (below, rank) => [below(2 * rank + 3) - rank - 1],
  ravel: () => [],
  flatten: () => [],
  copy: () => [],
};
const NAMES = Object.keys(METHODS);

/** What each method leaves, as far as later steps should know: they are made to fit. */
const LAYOUTS = {
  slice: (layout, texts) => sliced(layout, parseIndices(texts)),
  at: (layout, indices) => sliced(layout, parseIndices(indices)),
  transpose: transposed,
  reshape: (layout, target) => reshaped(layout, resolveShape(target, sizeOf(layout.shape))),
  broadcastTo: broadcasted,
  squeeze: (layout, [axis]) => squeezed(layout, axis),
  expandDims: (layout, [axis]) => expanded(layout, axis),
  ravel: ({ shape }) => packed([sizeOf(shape)]),
  flatten: ({ shape }) => packed([sizeOf(shape)]),
  copy: ({ shape }) => packed(shape),
};
const packed = (shape) => ({ shape, strides: rowMajor(shape), offset: 0 });

/** @returns {import("./cases.mjs").Case} */
export function viewCase(below) {
  const shape = randomShape(below, 0, 5);
  const dtype = pick(below, ALL);
  const spec = whole(below, dtype, shape);
  let layout = packed(shape);
  for (let step = 1 + below(4); step--; ) {
    const { shape } = layout;
    const name = pick(below, NAMES);
    // NumPy lets an array without dimensions have axes 0 and -1, which is refused here.
    if (shape.length === 0 && (name === "squeeze" || name === "at")) {
      continue;
    }
    const args = METHODS[name](below, shape.length, shape);
    spec.steps.push([name, ...args]);
    try {
      layout = LAYOUTS[name](layout, args);
    } catch {
      break;
    }
    if (!layout || sizeOf(layout.shape) > 2000) {
      break;
    }
  }
  if (chance(below, 10)) {
    const target = INTEGERS.includes(dtype) || dtype === "bool" ? pick(below, ALL) : pick(below, ["bool", dtype]);
    spec.steps.push(["astype", target]);
  }
  const op = pick(below, ["view", "view", "view", "text", "npy"]);
  return {
    kind: op === "text" ? "toString" : op === "npy" ? "toNpy" : "view",
    request: { op, name: "", args: [spec], options: {}, written: [] },
    run: (_, [array]) => (op === "text" ? String(array) : op === "npy" ? array.toNpy() : array.copy()),
  };
}

/** @returns {import("./cases.mjs").Case} */
export function createCase(below) {
  const number = () => (below(400) - 200) / pick(below, [1, 2, 4, 10, 7]);
  const whole = () => below(40) - 20;
  const name = pick(below, ["arange", "linspace", "eye", "zeros", "ones"]);
  let numbers = [];
  let options = {};
  if (name === "arange") {
    const dtype = pick(below, [...FLOATS, ...SIGNED]);
    const one = FLOATS.includes(dtype) ? number : whole;
    numbers = [[one()], [one(), one()], [one(), one(), one() || 1]][below(3)];
    options = { dtype };
  } else if (name === "linspace") {
    numbers = [number(), number(), below(20)];
    options = { dtype: pick(below, FLOATS), endpoint: chance(below, 50) };
  } else if (name === "eye") {
    numbers = [below(6), below(6)];
    options = { k: below(9) - 4, dtype: pick(below, ALL) };
  } else {
    numbers = [randomShape(below)];
    options = { dtype: pick(below, REAL) };
  }
  return {
    kind: "creation",
    request: { op: "create", name, numbers, args: [], options, written: [] },
    run: (k) => k[name](...numbers, options),
  };
}
