// One type parameter of a generic kernel: which dtype arguments choose for it, and what is said where they choose none.

import { DTYPES, ITEM } from "./abi.js";
import { arraysOf } from "./arraylike.js";
import { codeOf } from "./dtypes.js";
import { KernelTypeError } from "./errors.js";
import { dtypeOf, firstOf, fits, kindOf, MIXED } from "./kinds.js";
import { describe, indexOf, itemOf, nameOf, paramOf, refusal } from "./messages.js";

/** @typedef {import("./generic.js").GenericFacts} GenericFacts */

/** What values without a dtype become before anything else that could hold them; a number is no complex one. */
const DEFAULTS = ["float64", "int64", "bool"].map(codeOf);

export class Choice {
  /**
   * @param {GenericFacts} generic
   * @param {number} type index of the type parameter
   */
  constructor(generic, type) {
    this.generic = generic;
    this.type = type;
    /** Codes of the dtypes that it can stand for. */
    this.list = generic.types[type].dtypes.map(codeOf);
    /** The same, in the order in which values without a dtype are tried. */
    this.weak = [...DEFAULTS.filter((code) => this.list.includes(code)), ...this.list];
    /** The parameters that are of this type. */
    this.places = generic.params.flatMap(({ dtype }, place) => (dtype === type ? [place] : []));
  }

  /**
   * What arguments of some kinds choose, as an index of the list; -1 where they choose nothing, or one has to look at them.
   *
   * @param {number[]} kinds of all arguments
   */
  ofKinds(kinds) {
    const own = this.places.map((place) => kinds[place]);
    return own.includes(MIXED) ? -1 : this.#choose(this.places, own);
  }

  /**
   * What arguments choose, as an index of the list.
   *
   * @param {import("./arrays.js").ArrayRuntime} rt
   * @param {unknown[]} values
   */
  choose(rt, values) {
    // The arrays of a list have places of their own.
    const places = this.places.flatMap((place) => itemsOf(this.generic, values, place));
    const kinds = places.map((place) => kindOf(rt, valueAt(values, place)));
    const chosen = this.#choose(places, kinds);
    if (chosen < 0) {
      throw this.#refusal(values, places, kinds);
    }
    return chosen;
  }

  /**
   * @param {number[]} places
   * @param {number[]} kinds
   */
  #choose(places, kinds) {
    const codes = kinds.map((kind) => dtypeOf(kind, this.list)).filter((code) => code >= 0);
    if (codes.length) {
      return codes.every((code) => code === codes[0]) ? this.list.indexOf(codes[0]) : -1;
    }
    const chosen = this.weak.find((code) => kinds.every((kind, i) => this.#fits(places[i], kind, code)));
    return chosen === undefined ? -1 : this.list.indexOf(chosen);
  }

  /**
   * @param {number} place
   * @param {number} kind
   * @param {number} code
   */
  #fits(place, kind, code) {
    // An array of an optional list is not optional.
    return fits(kind, code, place < ITEM && !!paramOf(this.generic, place).optional);
  }

  /**
   * The error for arguments that leave no instance.
   *
   * @param {unknown[]} values
   * @param {number[]} places
   * @param {number[]} kinds
   */
  #refusal(values, places, kinds) {
    const { generic, list } = this;
    const { name, dtypes } = generic.types[this.type];
    const codes = kinds.map((kind) => dtypeOf(kind, list));
    const first = codes.findIndex((code) => code >= 0);
    // What the arguments before one leave: the dtype of an array, or those that hold values without one.
    const left = (/** @type {number} */ count) =>
      first < 0
        ? list.filter((code) => kinds.slice(0, count).every((kind, i) => this.#fits(places[i], kind, code)))
        : list.filter((code) => codes.every((other, i) => i >= count || other < 0 || other === code));
    const wrong = places.findIndex((_, i) => !left(i + 1).length);
    const place = places[wrong];
    const came = DTYPES[codes[wrong]] ?? describe(firstOf(valueAt(values, place)));
    const all = orList(dtypes);
    const before = left(wrong);
    const other = first < 0 ? wrong - 1 : first;
    const isPossible = first < 0 ? wrong > 0 && before.length < list.length : wrong !== other;
    const expected = isPossible
      ? `${orList(before.map((code) => DTYPES[code]))} as \`${nameOf(generic, places[other])}\`: both are of type \`${name}\`, which is ${all}`
      : `${all} (\`${name}\`)`;
    const facts = /** @type {import("./messages.js").Facts} */ (generic);
    return refusal(KernelTypeError, facts, place, `is ${came}, expected ${expected}`);
  }
}

/** @param {string[]} names */
const orList = (names) => (names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`);

/**
 * The places of the arrays of a list, none where it is none; of any other argument its own.
 *
 * @param {GenericFacts} generic
 * @param {unknown[]} values
 * @param {number} place
 */
function itemsOf(generic, values, place) {
  if (!generic.params[place].list) {
    return [place];
  }
  const list = values[place];
  return Array.isArray(list) ? arraysOf(list).map((_, index) => itemOf(place, index)) : [];
}

/**
 * @param {unknown[]} values
 * @param {number} place
 */
const valueAt = (values, place) =>
  place < ITEM ? values[place] : /** @type {any} */ (values[place % ITEM])[indexOf(place)];
