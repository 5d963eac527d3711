// Random calls of kernels that take lists of arrays, or return them.

import { ALL, broadcastShape, chance, pick, randomShape, randomSpec, shapesOf, shuffled } from "./arrays.mjs";
import { kernelOf } from "./names.mjs";

/**
 * @typedef {import("./arrays.mjs").Below} Below
 * @typedef {import("./cases.mjs").Case} Case
 */

/** How many arrays a list has, at times none. */
const listLength = (below) => (chance(below, 4) ? 0 : 1 + below(4));

/** An axis of so many, from either end; at times one that is not there. */
const axisOf = (below, rank) => (rank === 0 || chance(below, 5) ? pick(below, [rank, -rank - 1]) : below(2 * rank) - rank);

/** Shapes that are one shape, but for some; `own` is what each has for itself. */
function almostAlike(below, shape, own = (/** @type {number[]} */ shape) => shape) {
  const shapes = Array.from({ length: listLength(below) }, () => own([...shape]));
  const one = pick(below, shapes);
  if (one?.length && chance(below, 8)) {
    one[below(one.length)] += 1;
  } else if (one && chance(below, 3)) {
    chance(below, 50) ? one.pop() : one.push(1 + below(2));
  }
  return shapes;
}

/**
 * What goes in: the shapes of the list; the numbers behind it; the shape of an array that is written to.
 *
 * @type {Record<string, (below: Below) => { shapes: number[][], numbers?: number[], out?: number[], alone?: boolean }>} `alone` is
 *   one array, and the list is the result
 */
const LISTS = {
  concatenate(below) {
    const shape = randomShape(below);
    const axis = axisOf(below, shape.length);
    const at = axis < 0 ? axis + shape.length : axis;
    const shapes = almostAlike(below, shape, (own) => (at in own ? own.with(at, below(4)) : own));
    return { shapes, numbers: [axis] };
  },
  stack(below) {
    const shape = randomShape(below, 0, 5);
    return { shapes: almostAlike(below, shape), numbers: [axisOf(below, shape.length + 1)] };
  },
  split(below) {
    const shape = randomShape(below);
    const axis = axisOf(below, shape.length);
    const size = shape.at(axis) ?? 0;
    const fitting = [1, 2, 3, 4, 5].filter((n) => size % n === 0);
    const sections = chance(below, 12) ? below(7) - 1 : pick(below, fitting);
    return { shapes: [shape], numbers: [sections, axis], alone: true };
  },
  broadcast_arrays: (below) => ({ shapes: shapesOf(below, listLength(below)) }),
  add_all(below) {
    const shapes = shapesOf(below, listLength(below));
    const shape = (shapes.length && broadcastShape(shapes)) || randomShape(below);
    return { shapes, out: chance(below, 10) ? [2, ...shape] : shape };
  },
};

/** @returns {Case} */
export function listCase(below) {
  const name = pick(below, Object.keys(LISTS));
  const dtype = pick(below, ALL);
  const { shapes, numbers = [], out, alone } = LISTS[name](below);
  const args = shapes.map((shape) => randomSpec(below, dtype, shape));
  // An array may be in a list more than once.
  const again = !alone && args.length > 1 && chance(below, 15) ? [below(args.length)] : [];
  const order = [...args.keys(), ...again];
  const list = again.length ? shuffled(below, order.length).map((i) => order[i]) : order;
  const written = out ? [args.push(randomSpec(below, dtype, out, { writable: true })) - 1] : [];
  return {
    kind: `list kernel${out ? " that writes" : ""}`,
    request: { op: "list", name, args, options: { list, numbers }, written },
    run(k, args) {
      const arrays = list.map((place) => args[place]);
      return k[kernelOf(name)](alone ? arrays[0] : arrays, ...numbers, ...written.map((place) => args[place]));
    },
    refusals: ["KernelFailure", "KernelShapeError"],
  };
}
