// Universal functions: a kernel of scalars on arrays of any shapes.

import { HEADER_RANK, UFUNC_ACCUMULATE, UFUNC_FLAT, UFUNC_MAP, UFUNC_OUTER, UFUNC_REDUCE } from "./abi.js";
import { addressOf, OTHER } from "./array.js";
import { checkRank } from "./checks.js";
import { isComplexValue } from "./dtypes.js";
import { KernelShapeError, KernelTypeError } from "./errors.js";
import { decides, generic } from "./generic.js";
import { describe, refusal, withArticle, wrong } from "./messages.js";
import { checkOptions } from "./options.js";

/**
 * @typedef {import("./messages.js").Facts} Facts
 * @typedef {import("./generic.js").GenericFacts} GenericFacts
 * @typedef {import("./generic.js").Instance} Instance
 * @typedef {import("./arrays.js").ArrayRuntime} Runtime
 */

/** What makes folds that have names of their own. */
const NAMED = Symbol("named");

/**
 * A ufunc.
 *
 * @param {Runtime} rt
 * @param {GenericFacts} facts
 * @param {Record<string, (...values: any[]) => any>} wasm
 * @param {string} symbol the wasm exports' names up to where they differ
 * @param {string[]} suffixes of the exports
 * @param {boolean} folds whether it has `reduce`, `accumulate` and `outer`
 */
export function ufunc(rt, facts, wasm, symbol, suffixes, folds) {
  const form = (/** @type {string} */ name, /** @type {GenericFacts["params"]} */ params) => {
    const own = { ...facts, name, params };
    return new Form(rt, own, generic(rt, own, wasm, symbol, suffixes));
  };
  const arity = facts.params.length;
  const map = form(facts.name, facts.params);

  const call = (/** @type {any[]} */ ...args) => {
    const { out } = checkOptions(map.name, args[arity], ["out"]);
    const values = facts.params.map((_, place) => args[place]);
    const instance = map.choose(...values.filter((_, place) => decides(facts.params[place])));
    return map.run(instance, values, out, values.every(isScalar), (call, arrays, out) =>
      folds ? call(UFUNC_MAP, ...arrays, 0, 0, out) : call(...arrays, out),
    );
  };
  if (!folds) {
    return call;
  }

  const [a, b] = facts.params;
  const array = { ...a, name: "array" };
  const initial = { ...a, name: "initial", dims: [] };
  const rankOf = (/** @type {number} */ array) => rt.words()[(array >>> 2) + HEADER_RANK];

  /** @param {string} name */
  const reducer = (name) => {
    const reduction = form(name, [array, initial]);
    return (/** @type {any} */ value, /** @type {any} */ options) => {
      const { axis = 0, keepdims, initial, out } = checkOptions(reduction.name, options, ["axis", "keepdims", "initial", "out"]);
      if (typeof (keepdims ?? false) !== "boolean") {
        throw reduction.refuse(`option \`keepdims\` must be true or false, got ${describe(keepdims)}`);
      }
      if (initial != null && !isScalar(initial) && addressOf(initial, rt) === OTHER) {
        throw wrong(KernelTypeError, name, "initial", `must be a single value, got ${describe(initial)}`);
      }
      const values = initial == null ? [value] : [value, initial];
      const instance = reduction.choose(value, initial ?? value);
      return reduction.run(instance, values, out, true, (call, [array, initial = 0], out) => {
        const rank = rankOf(array);
        // As in NumPy, a single value has an axis to be reduced over.
        const all = rank === 0 && (axis === 0 || axis === -1) ? null : axis;
        const axes = reduction.axes(all, rank, ", several in an array, or null for all");
        return call(UFUNC_REDUCE, array, initial, axes, keepdims ? 1 : 0, out);
      });
    };
  };

  /**
   * @param {string} name
   * @param {boolean} flattens whether `null` is an axis: all elements in row-major order
   */
  const accumulator = (name, flattens) => {
    const accumulation = form(name, [array]);
    const others = flattens ? ", or null for all" : "";
    return (/** @type {any} */ value, /** @type {any} */ options) => {
      const { axis = 0, out } = checkOptions(accumulation.name, options, ["axis", "out"]);
      return accumulation.run(accumulation.choose(value), [value], out, false, (call, [array], out) => {
        const flat = flattens && axis === null;
        const along = flat ? UFUNC_FLAT : 31 - Math.clz32(accumulation.axes([axis], rankOf(array), others));
        return call(UFUNC_ACCUMULATE, array, 0, along, 0, out);
      });
    };
  };

  const product = form(`${facts.name}.outer`, [a, b]);
  return Object.assign(call, {
    [NAMED]: { reducer, accumulator },
    reduce: reducer(`${facts.name}.reduce`),
    accumulate: accumulator(`${facts.name}.accumulate`, false),
    outer(/** @type {any} */ x, /** @type {any} */ y, /** @type {any} */ options) {
      const { out } = checkOptions(product.name, options, ["out"]);
      return product.run(product.choose(x, y), [x, y], out, isScalar(x) && isScalar(y), (call, [x, y], out) => {
        checkRank(product.name, rankOf(x) + rankOf(y));
        return call(UFUNC_OUTER, x, y, 0, 0, out);
      });
    },
  });
}

/**
 * A ufunc's `reduce` under a name of its own, over all axes by default: the sum of an addition.
 *
 * @param {any} ufunc
 * @param {string} name
 */
export function reduction(ufunc, name) {
  const reduce = ufunc[NAMED].reducer(name);
  return (/** @type {any} */ array, /** @type {any} */ axis = null, /** @type {any} */ keepdims, /** @type {any} */ initial) =>
    reduce(array, { axis, keepdims, initial });
}

/**
 * A ufunc's `accumulate` under a name of its own, of all elements in row-major order by default.
 *
 * @param {any} ufunc
 * @param {string} name
 */
export function accumulation(ufunc, name) {
  const accumulate = ufunc[NAMED].accumulator(name, true);
  return (/** @type {any} */ array, /** @type {any} */ axis = null) => accumulate(array, { axis });
}

/** One of the forms in which a ufunc is called: itself, or one of its methods. */
class Form {
  /**
   * What is known of each instance, with `out` among its arguments.
   *
   * @type {Map<Instance, Facts>}
   */
  #facts = new Map();
  #rt;

  /**
   * @param {Runtime} rt
   * @param {GenericFacts} facts
   * @param {(...values: unknown[]) => Instance} choose
   */
  constructor(rt, { name, params }, choose) {
    this.#rt = rt;
    this.name = name;
    this.arity = params.length;
    this.choose = choose;
  }

  /**
   * Applies an instance and returns its result.
   *
   * @param {Instance} instance
   * @param {unknown[]} values the arrays
   * @param {unknown} out none where it is undefined or null
   * @param {boolean} single whether a result without dimensions is a single value
   * @param {(call: Instance["call"], headers: number[], out: number) => number} apply
   */
  run(instance, values, out, single, apply) {
    const rt = this.#rt;
    const facts = this.#factsOf(instance);
    const place = this.arity;
    if (out != null && addressOf(out, rt) === OTHER) {
      const wanted = withArticle(`NdArray of ${facts.params[place].dtype}`);
      throw refusal(KernelTypeError, facts, place, `must be ${wanted}, got ${describe(out)}`);
    }
    const mark = rt.enter();
    try {
      const headers = values.map((value, i) => rt.input(value, facts, i));
      const result = apply(instance.call, headers, out == null ? 0 : rt.input(out, facts, place));
      if (rt.status[0] !== 0) rt.raise(facts);
      rt.leave(mark);
      if (out != null) {
        return out;
      }
      return single ? rt.single(result) : rt.output(result);
    } catch (error) {
      throw rt.trapped(error, facts, mark);
    }
  }

  /** @param {Instance} instance */
  #factsOf(instance) {
    let facts = this.#facts.get(instance);
    if (!facts) {
      const { params, results } = instance.facts;
      const out = { ...results[0], name: "out", mutable: true };
      facts = { name: this.name, params: [...params, out], results };
      this.#facts.set(instance, facts);
    }
    return facts;
  }

  /**
   * A bit for each axis that is meant.
   *
   * @param {unknown} axis
   * @param {number} rank
   * @param {string} others what it may be besides an integer
   */
  axes(axis, rank, others) {
    if (axis === null) {
      return 2 ** rank - 1;
    }
    let axes = 0;
    for (const item of Array.isArray(axis) ? axis : [axis]) {
      if (!Number.isInteger(item)) {
        throw this.refuse(`option \`axis\` must be an integer${others}, got ${describe(item)}`);
      }
      const index = item < 0 ? item + rank : item;
      if (index < 0 || index >= rank) {
        const text = `axis ${item} does not exist, the array has ${rank} dimension${rank === 1 ? "" : "s"}`;
        throw new KernelShapeError(`\`${this.name}\`: ${text}`, { kernel: this.name, argument: "axis" });
      }
      if (axes & (1 << index)) {
        throw this.refuse(`axis ${item} is given twice`);
      }
      axes |= 1 << index;
    }
    return axes >>> 0;
  }

  /** @param {string} text */
  refuse(text) {
    return new KernelTypeError(`\`${this.name}\`: ${text}`, { kernel: this.name });
  }
}

/**
 * Whether an argument is a single value and not an array.
 *
 * @param {unknown} value
 */
const isScalar = (value) => typeof value !== "object" || isComplexValue(value);
