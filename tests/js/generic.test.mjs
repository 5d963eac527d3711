// Generic kernels: the instance that arguments choose, and what no instance takes.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { DTYPES } from "./support/dtypes.mjs";
import { importInstalled } from "./support/installed.mjs";
import { assertRefused } from "./support/refused.mjs";

const kernels = await importInstalled();
const { load } = kernels;

for (const threads of [false, 2]) {
  describe(threads ? "threaded" : "sequential", () => {
    let k;
    before(async () => {
      k = await load({ threads });
    });
    after(() => k.dispose());

    const refused = (call, texts) => assertRefused(kernels, "KernelTypeError", call, texts);

    test("a resident array chooses by its dtype", () => {
      for (const dtype of ["int32", "float32", "float64"]) {
        const x = k.array([1, 2, 4], { dtype });
        assert.equal(k.genericSum(x), 7);
        x.free();
      }
      // Wraps as i32, rounds as f32, does neither as f64.
      const big = [2 ** 31 - 1, 1];
      assert.equal(k.genericSum(Int32Array.from(big)), -(2 ** 31));
      assert.equal(k.genericSum(Float32Array.from(big)), 2 ** 31);
      assert.equal(k.genericSum(Float64Array.from([2 ** 31 - 1, 0.5])), 2 ** 31 - 0.5);
    });

    test("a result of any shape is a single value where it has no dimensions, if the kernel says so", () => {
      const x = k.array([[1, 2, 3], [4, 5, 6]]);
      assert.deepEqual(k.genericSums(x), [21, 6]);
      assert.equal(k.genericFirst([[2n ** 64n - 1n, 3n]]), 2n ** 64n - 1n);
      assert.equal(k.genericFirst([true]), true);
      assert.deepEqual(k.genericFirst([{ re: 1, im: -2 }]), { re: 1, im: -2 });
      const alive = k.memory.arrays;
      const [sums, counts] = k.genericSums(x, 1);
      assert.deepEqual([sums.toArray(), counts.toArray()], [[6, 15], [3, 3]]);
      assert.equal(k.memory.arrays, alive + 2);
      [x, sums, counts].forEach((array) => array.free());
    });

    test("nested arrays and scalars follow the arrays, and are float64, int64 or bool alone", () => {
      const y = k.array([1, 2], { dtype: "int16" });
      assert.equal(k.genericAxpy(10, [1, 2], y), 2);
      assert.deepEqual([y.dtype, y.toArray()], ["int16", [11, 22]]);
      assert.equal(k.genericSum([0.5, 2]), 2.5);
      assert.equal(k.genericSame(7n), 7n);
      assert.equal(k.genericSame(true), true);
      assert.equal(k.genericSame(7), 7);
      // No float64 in the list: the first that can hold it.
      assert.equal(k.genericSame(300), 300);
      assert.equal(k.genericSame(1.1), Math.fround(1.1));
      assert.equal(k.genericSame(2n ** 64n - 1n), 2n ** 64n - 1n);
      y.free();
    });

    test("every instance of a product is there, with its own bytes", () => {
      const scalars = { bool: true, uint32: 2 ** 32 - 1, uint64: 2n ** 64n - 1n, float32: 1.5 };
      for (const [dtype, value] of Object.entries(scalars)) {
        for (const { name, edges, array } of DTYPES.filter(({ rust }) => ["bool", "i8", "u16", "i64", "f64"].includes(rust))) {
          // A scalar has no dtype of its own: of two that can hold it the first of the list is meant.
          const t = k.array(edges, { dtype: name });
          const [s, same, bytes] = k.genericPair(value, t);
          assert.deepEqual([s, same.dtype, bytes], [value, name, array.BYTES_PER_ELEMENT], `${dtype}, ${name}`);
          assert.deepEqual(same.toArray(), t.toArray());
          same.free();
          t.free();
        }
      }
    });

    test("what one call chose says nothing about other kinds of arguments", () => {
      const [t, u] = [k.array([1, 2], { dtype: "int16" }), k.array([1.5, 2.5], { dtype: "float64" })];
      const i = k.array([1], { dtype: "int32" });
      const values = [[3, 3], [1.1, Math.fround(1.1)], [300, 300], [true, true], [7n, 7n], [2n ** 63n, 2n ** 63n]];
      for (let round = 0; round < 3; round++) {
        for (const [value, same] of values) {
          assert.equal(k.genericSame(value), same);
        }
        for (const [x, sum] of [[i, 1], [[2.5], 2.5], [Float32Array.of(3), 3], [{ data: Int32Array.of(4), shape: [1] }, 4]]) {
          assert.deepEqual([k.genericSum(x), k.genericSum(x)], [sum, sum]);
        }
        for (const array of [t, u]) {
          const before = array.toArray()[1];
          assert.equal(k.genericAxpy(0, [1, 2], array), before);
          assert.equal(k.genericAxpy(0, array.toTypedArray(), array), before);
        }
        const mixed = { data: Float32Array.of(1, 2), shape: [2] };
        refused(() => k.genericAxpy(0, mixed, u), ["argument `y` is float64, expected float32 as `x`"]);
        refused(() => k.genericAxpy(0, null, u), ["argument `x`"]);
      }
      [t, u, i].forEach((array) => array.free());
    });

    test("numbers and bigints alone take the first dtype that holds them, at every edge, in any order", () => {
      const at = (dtypes) => dtypes.flatMap((name) => DTYPES.find((dtype) => dtype.name === name).edges);
      const edges = [...new Set(at(["int8", "int16", "int32", "uint8", "uint16", "uint32"]).flatMap((x) => [x - 1, x, x + 1]))];
      const values = [...edges, 0.5, -0, NaN, 2 ** 53, ...at(["int64", "uint64"])];
      const holds = (dtype, x) =>
        /^f/.test(dtype) ? typeof x === "number" : typeof x === (/64/.test(dtype) ? "bigint" : "number") && inRange(dtype, x);
      const inRange = (dtype, x) => {
        const [bits, signed] = [Number(/\d+/.exec(dtype)), dtype[0] === "i"];
        const most = 2n ** BigInt(signed ? bits - 1 : bits);
        return (typeof x === "bigint" || Number.isInteger(x)) && BigInt(x) >= (signed ? -most : 0n) && BigInt(x) < most;
      };
      for (const [kernel, dtypes] of [["larger", ["int32", "float32"]], ["smaller", ["int64", "uint8"]], ["both", ["int32", "uint8"]], ["isLess", ["float32", "int16"]]]) {
        for (let round = 0; round < 2; round++) {
          for (const x of values) {
            const dtype = dtypes.find((dtype) => holds(dtype, x));
            if (dtype === undefined) {
              refused(() => k[kernel](x, x), [`\`${kernel}\`: argument \`a\` is `]);
              refused(() => k[kernel]([x], x), [`\`${kernel}\`: argument \`a\` is `]);
            } else {
              const result = k[kernel]([x], x);
              assert.equal(result.dtype, kernel === "isLess" ? "bool" : dtype, `${kernel} of ${x}`);
              result.free();
            }
          }
        }
      }
      // No dtype holds both, though there is one for each.
      refused(() => k.smaller(1, 2n), ["`smaller`: argument `b` is 2n, expected uint8 as `a`: both are of type `T`, which is uint8 or int64"]);
      refused(() => k.plus([1], 1n), [
        "`plus`: argument `b` is 1n, expected int8, int16, int32, uint8, uint16, uint32, float32 or float64 as `a`: both are of type `T`, which is int8,",
      ]);
      refused(() => k.plus(-1n, 2n ** 63n), ["`plus`: argument `b` is 9223372036854775808n, expected int64 as `a`"]);
      refused(() => k.both([], 0.5), ["`both`: argument `b` is 0.5, expected int32 or uint8"]);
    });

    test("a getter that answers differently says nothing about the next call", async () => {
      const fresh = await load({ threads });
      const others = [Int32Array.of(1), Float32Array.of(1.5), Float64Array.of(2.5), [1], [1n], [true], undefined];
      const check = () => {
        assert.equal(fresh.genericSum({ data: Int32Array.of(2 ** 31 - 1, 1), shape: [2] }), -(2 ** 31));
        assert.equal(fresh.genericSum(Float64Array.of(0.1)), 0.1);
        assert.equal(fresh.genericSum([0.1]), 0.1);
        for (const [value, dtype] of [[0.1, "float64"], [1n, "int64"], [true, "bool"]]) {
          const [, same] = fresh.genericPair(true, [value]);
          assert.deepEqual([same.dtype, same.toArray()], [dtype, [value]]);
          same.free();
        }
      };
      check();
      for (const first of others) {
        for (const second of others) {
          for (const reads of [1, 2, 3]) {
            let count = 0;
            const get = () => (count++ < reads ? first : second);
            for (const value of [Object.defineProperty({ shape: [1] }, "data", { get }), Object.defineProperty([0], 0, { get: () => get()?.[0] })]) {
              count = 0;
              for (const call of [() => fresh.genericSum(value), () => fresh.genericPair(true, value)[1].free()]) {
                try {
                  call();
                } catch (error) {
                  assert.ok(error instanceof kernels.KernelError, error);
                }
              }
            }
            check();
          }
        }
      }
      fresh.dispose();
    });

    test("a typed array is what it is, whatever was assigned to it", () => {
      const x = Float32Array.of(0.5, 1);
      Object.defineProperty(x, Symbol.toStringTag, { value: "Int32Array" });
      Object.assign(x, { data: Int32Array.of(7), shape: [1] });
      assert.equal(k.genericSum(x), 1.5);
      const y = Object.assign([0.5, 1], { data: Int32Array.of(7), shape: [1] });
      assert.equal(k.genericSum(y), 1.5);
      k.full(1000, 42).free();
      class Longer extends Float64Array {
        get length() {
          return 1000;
        }
      }
      const z = Longer.of(0.5, 1);
      assert.deepEqual([k.genericSum(z), k.fixedSum(z)], [1.5, 1.5]);
      k.scope(() => assert.deepEqual(k.array(z).shape, [2]));
      assertRefused(kernels, "KernelShapeError", () => k.genericSum({ data: z, shape: [3] }), ["reaches elements 0 to 2 of `data`, which has 2"]);
    });

    test("every typed array chooses the instance of its elements", () => {
      const named = DTYPES.filter(({ name }) => !/bool|float16|complex/.test(name)).map(({ name, array }) => [array, name]);
      for (const [TypedArray, dtype] of [...named, [Uint8ClampedArray, "uint8"]]) {
        const x = TypedArray.of(...(/64/.test(dtype) && !/f/.test(dtype) ? [0n, 1n] : [0, 1]));
        const resident = k.array(x);
        for (const value of [x, { data: x, shape: [2] }, resident]) {
          const result = k.npClip(value, x, x);
          assert.deepEqual([result.dtype, result.toArray()], [dtype, [...x]]);
          result.free();
        }
        resident.free();
      }
      refused(() => k.npClip(new DataView(new ArrayBuffer(8)), 0, 1), ["argument `x` is a DataView, expected int8, "]);
    });

    test("what is shaped like an array is of the dtype that it declares, which its typed array need not tell", () => {
      const flags = { dtype: "bool", data: Uint8Array.of(1, 0), shape: [2] };
      const numbers = { dtype: "generic", data: Uint8Array.of(1, 0), shape: [2] };
      for (let round = 0; round < 2; round++) {
        for (const [x, dtype, values] of [[flags, "bool", [true, true]], [numbers, "uint8", [1, 1]]]) {
          const result = k.npMaximum(x, x.dtype === "bool" ? [true] : Uint8Array.of(1));
          assert.deepEqual([result.dtype, result.toArray()], [dtype, values]);
          result.free();
        }
        refused(() => k.npMaximum({ data: [1, 2], shape: [2] }, 1), ["argument `a` has `data` that is an Array, expected a typed array"]);
        refused(() => k.npMaximum(flags, numbers), ["argument `b` is uint8, expected bool as `a`"]);
        refused(() => k.genericSum({ ...flags, shape: [2] }), ["argument `x` is bool, expected int32, float32 or float64"]);
      }
    });

    test("arrays that hold themselves are refused", () => {
      const x = [];
      x.push(x);
      refused(() => k.genericSum(x), ["argument `x` is an Array, expected"]);
      const y = k.array([1, 2], { dtype: "int16" });
      assertRefused(kernels, "KernelShapeError", () => k.genericAxpy(1, x, y), ["argument `x` has more than 32 dimensions"]);
      y.free();
    });

    test("bools are chosen by bytes where there is no uint8", () => {
      const [, same] = k.genericPair(true, Uint8Array.of(0, 1));
      assert.equal(same.dtype, "bool");
      same.free();
    });

    test("what no instance takes is refused with what there is", () => {
      const y = k.array([1, 2], { dtype: "int16" });
      refused(() => k.genericSum(Int8Array.of(1)), ["`genericSum`: argument `x` is int8, expected int32, float32 or float64 (`T`)"]);
      refused(() => k.genericSum(y), ["argument `x` is int16, expected int32, float32 or float64 (`T`)"]);
      refused(() => k.genericAxpy(1, Float32Array.of(1), Float64Array.of(1)), [
        "argument `y` is float64, expected float32 as `x`: both are of type `T`, which is int8, ",
      ]);
      refused(() => k.genericSum("text"), ['argument `x` is "text", expected int32, float32 or float64 (`T`)']);
      refused(() => k.genericSum(undefined), ["argument `x` is undefined, expected int32, float32 or float64 (`T`)"]);
      refused(() => k.genericSum([1n]), ["argument `x` is 1n, expected"]);
      refused(() => k.genericSum(new DataView(new ArrayBuffer(8))), ["argument `x` is a DataView, expected"]);
      refused(() => k.genericSame(2n ** 64n), ["argument `x` is 18446744073709551616n, expected bool, uint8"]);
      refused(() => k.genericAxpy(1.5, [1], y), ["`genericAxpy`: argument `a` must be an integer in [-32768, 32767] (int16), got 1.5"]);
      refused(() => k.genericAxpy(1n, [1], y), ["argument `a`", "got 1n: write `1`"]);
      refused(() => k.genericAxpy(1, [1, 0.5], y), ["argument `x[1]`", "got 0.5"]);
      refused(() => k.genericSum(k.array([[1]])), ["argument `x` must have 1 dimension, has 2"]);
      assertRefused(kernels, "KernelShapeError", () => k.genericAxpy(1, [1], y), ["`genericAxpy`", "size 2", "expected 1"]);
      assertRefused(kernels, "KernelFailure", () => k.genericAxpy(1, [], Int16Array.of()), ["`genericAxpy`: nothing to add to"]);
      assert.deepEqual(y.toArray(), [1, 2]);
      y.free();
      assertRefused(kernels, "KernelMemoryError", () => k.genericSum(y), ["`genericSum`", "`x`", "freed"]);
      assert.equal(k.genericSum([1, 2]), 3);
    });

    test("an array of another `load()` is refused as such", async () => {
      const other = await load({ threads: false });
      refused(() => k.genericSum(other.array([1])), ["`genericSum`", "`x`", "another `load()`"]);
      other.dispose();
    });
  });
}
