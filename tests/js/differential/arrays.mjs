// Random arrays: bytes with the values where dtypes break, and views of them.

import { bytesOf, sizeOf } from "../support/dtypes.mjs";

/**
 * @typedef {(n: number) => number} Below
 *
 * Whether floats stay where their sums and products can be bounded; `finite` are all near 1, products of many of them too.
 *
 * @typedef {boolean | "finite"} Mild
 */

/**
 * An array as both sides make it: bytes of a whole one, then methods that make a view.
 *
 * @typedef {{ dtype: string, shape: number[], bytes: string, steps: any[][], scalar?: boolean }} Spec
 */

export const INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"];
export const SIGNED = INTEGERS.slice(0, 4);
export const FLOATS = ["float32", "float64"];
export const NUMBERS = [...INTEGERS, ...FLOATS];
export const REAL = ["bool", ...NUMBERS];
export const COMPLEX = ["complex64", "complex128"];
export const ALL = [...REAL, ...COMPLEX];

/** @type {Record<string, any>} */
export const TYPED = {
  bool: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
  complex64: Float32Array,
  complex128: Float64Array,
};

const SPECIAL = [NaN, Infinity, -Infinity, 0, -0, 1, -1, Number.MIN_VALUE, 1e-45, -1e-40, 2.2e-308, 3.4e38, -1.7e308, 65536.5];

/**
 * One element of one of the choices.
 *
 * @template T
 * @param {Below} below
 * @param {readonly T[]} list
 */
export const pick = (below, list) => list[below(list.length)];

/**
 * @param {Below} below
 * @param {number} percent
 */
export const chance = (below, percent) => below(100) < percent;

/**
 * Numbers for a typed array of so many.
 *
 * @param {Below} below
 * @param {string} dtype
 * @param {number} count
 * @param {Mild} mild
 */
export function values(below, dtype, count, mild) {
  const Typed = TYPED[dtype];
  const array = new Typed(count);
  if (dtype === "bool") {
    return array.map(() => below(2));
  }
  if (Typed === Float32Array || Typed === Float64Array) {
    const special = mild === "finite" || chance(below, 30) ? 0 : 12;
    // Complex numbers are longer than their parts.
    const scale = mild && COMPLEX.includes(dtype) ? 0.5 : 1;
    return array.map(() => scale * float(below, Typed, mild, special));
  }
  const bits = 8 * Typed.BYTES_PER_ELEMENT;
  const wrap = (/** @type {bigint} */ value) => {
    const whole = dtype[0] === "u" ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value);
    return bits === 64 ? whole : Number(whole);
  };
  const edges = [0n, -1n, 1n, (1n << BigInt(bits - 1)) - 1n, 1n << BigInt(bits - 1)];
  return array.map(() => {
    const kind = below(4);
    if (kind === 0) {
      return wrap(pick(below, edges));
    }
    const small = BigInt(below(21) - 6);
    return wrap(kind === 1 ? (BigInt(below(2 ** 32)) << 32n) | BigInt(below(2 ** 32)) : small);
  });
}

function float(below, Typed, mild, special) {
  if (mild) {
    const sign = chance(below, 50) ? 1 : -1;
    return below(100) < special / 4 ? pick(below, [NaN, Infinity, -Infinity, 0, -0]) : sign * (0.5 + below(1 << 20) / 700000);
  }
  if (below(36) < special) {
    return pick(below, SPECIAL);
  }
  if (chance(below, 60)) {
    return (below(200) - 100) / pick(below, [1, 4, 10, 3]);
  }
  const bits = new DataView(new ArrayBuffer(8));
  bits.setUint32(0, below(2 ** 32));
  bits.setUint32(4, below(2 ** 32));
  return Typed === Float32Array ? bits.getFloat32(0) : bits.getFloat64(0);
}

/**
 * A shape of up to 6 dimensions.
 *
 * @param {Below} below
 * @param {number} [least] dimensions
 * @param {number} [most]
 */
export function randomShape(below, least = 0, most = 6) {
  const rank = least + below(most - least + 1);
  const zeros = chance(below, 12);
  const sizes = zeros ? [0, 1, 2, 3] : [1, 1, 2, 2, 3, 3, 4, 5];
  const shape = Array.from({ length: rank }, () => pick(below, sizes));
  while (sizeOf(shape) > 400) {
    shape[below(rank)] = 1 + below(2);
  }
  return shape;
}

/**
 * An array of a shape that is, more often than not, a view with strides of its own.
 *
 * @param {Below} below
 * @param {string} dtype
 * @param {readonly number[]} shape
 * @param {{ mild?: Mild, writable?: boolean }} [options] a writable one reaches each element once
 * @returns {Spec}
 */
export function randomSpec(below, dtype, shape, { mild = false, writable = false } = {}) {
  const base = [];
  const steps = [];
  if (chance(below, 35)) {
    base.push(...shape);
  } else {
    const order = shuffled(below, shape.length);
    // Of the axes as they lie: what is cut out, and what is repeated later.
    const stretched = shape.map((n) => !writable && n > 0 && chance(below, 12));
    const parts = order.map((axis) => part(below, stretched[axis] ? 1 : shape[axis]));
    base.push(...parts.map(({ size }) => size));
    const texts = parts.map(({ text }) => text);
    if (chance(below, 15)) {
      const place = below(base.length + 1);
      base.splice(place, 0, 1 + below(2));
      texts.splice(place, 0, pick(below, ["0", "-1"]));
    }
    if (texts.some((text) => text !== ":")) {
      steps.push(["slice", texts.join(", ")]);
    }
    if (order.some((axis, i) => axis !== i)) {
      steps.push(["transpose", ...shape.map((_, axis) => order.indexOf(axis))]);
    }
    if (stretched.some(Boolean)) {
      steps.push(["broadcastTo", ...shape]);
    }
  }
  return whole(below, dtype, base, steps, mild);
}

/**
 * @param {Below} below
 * @param {string} dtype
 * @param {number[]} shape
 * @param {any[][]} steps
 * @param {Mild} [mild]
 * @returns {Spec}
 */
export function whole(below, dtype, shape, steps = [], mild = false) {
  const parts = COMPLEX.includes(dtype) ? 2 : 1;
  const data = values(below, dtype, sizeOf(shape) * parts, mild);
  return { dtype, shape, bytes: Buffer.from(bytesOf(data)).toString("base64"), steps };
}

/**
 * A single value.
 *
 * @param {Below} below
 * @param {string} dtype
 * @param {Mild} [mild]
 * @returns {Spec}
 */
export const single = (below, dtype, mild = false) => ({ ...whole(below, dtype, [], [], mild), scalar: true });

/** How an axis of `n` is cut out of a longer one. */
function part(below, n) {
  const step = pick(below, [1, 1, 1, -1, -1, 2, -2, 3]);
  const before = below(2);
  if (n === 0) {
    return { size: 2 + before, text: pick(below, ["1:1", "2:", "5:9", "0:2:-1"].slice(before ? 2 : 0)) };
  }
  const reach = (n - 1) * Math.abs(step) + 1;
  const size = before + reach + below(2);
  const last = before + reach - 1;
  if (step > 0) {
    return size === n ? { size, text: ":" } : { size, text: `${before}:${last + 1}:${step}` };
  }
  return { size, text: `${last}:${before ? before - 1 : ""}:${step}` };
}

/** The numbers below `n` in some order. */
export function shuffled(below, n) {
  const order = Array.from({ length: n }, (_, i) => i);
  if (chance(below, 50)) {
    for (let i = n - 1; i > 0; i--) {
      const j = below(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
  }
  return order;
}

/**
 * The shape that several have together; null where they do not fit.
 *
 * @param {number[][]} shapes
 */
export function broadcastShape(shapes) {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  const result = [];
  for (let axis = 0; axis < rank; axis++) {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1).filter((n) => n !== 1);
    if (new Set(sizes).size > 1) {
      return null;
    }
    result.push(sizes[0] ?? 1);
  }
  return result;
}

/**
 * Shapes that broadcast together, but for some.
 *
 * @param {Below} below
 * @param {number} count
 * @param {number} [most] dimensions
 */
export function shapesOf(below, count, most = 6) {
  const shape = randomShape(below, 0, most);
  const shapes = Array.from({ length: count }, () => {
    const dropped = chance(below, 25) ? below(shape.length + 1) : 0;
    return shape.slice(dropped).map((n) => (chance(below, 18) ? 1 : n));
  });
  if (chance(below, 8)) {
    const one = pick(below, shapes);
    if (one?.length) {
      one[below(one.length)] = below(6);
    }
  }
  return shapes;
}
