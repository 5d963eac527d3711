// Complex arrays: interleaved typed arrays, `{ re, im }`, and kernels that take and return them.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { bytesOf, sizeOf } from "./support/dtypes.mjs";
import { importInstalled } from "./support/installed.mjs";
import { assertRefused } from "./support/refused.mjs";

const kernels = await importInstalled();
const { load } = kernels;

const PARTS = [0, -0, 1.5, -2.25, Infinity, -Infinity, NaN, 1e-40];

for (const threads of [false, 2]) {
  describe(threads ? "threaded" : "sequential", () => {
    let k;
    let alive;
    before(async () => {
      k = await load({ threads });
    });
    after(() => k.dispose());
    beforeEach(() => {
      alive = k.memory;
    });
    afterEach(() => assert.deepEqual(k.memory, alive));

    for (const [dtype, stem, Type] of [["complex64", "sameC64", Float32Array], ["complex128", "sameC128", Float64Array]]) {
      test(`${dtype} arrays of rank 0 to 6 come back unchanged`, () => {
        for (let rank = 0; rank <= 6; rank++) {
          for (const shape of [[2, 3, 1, 2, 3, 2], [2, 0, 3, 1, 2, 1]].map((shape) => shape.slice(0, rank))) {
            const data = Type.from({ length: 2 * sizeOf(shape) }, (_, i) => PARTS[i % PARTS.length]);
            k.scope(() => {
              const x = k.array(data, { shape, dtype });
              for (const kernel of [`${stem}R${rank}`, `${stem}Rd`]) {
                const y = k[kernel](x);
                assert.deepEqual([y.dtype, [...y.shape]], [dtype, shape], kernel);
                assert.ok(y.data instanceof Type);
                assert.deepEqual(bytesOf(y.data), bytesOf(data), kernel);
              }
            });
          }
        }
      });

      test(`${dtype} views pass as they are`, () => {
        k.scope(() => {
          const x = k.array(Type.from({ length: 24 }, (_, i) => i), { shape: [3, 4], dtype });
          const y = k[`${stem}R2`](x.T.slice("::-1, 1:"));
          assert.deepEqual(y.toArray(), [7, 6, 5, 4].map((n) => [n, n + 4].map((n) => ({ re: 2 * n, im: 2 * n + 1 }))));
          assert.deepEqual(x.at(2, -1), { re: 22, im: 23 });
          assert.deepEqual([...x.slice(1, "::3").toTypedArray()], [8, 9, 14, 15]);
          assert.deepEqual(x.strides, [4, 1]);
          x.set({ re: -1, im: 1 }, 0, 0);
          x.set(5, 0, 1);
          assert.deepEqual([...x.data.slice(0, 4)], [-1, 1, 5, 0]);
          x.T.fill({ re: 1, im: 2 });
          assert.deepEqual([...x.data.slice(-2)], [1, 2]);
        });
      });

      test(`${dtype} arguments: interleaved, nested, shaped like arrays`, () => {
        k.scope(() => {
          const wanted = [{ re: 1, im: 2 }, { re: 3, im: 0 }];
          const same = k[`${stem}R1`];
          assert.deepEqual(same(Type.of(1, 2, 3, 0)).toArray(), wanted);
          assert.deepEqual(same([{ re: 1, im: 2 }, 3]).toArray(), wanted);
          assert.deepEqual(same({ data: Type.of(3, 0, 1, 2), shape: [2], strides: [-1], offset: 1 }).toArray(), wanted);
          assert.deepEqual(k[`${stem}R0`]({ re: 1, im: 2 }).toArray(), wanted[0]);
          assert.deepEqual(k[`${stem}R0`](3).toArray(), wanted[1]);
        });
        assertRefused(kernels, "KernelShapeError", () => k[`${stem}R1`](Type.of(1, 2, 3)), ["`x`", "3 numbers", dtype]);
        assertRefused(kernels, "KernelTypeError", () => k[`${stem}R1`](["1"]), ["`x[0]`", "{ re, im }", dtype]);
        assertRefused(kernels, "KernelTypeError", () => k[`${stem}R1`]([{ re: 1 }]), ["`x[0]`", "{ re, im }"]);
      });
    }

    test("`array` makes complex arrays of what looks like them", () => {
      k.scope(() => {
        assert.equal(k.array([[{ re: 1, im: 2 }, 3]]).dtype, "complex128");
        assert.deepEqual(k.array({ re: 1, im: 2 }).toArray(), { re: 1, im: 2 });
        assert.deepEqual(k.array([1, 2], { dtype: "complex64" }).toArray(), [{ re: 1, im: 0 }, { re: 2, im: 0 }]);
        assert.deepEqual([...k.array(new Float32Array(12), { dtype: "complex64", shape: [2, 3] }).shape], [2, 3]);
      });
      assertRefused(kernels, "KernelShapeError", () => k.array(Float32Array.of(1), { dtype: "complex64" }), ["`array`", "1 numbers"]);
      assertRefused(kernels, "KernelShapeError", () => k.array(new Float32Array(4), { dtype: "complex64", shape: [4] }), ["2 elements", "4"]);
      assertRefused(kernels, "KernelTypeError", () => k.array(new Float64Array(2), { dtype: "complex64" }), ["complex64", "Float64Array"]);
      assertRefused(kernels, "KernelTypeError", () => k.array([1, { re: 1, im: 2 }]), ["`data[1]`", "float64"]);
    });

    test("kernels write complex arrays in place, and return them among others", () => {
      const passed = Float32Array.of(1, 2, 3, -4);
      k.conjugate(passed);
      assert.deepEqual([...passed], [1, -2, 3, 4]);
      k.scope(() => {
        const x = k.array(passed, { dtype: "complex64" });
        k.conjugate(x.slice("1:"));
        assert.deepEqual(x.toArray(), [{ re: 1, im: -2 }, { re: 3, im: -4 }]);
        assertRefused(kernels, "KernelTypeError", () => k.conjugate(k.zeros(2)), ["`conjugate`", "complex64", "float64"]);
        const [points, count] = k.polar([1, 2], [0, Math.PI / 2]);
        assert.deepEqual([count, points.dtype, points.at(0)], [2, "complex128", { re: 1, im: 0 }]);
        assert.ok(Math.abs(points.at(1).im - 2) < 1e-15);
      });
    });
  });
}
