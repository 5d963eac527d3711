// What the cases are made of.

import { broadcastShape, chance, pick, randomShape, randomSpec, whole } from "../../../tests/js/differential/arrays.mjs";

export * from "../../../tests/js/differential/arrays.mjs";

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
 * @param {{ first?: string, mild?: boolean } & Partial<import("./numpy.test.mjs").Entry>} [options] `first` is the dtype of the first one
 * where it is another
 * @returns {import("./numpy.test.mjs").Entry}
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

/** An axis, one that is not there now and then. */
export function axisOf(below, rank) {
  return rank && !chance(below, 8) ? below(2 * rank) - rank : rank + below(2);
}

export { broadcastShape };
