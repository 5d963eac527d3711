import { FLOATS, elementwise } from "../make.mjs";

/** The errors of both sides together. */
const ulp = (ulp) => ({ same: { ulp } });
const of1 = (most = 5) => elementwise(1, FLOATS, ulp(most));
const of2 = (most = 5) => elementwise(2, FLOATS, ulp(most));

export const cases = {
  exp: of1(),
  exp2: of1(),
  expm1: of1(),
  log: of1(),
  log2: of1(),
  log10: of1(),
  log1p: of1(),
  sigmoid: of1(),
  sqrt: elementwise(1, FLOATS),
  cbrt: of1(),
  sin: of1(),
  cos: of1(),
  tan: of1(),
  arcsin: of1(),
  arccos: of1(),
  arctan: of1(),
  sinh: of1(),
  cosh: of1(),
  tanh: of1(),
  arcsinh: of1(),
  arccosh: of1(),
  arctanh: of1(),
  arctan2: of2(),
  hypot: of2(),
  // Near 1 the sum of two parts is nearly 0.
  logaddexp: elementwise(2, FLOATS, { same: { eps: 4 } }),
  logaddexp2: elementwise(2, FLOATS, { same: { eps: 4 } }),
  degrees: of1(2),
  radians: of1(2),
  // The sine of an angle that was rounded.
  sinc: elementwise(1, FLOATS, { mild: true, same: { eps: 16 } }),
};
