import { COMPLEX, elementwise, pick, randomShape, randomSpec } from "../make.mjs";

/** Everything is computed in float64 here. */
const inDouble = (more = () => []) => (below) => {
  const dtype = pick(below, COMPLEX);
  const [array, rest] = [randomSpec(below, dtype, randomShape(below)), more(below)];
  const double = { ...array, steps: [...array.steps, ["astype", "complex128"]] };
  return { args: [array, ...rest], ask: { args: [double, ...rest] } };
};

export const cases = {
  conj: elementwise(1, COMPLEX),
  real: { make: inDouble() },
  imag: { make: inDouble() },
  angle: { make: inDouble((below) => pick(below, [[], [false], [true]])), same: { ulp: 6 } },
};
