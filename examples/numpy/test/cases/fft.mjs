import { COMPLEX, FLOATS, axisOf, chance, finite, pick, randomShape, randomSpec } from "../make.mjs";

/** `(a, n, axis)`; everything is computed in float64 here. */
const transform = (dtypes) => ({
  make(below) {
    const shape = randomShape(below, 0, 4);
    if (shape.length && chance(below, 50)) {
      shape[below(shape.length)] += below(40);
    }
    const dtype = pick(below, dtypes);
    const array = finite(randomSpec(below, dtype, shape, { mild: true }));
    // What irfft makes of nothing is not initialized in NumPy 2.4.
    const [n, axis] = [shape.includes(0) || chance(below, 50) ? undefined : below(14) - 1, chance(below, 40) ? undefined : axisOf(below, shape.length)];
    const double = { ...array, steps: [...array.steps, ["astype", COMPLEX.includes(dtype) ? "complex128" : "float64"]] };
    return { args: [array, n, axis], ask: { args: [double], kwargs: { n, axis } } };
  },
  refuses: true,
  same: { eps: 64 },
});

export const cases = {
  fft: { ...transform([...FLOATS, ...COMPLEX]), numpy: "fft.fft" },
  ifft: { ...transform([...FLOATS, ...COMPLEX]), numpy: "fft.ifft" },
  rfft: { ...transform(FLOATS), numpy: "fft.rfft" },
  irfft: { ...transform([...FLOATS, ...COMPLEX]), numpy: "fft.irfft" },
};
