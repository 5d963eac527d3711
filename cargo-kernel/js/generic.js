// Generic kernels: one export per choice of the type parameters, chosen by the dtypes of the arguments.

import { DTYPES, ITEM } from "./abi.js";
import { addressOf, codeOfArray, OTHER } from "./array.js";
import { isArrayLike } from "./arraylike.js";
import { codeOf, holds, IS, isFloat64, scalarFrom, typedArrayName } from "./dtypes.js";
import { KernelTypeError } from "./errors.js";
import { describe, indexOf, itemOf, nameOf, paramOf, refusal } from "./messages.js";

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

/** A value that has no dtype of its own: a number, a bigint, a boolean, nested arrays. */
const WEAK = -1;

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
 * or the first dtype of the list that can hold them.
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
  const choose = (/** @type {unknown[]} */ values, /** @type {number} */ key) => {
    const kinds = kindsOf(key, values.length);
    let index = 0;
    // Of arguments that are too many for one number, several have the same.
    let lasting = Number.isSafeInteger(key);
    for (const type of types) {
      const chosen = type.choose(rt, values);
      index = index * type.list.length + chosen;
      lasting &&= type.isSettled(kinds, chosen);
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
  // Numbers that choose by what they are, where others have chosen the same.
  const known = (/** @type {unknown} */ x, /** @type {unknown} */ y) =>
    types.length === 1 && typeof x === "number" && typeof y === "number" ? instances[types[0].ofNumbers(x, y)] : undefined;
  const kinds = deciding.params.map(({ list }) => (list ? kindOfList : kindOf));
  // To look into a list takes longer than to make an array of all arguments.
  switch (kinds.includes(kindOfList) ? -1 : kinds.length) {
    // A ufunc of one type.
    case 0:
      return () => (last ??= choose([], 0));
    // An array of all arguments would take as long as the rest of a small call.
    case 1:
      return (x) => {
        const key = kindOf(rt, x);
        return key === lastKey ? last : (known(x, x) ?? recall(key) ?? choose([x], key));
      };
    case 2:
      return (x, y) => {
        const key = BASE * kindOf(rt, x) + kindOf(rt, y);
        return key === lastKey ? last : (known(x, y) ?? recall(key) ?? choose([x, y], key));
      };
    case 3:
      return (x, y, z) => {
        const key = BASE * (BASE * kindOf(rt, x) + kindOf(rt, y)) + kindOf(rt, z);
        return key === lastKey ? last : (recall(key) ?? choose([x, y, z], key));
      };
    default:
      return (...values) => {
        const key = values.reduce((/** @type {number} */ key, value, place) => BASE * key + kinds[place](rt, value), 0);
        return recall(key) ?? choose(values, key);
      };
  }
}

/** Of the number whose digits are the kinds of all arguments: more than twice the largest. */
const BASE = 32;

/**
 * The kinds of which a key was made.
 *
 * @param {number} key
 * @param {number} count
 */
function kindsOf(key, count) {
  const kinds = Array(count).fill(0);
  while (count--) {
    const rest = Math.round(key / BASE);
    kinds[count] = key - BASE * rest;
    key = rest;
  }
  return kinds;
}

/** What {@link kindOf} says of values that have no code: any of them decides as any other, but for the unknown. */
const UNKNOWN = -1;
const LEFT_OUT = -2;
const NUMBER = -3;
const BOOLEAN = -4;

/**
 * What a value is as far as a choice depends on it: the code of an array's dtype, or one of the above.
 *
 * @param {import("./arrays.js").ArrayRuntime} rt
 * @param {unknown} value
 */
function kindOf(rt, value) {
  const code = codeOfArray(value, rt);
  return code >= 0 ? code : (KIND_OF[typeof value] ?? (value === null ? LEFT_OUT : UNKNOWN));
}

/**
 * The same of a list: the code of the dtype that all of its arrays have.
 *
 * @param {import("./arrays.js").ArrayRuntime} rt
 * @param {unknown} list
 */
function kindOfList(rt, list) {
  if (!Array.isArray(list) || !list.length) {
    return list == null ? LEFT_OUT : UNKNOWN;
  }
  const code = codeOfArray(list[0], rt);
  for (let i = 1; code >= 0 && i < list.length; i++) {
    if (codeOfArray(list[i], rt) !== code) {
      return UNKNOWN;
    }
  }
  return code >= 0 ? code : UNKNOWN;
}

/** @type {Record<string, number>} */
const KIND_OF = { undefined: LEFT_OUT, number: NUMBER, boolean: BOOLEAN };

/** What values without a dtype become before anything else that could hold them; a number is no complex one. */
const DEFAULTS = ["float64", "int64", "bool"].map(codeOf);

/** One type parameter. */
class Choice {
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
    /** Those that hold numbers, as indices of the list. */
    this.numeric = this.weak.map((code) => ({ is: IS[code], index: this.list.indexOf(code) })).filter(({ is }) => is(0));
    /** Whether any number chooses the same: which integer holds one depends on the number. */
    this.takesNumbers = IS[this.weak[0]] === isFloat64;
    /** The parameters that are of this type. */
    this.places = generic.params.flatMap(({ dtype }, place) => (dtype === type ? [place] : []));
    /** Whether some of them are lists, whose arrays have places of their own. */
    this.hasLists = this.places.some((place) => generic.params[place].list);
  }

  /**
   * The places of the arguments of this type, those of the arrays where one is a list.
   *
   * @param {unknown[]} values
   */
  #placesOf(values) {
    return this.hasLists ? this.places.flatMap((place) => itemsOf(this.generic, values, place)) : this.places;
  }

  /**
   * What numbers alone make of it, as an index of its list; -1 where nothing holds both.
   *
   * @param {number} x
   * @param {number} y
   */
  ofNumbers(x, y) {
    for (let i = 0; i < this.numeric.length; i++) {
      const { is, index } = this.numeric[i];
      if (is(x) && (x === y || is(y))) {
        return index;
      }
    }
    return -1;
  }

  /**
   * Whether other arguments of the same kinds choose the same.
   *
   * @param {number[]} kinds of the arguments before they were looked at, which may have run code of theirs
   * @param {number} chosen index in the list
   */
  isSettled(kinds, chosen) {
    const own = this.places.map((place) => kinds[place]);
    return (
      own.every((kind) => kind !== UNKNOWN && (kind < 0 || kind === this.list[chosen])) &&
      (this.takesNumbers || !own.includes(NUMBER) || own.some((kind) => kind >= 0))
    );
  }

  /**
   * What it stands for, as an index of its list.
   *
   * @param {import("./arrays.js").ArrayRuntime} rt
   * @param {unknown[]} values the arguments
   */
  choose(rt, values) {
    const { list } = this;
    const places = this.#placesOf(values);
    let chosen = WEAK;
    let first = 0;
    for (let i = 0; i < places.length; i++) {
      const code = codeOfValue(rt, valueAt(values, places[i]), list);
      if (code !== WEAK && code !== chosen) {
        if (chosen !== WEAK || !list.includes(code)) {
          const as = chosen === WEAK ? "" : `${DTYPES[chosen]} as \`${nameOf(this.generic, first)}\``;
          throw this.#noInstance(places[i], `is ${DTYPES[code]}`, as);
        }
        chosen = code;
        first = places[i];
      }
    }
    return list.indexOf(chosen === WEAK ? this.#chooseWeak(rt, values, places) : chosen);
  }

  /**
   * The dtype where no argument has one.
   *
   * @param {import("./arrays.js").ArrayRuntime} rt
   * @param {unknown[]} values
   * @param {number[]} places
   */
  #chooseWeak(rt, values, places) {
    const { weak } = this;
    next: for (let i = 0; i < weak.length; i++) {
      for (let j = 0; j < places.length; j++) {
        if (!this.#fits(rt, values, places[j], weak[i])) {
          continue next;
        }
      }
      return weak[i];
    }
    // Where one of them fits nothing, it is that one; else they fit only apart.
    const place = places.find((place) => !weak.some((code) => this.#fits(rt, values, place, code))) ?? places[0];
    throw this.#noInstance(place, `is ${describe(firstOf(valueAt(values, place)))}`, "");
  }

  /**
   * Whether an argument without a dtype can be of one; what was left out can be of any.
   *
   * @param {import("./arrays.js").ArrayRuntime} rt
   * @param {unknown[]} values
   * @param {number} place
   * @param {number} code
   */
  #fits(rt, values, place, code) {
    const value = valueAt(values, place);
    // An array of an optional list is not optional.
    return (value == null && place < ITEM && paramOf(this.generic, place).optional) || fits(rt, value, code);
  }

  /**
   * The error for an argument that leaves no instance.
   *
   * @param {number} place
   * @param {string} text what it is
   * @param {string} other what it would have to be for another argument's sake
   */
  #noInstance(place, text, other) {
    const { name, dtypes } = this.generic.types[this.type];
    const list = dtypes.length < 2 ? dtypes.join() : `${dtypes.slice(0, -1).join(", ")} or ${dtypes[dtypes.length - 1]}`;
    const expected = other ? `${other}: both are of type \`${name}\`, which is ${list}` : `${list} (\`${name}\`)`;
    const facts = /** @type {import("./messages.js").Facts} */ (this.generic);
    return refusal(KernelTypeError, facts, place, `${text}, expected ${expected}`);
  }
}

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
  return Array.isArray(list) ? Array.from(list, (_, index) => itemOf(place, index)) : [];
}

/**
 * @param {unknown[]} values
 * @param {number} place
 */
const valueAt = (values, place) =>
  place < ITEM ? values[place] : /** @type {any} */ (values[place % ITEM])[indexOf(place)];

/**
 * The code of a value that has a dtype, else `WEAK`.
 *
 * @param {import("./arrays.js").ArrayRuntime} rt
 * @param {unknown} value
 * @param {number[]} list
 */
function codeOfValue(rt, value, list) {
  if (typeof value !== "object" || value === null) {
    return WEAK;
  }
  const code = codeOfArray(value, rt);
  if (code >= 0) {
    return code;
  }
  if (addressOf(value, rt) !== OTHER) {
    return WEAK;
  }
  const name = typedArrayName(isArrayLike(value) ? /** @type {any} */ (value).data : value);
  if (name === undefined) {
    return WEAK;
  }
  // The bytes of bools are a `Uint8Array` too, and complex numbers are in those of their parts.
  const own = DTYPES.findIndex((_, code) => code && holds(name, code));
  return list.includes(own) ? own : (list.find((code) => holds(name, code)) ?? own);
}

/**
 * Whether a value without a dtype can be of one; an array that was freed, or of another `load()`, is refused by whatever
 * instance gets it.
 *
 * @param {import("./arrays.js").ArrayRuntime} rt
 * @param {unknown} value
 * @param {number} code
 */
function fits(rt, value, code) {
  const first = typeof value === "object" ? firstOf(value) : value;
  return first === EMPTY || IS[code](first) || addressOf(value, rt) !== OTHER;
}

/**
 * What {@link firstOf} says of an array without elements: it is of any dtype.
 *
 * @type {readonly unknown[]}
 */
const EMPTY = [];

/**
 * The first element of nested arrays.
 *
 * @param {unknown} value
 */
function firstOf(value) {
  while (Array.isArray(value)) {
    if (!value.length) {
      return EMPTY;
    }
    value = value[0];
  }
  return value;
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
