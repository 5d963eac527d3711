// Generic kernels: one export per choice of the type parameters, chosen by the dtypes of the arguments.

import { DTYPES } from "./abi.js";
import { Choice } from "./choice.js";
import { codeOf, IS, scalarFrom } from "./dtypes.js";
import { kindOf, kindOfList, KINDS } from "./kinds.js";

/**
 * What is known of a generic kernel: a dtype that is a number is the index of a type parameter.
 *
 * @typedef {{ name: string, dtypes: string[] }} TypeParam
 * @typedef {{ name: string, types: TypeParam[], params: GenericParam[], results: GenericResult[] }} GenericFacts
 * @typedef {{ name: string, dtype: string | number, dims?: (string | number)[], list?: boolean, mutable?: boolean, optional?: boolean }} GenericParam
 * @typedef {{ dtype: string | number, dims?: (string | number)[], list?: boolean, single?: boolean }} GenericResult
 *
 * @typedef {(...values: any[]) => any} Call
 */

/**
 * A kernel for one choice of its type parameters.
 *
 * @typedef {object} Instance
 * @property {import("./messages.js").Facts} facts
 * @property {Call} call the wasm export
 * @property {((value: unknown) => boolean)[]} is whether a value fits a scalar parameter, by place
 * @property {(result: any) => unknown} from the JavaScript value of the one scalar result
 */

/**
 * Whether the arguments for a parameter choose the instance: its dtype is a type parameter.
 *
 * @param {GenericParam} param
 */
export const decides = ({ dtype }) => typeof dtype === "number";

/**
 * The instances of a generic kernel, as a function that chooses one for the arguments of a call that decide.
 *
 * An array decides by its dtype; values without one follow it, and alone they are float64, int64 or bool, as in `array()`,
 * or the first dtype of the list that can hold them. All this depends on the kinds of the arguments, so what was chosen for
 * some kinds is chosen once.
 *
 * @param {import("./arrays.js").ArrayRuntime} rt
 * @param {GenericFacts} generic
 * @param {Record<string, Call>} wasm
 * @param {string} symbol the wasm exports' names up to where they differ
 * @param {string[]} suffixes of the exports, the last type parameter varying fastest
 * @returns {(...values: unknown[]) => Instance}
 */
export function generic(rt, generic, wasm, symbol, suffixes) {
  const deciding = { ...generic, params: generic.params.filter(decides) };
  const types = generic.types.map((_, type) => new Choice(deciding, type));
  /** @type {Instance[]} */
  const instances = [];
  /** @type {Map<number, Instance>} */
  const settled = new Map();
  // Calls in a row mostly have arguments of the same kinds.
  let lastKey = NaN;
  /** @type {any} */
  let last;
  const choose = (/** @type {number} */ key, /** @type {number[]} */ kinds, /** @type {unknown[]} */ values) => {
    let index = 0;
    // Of arguments that are too many for one number, several have the same.
    let lasting = Number.isSafeInteger(key);
    for (const type of types) {
      let chosen = type.ofKinds(kinds);
      if (chosen < 0) {
        // The arguments are looked at again, and may be others by now.
        chosen = type.choose(rt, values);
        lasting = false;
      }
      index = index * type.list.length + chosen;
    }
    const chosen = (instances[index] ??= instance(generic, types, index, wasm[symbol + suffixes[index]]));
    if (lasting) {
      settled.set(key, chosen);
    }
    return chosen;
  };
  const recall = (/** @type {number} */ key) => {
    const chosen = settled.get(key);
    if (chosen) {
      [lastKey, last] = [key, chosen];
    }
    return chosen;
  };
  const looks = deciding.params.map(({ list }) => (list ? kindOfList : kindOf));
  const count = looks.length;
  // To look into a list takes longer than to make an array of all arguments, which takes as long as the rest of a small call.
  if (count > 3 || looks.includes(kindOfList)) {
    return (...values) => {
      const kinds = values.map((value, place) => looks[place](rt, value));
      const key = kinds.reduce((key, kind) => KINDS * key + kind, 0);
      return recall(key) ?? choose(key, kinds, values);
    };
  }
  return (x, y, z) => {
    const i = kindOf(rt, x);
    const j = count > 1 ? kindOf(rt, y) : 0;
    const k = count > 2 ? kindOf(rt, z) : 0;
    const key = KINDS * (KINDS * i + j) + k;
    return key === lastKey ? last : (recall(key) ?? choose(key, [i, j, k], [x, y, z]));
  };
}

/**
 * @param {GenericFacts} generic
 * @param {Choice[]} types
 * @param {number} index
 * @param {Call} call
 * @returns {Instance}
 */
function instance(generic, types, index, call) {
  /** @type {string[]} */
  const dtypes = [];
  for (const { type, list } of [...types].reverse()) {
    dtypes[type] = DTYPES[list[index % list.length]];
    index = Math.floor(index / list.length);
  }
  const resolve = (/** @type {any} */ value) => ({ ...value, dtype: dtypes[value.dtype] ?? value.dtype });
  const params = generic.params.map(resolve);
  const results = generic.results.map(resolve);
  return {
    facts: { name: generic.name, params, results },
    call,
    is: params.map(({ dtype }) => IS[codeOf(dtype)]),
    from: scalarFrom(results[0]?.dtype),
  };
}
