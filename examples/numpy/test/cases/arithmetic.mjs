import assert from "node:assert/strict";
import { COMPLEX, FLOATS, NUMBERS, SIGNED, accumulation, elementwise, mapped, or, reduction } from "../make.mjs";

const WIDE = ["int32", "int64", "uint32", "uint64"];
// Sums and products of floats are added in another order than NumPy's.
const NEAR = { mild: true, same: { eps: 400 } };
const COMPLEX_NEAR = { mild: "finite", same: { eps: 400 } };
/** Of complex numbers, whose products NumPy rounds once or twice. */
const complex = (count) => elementwise(count, COMPLEX, { mild: true, same: { eps: 16 } });

/** With exponents that are not negative where they are integers: NumPy raises to no others. */
const positive = ({ args: [base, exponent] }) => ({ args: [base, SIGNED.includes(exponent.dtype) ? mapped(exponent, (x) => (x < 0 ? ~x : x)) : exponent] });

export const cases = {
  add: or(elementwise(2, NUMBERS), elementwise(2, COMPLEX)),
  subtract: or(elementwise(2, NUMBERS), elementwise(2, COMPLEX)),
  multiply: or(elementwise(2, NUMBERS), complex(2)),
  divide: or(elementwise(2, FLOATS), complex(2)),
  floorDivide: elementwise(2, NUMBERS, { refuses: true }),
  remainder: elementwise(2, NUMBERS),
  fmod: elementwise(2, NUMBERS),
  power: {
    make: (below) => positive(elementwise(2, NUMBERS).make(below)),
    same: { ulp: 4 },
    check(k) {
      const [base, negative] = [Int32Array.of(2, -2, 1, -1, -1, 0), Int32Array.of(-1, -3, -5, -3, -4, -1)];
      k.scope(() => assert.deepEqual(k.power(base, negative).toArray(), [0, 0, 1, -1, 1, 0]));
    },
  },
  negative: elementwise(1, [...NUMBERS, ...COMPLEX]),
  positive: elementwise(1, NUMBERS),
  absolute: elementwise(1, NUMBERS),
  sign: elementwise(1, NUMBERS),
  square: elementwise(1, NUMBERS),
  reciprocal: elementwise(1, FLOATS),
  copysign: elementwise(2, FLOATS),
  heaviside: elementwise(2, FLOATS),
  nextafter: elementwise(2, FLOATS),
  gcd: elementwise(2, WIDE),
  lcm: elementwise(2, WIDE),
  sum: or(reduction(NUMBERS, { ...NEAR, initial: true }), reduction(COMPLEX, { ...COMPLEX_NEAR, initial: true })),
  prod: or(reduction(NUMBERS, { ...NEAR, initial: true }), reduction(COMPLEX, { ...COMPLEX_NEAR, initial: true })),
  cumsum: or(accumulation(NUMBERS, NEAR), accumulation(COMPLEX, COMPLEX_NEAR)),
  cumprod: or(accumulation(NUMBERS, NEAR), accumulation(COMPLEX, COMPLEX_NEAR)),
};
