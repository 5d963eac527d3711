// Converting elements, as a cast in C does.

import { DTYPES } from "./abi.js";
import { partsOf } from "./dtypes.js";

/**
 * Numbers lose their fraction in integers, and what is out of range wraps around, as in typed arrays; what is not finite
 * becomes 0 there. All but 0 is true. A complex number loses its imaginary part in what is not complex.
 *
 * @param {any} elements
 * @param {number} from their dtype
 * @param {any} target as many elements
 * @param {number} to its dtype
 */
export function cast(elements, from, target, to) {
  const [parts, targetParts] = [partsOf(from), partsOf(to)];
  const convert = converter(elements, target, DTYPES[to] === "bool");
  const size = target.length / targetParts;
  for (let i = 0; i < size; i++) {
    const imaginary = parts === 2 ? elements[2 * i + 1] : 0;
    if (targetParts === 2) {
      target[2 * i] = convert(elements[parts * i]);
      target[2 * i + 1] = imaginary;
    } else {
      target[i] = DTYPES[to] === "bool" && imaginary !== 0 ? 1 : convert(elements[parts * i]);
    }
  }
}

/**
 * @param {any} elements
 * @param {any} target
 * @param {boolean} bool
 * @returns {(value: any) => any}
 */
function converter(elements, target, bool) {
  const isBig = (/** @type {any} */ array) => array instanceof BigInt64Array || array instanceof BigUint64Array;
  if (bool) {
    return (value) => (value == 0 ? 0 : 1);
  }
  if (isBig(elements) === isBig(target)) {
    return (value) => value;
  }
  if (isBig(target)) {
    return (value) => BigInt(Number.isFinite(value) ? Math.trunc(value) : 0);
  }
  // As a number, a large bigint would lose the bits that an integer keeps.
  const integers = Number.isInteger(target.constructor.of(0.5)[0]);
  return integers ? (value) => Number(BigInt.asIntN(32, value)) : target instanceof Float32Array ? toOdd : Number;
}

const scratch = new Float64Array(1);
const bits = new BigInt64Array(scratch.buffer);

/**
 * A bigint as a float64 whose last bit says whether anything was lost, so that a float32 is rounded as from the bigint
 * (Boldo and Melquiond, "Emulation of FMA and Correctly Rounded Sums: Proved Algorithms Using Rounding to Odd", 2008).
 *
 * @param {bigint} value
 */
function toOdd(value) {
  const nearest = Number(value);
  const rest = value - BigInt(nearest);
  if (rest === 0n) {
    return nearest;
  }
  scratch[0] = nearest;
  // Towards 0, as the bits of a number are counted.
  if (rest < 0n === nearest > 0) {
    bits[0] -= 1n;
  }
  bits[0] |= 1n;
  return scratch[0];
}
