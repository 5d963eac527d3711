// Numbers as decimal digits, by the rules of NumPy's Dragon4: the fewest digits that tell a number from its neighbours,
// and ties to the even digit.

import { DTYPES } from "./abi.js";

/**
 * A number's digits: `digits[0]` is that of 10 ** exponent.
 *
 * @typedef {{ digits: string, exponent: number }} Decimal
 */

/**
 * The fewest digits of a finite number that is not negative.
 *
 * @param {number} value
 * @param {number} code its dtype
 * @returns {Decimal}
 */
export function shortest(value, code) {
  const bits = DTYPES[code].includes("16") ? 16 : /^float32|^complex64/.test(DTYPES[code]) ? 32 : 64;
  if (bits === 64) {
    return parse(value.toExponential());
  }
  const round = bits === 32 ? Math.fround : /** @type {any} */ (Math).f16round;
  for (let count = 0; ; count++) {
    const text = rounded("toExponential", value, count);
    if (round(Number(text)) === value) {
      return parse(text);
    }
    // Below a power of two the neighbours are nearer, so that the digits next above may do where the nearest do not.
    const above = nextAbove(text);
    if (Number(text) < value && round(Number(above)) === value) {
      return parse(above);
    }
  }
}

/**
 * The text with its last digit one higher; itself where that is 9.
 *
 * @param {string} text of `toExponential`
 */
const nextAbove = (text) => text.replace(/[0-8](?=e)/, (digit) => String(Number(digit) + 1));

/** @param {string} text of `toExponential` */
function parse(text) {
  const [mantissa, exponent] = text.split("e");
  const digits = mantissa.replace(".", "").replace(/0+$/, "") || "0";
  return { digits, exponent: Number(exponent) };
}

/**
 * `toFixed` and `toExponential` take the larger of two candidates that are equally near; this takes the even one.
 *
 * @param {"toFixed" | "toExponential"} method
 * @param {number} value
 * @param {number} count of digits behind the point
 */
export function rounded(method, value, count) {
  const text = value[method](count);
  // As many digits as the language gives: a tie ends with the digit 5.
  const whole = value[method](100);
  const rest = whole.slice(whole.indexOf(".") + 1 + count).replace(/e.*/, "");
  const tie = /^50*$/.test(rest);
  return tie ? text.replace(/^([\d.]*)([13579])(?=e|$)/, (_, before, digit) => `${before}${Number(digit) - 1}`) : text;
}
