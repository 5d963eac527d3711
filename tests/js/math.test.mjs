// `kernel_runtime::math` in wasm: the loops are vectorised, and the values are those of native code.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Disassembly, hasVectorLoop } from "./support/disassembly.mjs";
import { importInstalled, installed } from "./support/installed.mjs";

const { load } = await importInstalled();

const sigmoid = (/** @type {number} */ x) => 1 / (1 + Math.exp(-x));
const UNARY = {
  exp: Math.exp, exp2: (x) => 2 ** x, expm1: Math.expm1, ln: Math.log, log2: Math.log2, log10: Math.log10, log1p: Math.log1p,
  sin: Math.sin, cos: Math.cos, tan: Math.tan, asin: Math.asin, acos: Math.acos, atan: Math.atan,
  sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh, cbrt: Math.cbrt, sigmoid,
};
const BINARY = { atan2: Math.atan2, pow: Math.pow, hypot: Math.hypot };
const SUMS = ["Sum", "SumOfSquares", "Dot", "SquaredDistance"];
const snake = (/** @type {string} */ name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/^_/, "");
const pascal = (/** @type {string} */ name) => name[0].toUpperCase() + name.slice(1);

describe("values", () => {
  let k;
  before(async () => {
    k = await load({ threads: false });
  });
  after(() => k.dispose());

  for (const [ty, Array, tolerance] of [["F32", Float32Array, 2 ** -22], ["F64", Float64Array, 2 ** -50]]) {
    const x = Array.from({ length: 1003 }, (_, i) => (i + 1) / 1010);
    const y = Array.from(x, (x) => 3 * x - 1);
    const close = (got, want) => {
      got.forEach((value, i) => {
        const error = Math.abs(value - want[i]);
        assert.ok(error <= tolerance * Math.abs(want[i]), `${value}, not ${want[i]}, at ${x[i]}`);
      });
    };

    test(`${ty}: all functions`, () => {
      for (const [name, reference] of Object.entries(UNARY)) {
        close(k[`math${pascal(name)}${ty}`](x).toTypedArray(), [...x].map(reference));
      }
      for (const [name, reference] of Object.entries(BINARY)) {
        close(k[`math${pascal(name)}${ty}`](x, x.map((x) => 2 * x)).toTypedArray(), [...x].map((x) => reference(x, Array.of(2 * x)[0])));
      }
      close(k[`mathErf${ty}`](Array.of(0.5, 1, 2)).toTypedArray(), [0.5204998778130465, 0.8427007929497149, 0.9953222650189527]);
    });

    test(`${ty}: special values`, () => {
      const edges = Array.of(NaN, Infinity, -Infinity, 0, -0);
      const of = (name) => [...k[`math${name}${ty}`](edges).data];
      assert.deepEqual(of("Exp"), [NaN, Infinity, 0, 1, 1]);
      assert.deepEqual(of("Ln"), [NaN, Infinity, NaN, -Infinity, -Infinity]);
      assert.deepEqual(of("Sin"), [NaN, NaN, NaN, 0, -0]);
      assert.deepEqual(of("Tanh"), [NaN, 1, -1, 0, -0]);
      assert.deepEqual(of("Sigmoid"), [NaN, 1, 0, 0.5, 0.5]);
      assert.deepEqual(of("Cbrt"), [NaN, Infinity, -Infinity, 0, -0]);
    });

    test(`${ty}: sums`, () => {
      const pairs = [...x].map((x, i) => [x, y[i]]);
      const total = (term) => pairs.reduce((sum, [x, y]) => sum + term(x, y), 0);
      close([k[`mathSum${ty}`](x)], [total((x) => x)]);
      close([k[`mathSumOfSquares${ty}`](x)], [total((x) => x * x)]);
      close([k[`mathDot${ty}`](x, y)], [total((x, y) => x * y)]);
      close([k[`mathSquaredDistance${ty}`](x, y)], [total((x, y) => (x - y) ** 2)]);
    });
  }
});

describe("the loops hold vector arithmetic", () => {
  const wasm = new Disassembly(join(installed().folder, "sequential.wasm"));
  for (const [ty, lanes] of [["f32", "f32x4|f64x2"], ["f64", "f64x2"]]) {
    for (const name of [...Object.keys(UNARY), "erf", ...Object.keys(BINARY), ...SUMS.map(snake)]) {
      test(`${name} of ${ty}`, () => {
        const kernel = wasm.kernel(`math_${name}_${ty}`);
        assert.ok(wasm.reached(kernel).some((body) => hasVectorLoop(body, lanes)), "no vectorised loop");
      });
    }
  }
});
