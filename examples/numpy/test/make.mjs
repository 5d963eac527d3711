// What the cases are made of.

/**
 * @typedef {import("./numpy.test.mjs").Entry} Entry
 * @typedef {import("../../../tests/js/differential/arrays.mjs").Below} Below
 */

import { COMPLEX, FLOATS, TYPED, chance, pick, randomShape, randomSpec, whole } from "../../../tests/js/differential/arrays.mjs";
import { bytesOf } from "../../../tests/js/support/dtypes.mjs";

export * from "../../../tests/js/differential/arrays.mjs";
export { sizeOf } from "../../../tests/js/support/dtypes.mjs";

/** A single value. */
export const single = (below, dtype, mild = false) => ({ ...whole(below, dtype, [], [], mild), scalar: true });

/** Shapes that broadcast together, but for some. */
export function shapesOf(below, count) {
  const shape = randomShape(below, 0, 4);
  const shapes = Array.from({ length: count }, () =>
    shape.slice(chance(below, 20) ? below(shape.length + 1) : 0).map((n) => (chance(below, 18) ? 1 : n)),
  );
  const one = pick(below, shapes);
  if (one.length && chance(below, 8)) {
    one[below(one.length)] += 1;
  }
  return shapes;
}

/**
 * An elementwise function of so many arguments.
 *
 * @param {number} count
 * @param {string[]} dtypes
 * @param {{ first?: string, mild?: boolean } & Partial<Entry>} [options] `first` is the dtype of the first one
 * where it is another
 * @returns {Entry}
 */
export function elementwise(count, dtypes, { first, mild, ...entry } = {}) {
  const make = (below) => {
    const dtype = pick(below, dtypes);
    const shapes = shapesOf(below, count);
    const args = shapes.map((shape, i) => randomSpec(below, i === 0 && first ? first : dtype, shape, { mild }));
    if (count > 1 && !first && chance(below, 15)) {
      args[count - 1] = single(below, dtype, mild);
    }
    return { args };
  };
  return { make, ...entry };
}

/**
 * Some calls are another entry's, and compared as that one says.
 *
 * @param {Entry} entry
 * @param {Entry} other
 * @returns {Entry}
 */
export const or = (entry, other) => ({
  ...entry,
  make: (below) => (chance(below, 30) ? { same: other.same, ...other.make(below) } : entry.make(below)),
});

/** An axis, one that is not there now and then. */
export function axisOf(below, rank) {
  // An array without dimensions has no axis here; NumPy lets it have 0 and -1.
  return rank && !chance(below, 8) ? below(2 * rank) - rank : rank + 1 + below(2);
}

/** No axis, one, or several; now and then one that is not there, or one twice. */
export function axesOf(below, rank) {
  const kind = below(4);
  if (kind === 0) {
    return null;
  }
  if (kind === 1 && rank) {
    return axisOf(below, rank);
  }
  const axes = Array.from({ length: rank }, (_, axis) => (chance(below, 30) ? axis - rank : axis)).filter(() => chance(below, 45));
  return chance(below, 12) ? [...axes, axisOf(below, rank)] : axes;
}

/**
 * A reduction, `(a, axis, keepdims)`.
 *
 * @param {string[]} dtypes
 * @param {{ mild?: boolean, initial?: boolean, more?: (below: Below) => any[] } & Partial<Entry>} [options] `initial`: whether there is a
 * fourth argument, what it begins with; `more`: arguments between `axis` and `keepdims`, with NumPy's names
 */
export function reduction(dtypes, { mild, initial, more = () => [], dtype: cast, ...entry } = {}) {
  const make = (below) => {
    const dtype = pick(below, dtypes);
    const shape = randomShape(below);
    const array = randomSpec(below, dtype, shape, { mild });
    const axis = axesOf(below, shape.length);
    const between = more(below);
    const keepdims = chance(below, 40);
    const args = [array, axis, ...between.map(([, value]) => value), keepdims];
    // Sums of integers stay in their dtype here.
    const named = Object.fromEntries(between.filter(([, value]) => value !== null));
    const kwargs = { axis: Array.isArray(axis) ? { tuple: axis } : axis, keepdims, ...named };
    if (initial) {
      kwargs.dtype = dtype;
      if (chance(below, 20)) {
        kwargs.initial = single(below, dtype, mild);
        args.push(kwargs.initial);
      }
    }
    return { args: chance(below, 10) && axis === null && !keepdims && !kwargs.initial && !between.length ? [array] : args, ask: { args: [array], kwargs, dtype: cast } };
  };
  return { make, refuses: true, ...entry };
}

/**
 * An accumulation, `(a, axis)`.
 *
 * @param {string[]} dtypes
 * @param {{ mild?: boolean } & Partial<Entry>} [options]
 */
export function accumulation(dtypes, { mild, ...entry } = {}) {
  const make = (below) => {
    const dtype = pick(below, dtypes);
    const shape = randomShape(below);
    const array = randomSpec(below, dtype, shape, { mild });
    const axis = chance(below, 30) ? null : axisOf(below, shape.length);
    return { args: chance(below, 20) && axis === null ? [array] : [array, axis], ask: { args: [array], kwargs: { axis, dtype } } };
  };
  return { make, refuses: true, ...entry };
}

/** An array of one dimension. */
export function specOf(dtype, elements) {
  const data = TYPED[dtype].from(elements, dtype.endsWith("int64") ? BigInt : Number);
  return { dtype, shape: [data.length], bytes: Buffer.from(bytesOf(data)).toString("base64"), steps: [] };
}

/** With other elements in the place of all. */
export function mapped(spec, change) {
  const data = new TYPED[spec.dtype](Uint8Array.from(Buffer.from(spec.bytes, "base64")).buffer);
  return { ...spec, bytes: Buffer.from(bytesOf(data.map(change))).toString("base64") };
}

/** With 0 in the place of what is not finite. */
export function finite(spec) {
  return [...FLOATS, ...COMPLEX].includes(spec.dtype) ? mapped(spec, (x) => (Number.isFinite(x) ? x : 0)) : spec;
}
