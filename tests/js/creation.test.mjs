// Arrays from nothing, from numbers, and from what others call arrays; `scope` and `memory`.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import ndarray from "ndarray";
import { bytesOf } from "./support/dtypes.mjs";
import { importInstalled } from "./support/installed.mjs";
import { decode, readCases } from "./support/numpy.mjs";
import { assertRefused } from "./support/refused.mjs";

const kernels = await importInstalled();
const { load } = kernels;

const ALL = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 complex64 complex128".split(" ");

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

    test("`zeros`, `ones`, `full` and `empty` of every dtype", () => {
      for (const dtype of ALL) {
        k.scope(() => {
          const number = (value) => k.full([], value, { dtype: "float64" }).astype(dtype).toArray();
          assert.deepEqual(k.zeros([2, 1], { dtype }).toArray(), [[number(0)], [number(0)]], dtype);
          assert.deepEqual(k.ones(2, { dtype }).toArray(), [number(1), number(1)], dtype);
          assert.deepEqual(k.full([1, 2], number(1), { dtype }).toArray(), [[number(1), number(1)]]);
          const empty = k.empty([3, 0, 2], { dtype });
          assert.deepEqual([empty.dtype, [...empty.shape], empty.size], [dtype, [3, 0, 2], 0]);
          assert.equal(k.empty(5, { dtype }).size, 5);
        });
      }
      k.scope(() => {
        assert.equal(k.zeros(3).dtype, "float64");
        assert.deepEqual([5, 5n, true, { re: 1, im: 2 }].map((value) => k.full(1, value).dtype), ["float64", "int64", "bool", "complex128"]);
        assert.equal(k.countTrue(k.empty([9, 9], { dtype: "bool" })), 0);
      });
    });

    test("numbers in a row are those of NumPy, to the last bit", () => {
      for (const { call, args, bigs, options, dtype, shape, bytes } of readCases("ranges.json")) {
        k.scope(() => {
          const x = k[call](...args.map((arg, i) => (bigs[i] ? BigInt(arg) : arg)), options);
          const title = `${call}(${args}, ${JSON.stringify(options)})`;
          assert.deepEqual([x.dtype, [...x.shape]], [dtype, shape], title);
          assert.deepEqual(bytesOf(x.data), decode(bytes), title);
        });
      }
    });

    test("casts are those of NumPy", () => {
      for (const [from, dtype, bytes] of readCases("casts.json")) {
        k.scope(() => {
          const source = k.empty(from.shape, { dtype: from.dtype });
          bytesView(source.data).set(decode(from.bytes));
          const x = source.astype(dtype);
          assert.equal(x.dtype, dtype);
          assert.deepEqual(bytesOf(x.data), decode(bytes), `${from.dtype} to ${dtype}`);
          assert.deepEqual(bytesOf(source.slice("::-1").astype(dtype).slice("::-1").toTypedArray()), decode(bytes));
        });
      }
    });

    test("a bigint is rounded once on its way to float32", () => {
      for (const [value, rounded] of [[1152921573326323713n, 1152921642045800448], [-1152921573326323713n, -1152921642045800448], [1152921573326323711n, 1152921504606846976], [2n ** 63n - 1n, 2 ** 63]]) {
        k.scope(() => {
          assert.equal(k.array([value]).astype("float32").at(0), rounded);
          assert.equal(k.array([value]).astype("complex64").at(0).re, rounded);
          assert.equal(k.array([value]).astype("float64").at(0), Number(value));
        });
      }
    });

    test("`array` copies what is shaped like an array", () => {
      const data = Float32Array.from({ length: 12 }, (_, i) => i);
      const likes = [
        [{ data, shape: [3, 4] }, [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]],
        // As scijs has it.
        [{ data, shape: [2, 2], stride: [-4, 2], offset: 5 }, [[5, 7], [1, 3]]],
        // As stdlib has it.
        [{ data, shape: [2, 3], strides: [1, 2], offset: 0, order: "column-major", dtype: "float32" }, [[0, 2, 4], [1, 3, 5]]],
        [{ data, shape: [2, 2], strides: [0, 0], offset: 11 }, [[11, 11], [11, 11]]],
        [{ data, shape: [], strides: [], offset: 3 }, 3],
        [{ data, shape: [0, 5], strides: [7, 7], offset: 99 }, []],
        [{ data: data.subarray(4), shape: Uint8Array.of(2) }, [4, 5]],
      ];
      k.scope(() => {
        for (const [like, wanted] of likes) {
          const x = k.array(like);
          assert.equal(x.dtype, "float32");
          assert.deepEqual(x.toArray(), wanted);
        }
        const x = k.array(data, [3, 4]);
        assert.deepEqual(k.array(x.T).toArray(), x.T.toArray());
        assert.deepEqual(k.array(x.T, [2, 6]).toArray(), [[0, 4, 8, 1, 5, 9], [2, 6, 10, 3, 7, 11]]);
        assert.deepEqual(k.array({ data: x.data, shape: [2], strides: [11] }).toArray(), [0, 11]);
        for (const [dtype, value] of [["bool", true], ["complex64", { re: 1, im: 2 }], ["uint64", 5n]]) {
          const y = k.array(k.full([2, 2], value, { dtype }).T);
          assert.deepEqual([y.dtype, y.toArray()], [dtype, [[value, value], [value, value]]]);
        }
        assertRefused(kernels, "KernelTypeError", () => k.array(x, { dtype: "complex64" }), ["`data`", "float32", "complex64", "`astype`"]);
        const mask = k.array({ data: Uint8Array.of(0, 1), shape: [2], dtype: "bool" });
        assert.deepEqual(mask.toArray(), [false, true]);
      });
    });

    test("an ndarray of scijs goes in, whatever views were made of it, and is written to", () => {
      const x = ndarray(Float64Array.from({ length: 12 }, (_, i) => i), [3, 4]);
      const view = x.transpose(1, 0).step(-2, 1).lo(1, 1);
      k.scope(() => {
        assert.deepEqual(k.array(view).toArray(), [[5, 9]]);
        assert.deepEqual(k.sameF64R2(x.hi(2, 2)).toArray(), [[0, 1], [4, 5]]);
        k.copyInto([[50, 90]], view);
        assert.deepEqual([x.get(1, 1), x.get(2, 1), x.get(0, 0)], [50, 90, 0]);
      });
    });

    test("stdlib's complex and boolean arrays are read by what they wrap", () => {
      class Complex64Array {
        constructor(numbers) {
          Object.assign(this, { buffer: numbers.buffer, byteOffset: numbers.byteOffset, length: numbers.length / 2 });
        }
      }
      class BooleanArray {
        constructor(bytes) {
          Object.assign(this, { buffer: bytes.buffer, byteOffset: bytes.byteOffset, length: bytes.length });
        }
      }
      k.scope(() => {
        const numbers = new Complex64Array(Float32Array.of(1, 2, 3, 4, 5, 6));
        const z = k.array({ data: numbers, dtype: "complex64", shape: [2], strides: [-2], offset: 2 });
        assert.deepEqual(z.toArray(), [{ re: 5, im: 6 }, { re: 1, im: 2 }]);
        const flags = k.array({ data: new BooleanArray(Uint8Array.of(1, 0)), dtype: "bool", shape: [2], strides: [1], offset: 0 });
        assert.deepEqual(flags.toArray(), [true, false]);
      });
    });

    test("kernels take what is shaped like an array, and write through its strides", () => {
      const data = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
      assert.equal(k.dotprod({ data, shape: [3], stride: [2], offset: 1 }, [1, 10, 100]), 642);
      k.axpy(10, [1, 1], { data, shape: [2], strides: [-4], offset: 7 });
      assert.deepEqual([...data], [1, 2, 3, 14, 5, 6, 7, 18]);
      k.axpy(1, { data, shape: [2], offset: 0 }, { data, shape: [2], offset: 2 });
      assert.deepEqual([...data].slice(2, 4), [4, 16]);
    });

    test("what is shaped like an array but is none is refused", () => {
      const data = new Float64Array(6);
      const y = Float64Array.of(1, 1);
      const cases = [
        ["KernelShapeError", { data, shape: [2, 4] }, ["0 to 7", "6"]],
        ["KernelShapeError", { data, shape: [2], strides: [6] }, ["0 to 6"]],
        ["KernelShapeError", { data, shape: [2], strides: [-1] }, ["-1 to 0"]],
        ["KernelShapeError", { data, shape: [2], offset: -1 }, ["-1"]],
        ["KernelShapeError", { data, shape: [2], strides: [1, 1] }, ["strides [1, 1]"]],
        ["KernelShapeError", { data, shape: [1.5] }, ["[1.5]"]],
        ["KernelShapeError", { data, shape: 5 }, ["shape 5"]],
        ["KernelShapeError", { data, shape: null }, ["null"]],
        ["KernelShapeError", { data, shape: [2], strides: [NaN] }, ["NaN"]],
        ["KernelTypeError", { data: [1, 2], shape: [2] }, ["`data`", "an Array", "typed array"]],
        ["KernelTypeError", { data: new Float32Array(2), shape: [2] }, ["float64", "Float32Array"]],
        ["KernelTypeError", { data, shape: [2], dtype: "complex128" }, ["float64", "complex128"]],
      ];
      for (const [className, like, texts] of cases) {
        assertRefused(kernels, className, () => k.dotprod(like, y), ["`dotprod`", "`x`", ...texts]);
        assertRefused(kernels, className, () => k.axpy(1, y, like), ["`axpy`", "`y`", ...texts]);
        if (className === "KernelShapeError") {
          assertRefused(kernels, className, () => k.array(like), ["`array`", ...texts]);
        }
      }
      assertRefused(kernels, "KernelAliasError", () => k.axpy(1, y, { data, shape: [2], strides: [0] }), ["`y`", "itself"]);
      assertRefused(kernels, "KernelAliasError", () => k.axpy(1, { data, shape: [2] }, { data, shape: [2], offset: 1 }), ["`x`", "`y`"]);
      assertRefused(kernels, "KernelAliasError", () => k.axpy(1, data.subarray(0, 2), { data, shape: [2], strides: [2] }), ["`x`", "`y`"]);
      assertRefused(kernels, "KernelMemoryError", () => k.array({ data, shape: [2 ** 31, 4], strides: [0, 0] }), ["`array`"]);
      assert.equal(k.dotprod(y, y), 2);
    });

    test("options that are undefined or null are left out", () => {
      for (const none of [undefined, null]) {
        const made = k.scope(() => [
          k.zeros(2, none), k.zeros(2, { dtype: none }), k.array([1, 2], none), k.array([1, 2], { dtype: none, shape: none }),
          k.linspace(0, 1, 2, { endpoint: none }), k.eye(1, { k: none }),
        ].map((array) => [array.dtype, ...array.ravel().toArray()]));
        const f = "float64";
        assert.deepEqual(made, [[f, 0, 0], [f, 0, 0], [f, 1, 2], [f, 1, 2], [f, 0, 1], [f, 1]]);
      }
    });

    test("what can't be made is refused", () => {
      const cases = [
        ["KernelShapeError", () => k.zeros(-1), ["`zeros`", "-1"]],
        ["KernelShapeError", () => k.ones([2, 1.5]), ["`ones`", "1.5"]],
        ["KernelShapeError", () => k.empty(), ["`empty`", "undefined"]],
        ["KernelShapeError", () => k.empty(new Array(33).fill(1)), ["`empty`", "32"]],
        ["KernelMemoryError", () => k.empty([2 ** 31, 2]), ["`empty`", String(2 ** 35)]],
        ["KernelMemoryError", () => k.empty([0, 2 ** 31, 2]), ["`empty`"]],
        ["KernelTypeError", () => k.zeros(2, "int8"), ["`zeros`", "{ dtype }", '"int8"']],
        ["KernelTypeError", () => k.zeros(2, { dtype: "float" }), ["`zeros`", '"float"', "float64"]],
        ["KernelTypeError", () => k.full(2, "1"), ["`full`", "`value`", '"1"']],
        ["KernelTypeError", () => k.full(2, 1.5, { dtype: "int8" }), ["`full`", "`value`", "1.5", "int8"]],
        ["KernelTypeError", () => k.full(2, 5, { dtype: "int64" }), ["`full`", "`5n`"]],
        ["KernelTypeError", () => k.arange(), ["`arange`", "`stop`", "undefined"]],
        ["KernelTypeError", () => k.arange(0, Infinity), ["`arange`", "`stop`", "Infinity"]],
        ["KernelTypeError", () => k.arange(0n, 5), ["`arange`", "`stop`", "bigint", "5"]],
        ["KernelShapeError", () => k.arange(0, 5, 0), ["`arange`", "`step`", "0"]],
        ["KernelTypeError", () => k.arange(0, 2, 0.5, { dtype: "int32" }), ["`arange`", "0.5"]],
        ["KernelTypeError", () => k.arange(0, 300, { dtype: "uint8" }), ["`arange`", "256"]],
        ["KernelTypeError", () => k.linspace(0, NaN), ["`linspace`", "`stop`", "NaN"]],
        ["KernelShapeError", () => k.linspace(0, 1, 2.5), ["`linspace`", "2.5"]],
        ["KernelTypeError", () => k.eye(2, { k: 0.5 }), ["`eye`", "`k`", "0.5"]],
        ["KernelShapeError", () => k.eye(-1), ["`eye`", "-1"]],
        ["KernelShapeError", () => k.zeros([, 2]), ["`zeros`", "[undefined, 2]"]],
        ["KernelShapeError", () => k.scope(() => k.ones(2).broadcastTo([, 2])), ["`broadcastTo`", "[undefined, 2]"]],
        ["KernelTypeError", () => k.zeros(2, { dtpye: "int32" }), ["`zeros`", "unknown option `dtpye`", "dtype"]],
        ["KernelTypeError", () => k.array([1], { type: "int32" }), ["`array`", "unknown option `type`", "dtype, shape"]],
        ["KernelTypeError", () => k.linspace(0, 1, { num: 5 }), ["`linspace`", "unknown option `num`", "dtype, endpoint"]],
        ["KernelTypeError", () => k.linspace(0, 1, [5]), ["`linspace`", "options must be an object", "Array"]],
        ["KernelTypeError", () => k.linspace(0, 1, 3, false), ["`linspace`", "options must be an object", "false"]],
        ["KernelTypeError", () => k.arange(0, 3, 1, "int32"), ["`arange`", "options must be an object", '"int32"']],
        ["KernelTypeError", () => k.scope(5), ["`scope`", "function", "5"]],
        ["KernelTypeError", () => k.fromNpy(k.scope(() => k.ones(1).toNpy()), { dtyp: "int8" }), ["`fromNpy`", "unknown option `dtyp`"]],
      ];
      for (const [className, call, texts] of cases) {
        assertRefused(kernels, className, call, texts);
      }
      if (typeof Float16Array === "undefined") {
        for (const call of [() => k.zeros(1, { dtype: "float16" }), () => k.array([1], { dtype: "float16" })]) {
          assertRefused(kernels, "KernelTypeError", call, ["float16", "`Float16Array`"]);
        }
      }
    });

    test("a scope frees what it made, but for what it returns", () => {
      let inside;
      const kept = k.scope(() => {
        inside = k.zeros(3);
        const x = k.ones([2, 2]);
        k.scope(() => k.zeros(9));
        const [a, b] = k.scope(() => [k.zeros(1), k.zeros(2), k.zeros(3)].slice(0, 2));
        assert.deepEqual([a.size, b.size], [1, 2]);
        return { row: x.at(0), list: [k.parallelSquares([1, 2]), 5, null], a };
      });
      assertRefused(kernels, "KernelMemoryError", () => inside.data, ["freed"]);
      assert.deepEqual([kept.row.toArray(), kept.list[0].toArray(), kept.a.size], [[1, 1], [1, 4], 1]);
      assert.equal(k.memory.arrays, alive.arrays + 3);
      [kept.row, kept.list[0], kept.a].forEach((array) => array.free());
    });

    test("a scope ends when its function throws, and refuses a promise", () => {
      assert.throws(() => k.scope(() => (k.zeros(5), k.scope(() => (k.zeros(5), k.panics(1))))), kernels.KernelPanic);
      assert.deepEqual(k.memory, alive);
      assertRefused(kernels, "KernelTypeError", () => k.scope(async () => k.zeros(1)), ["`scope`", "promise"]);
      const cyclic = {};
      cyclic.self = cyclic;
      assert.equal(k.scope(() => cyclic), cyclic);
      const outer = k.zeros(1);
      assert.equal(k.scope(() => outer), outer);
      assert.equal(outer.size, 1);
      outer.free();
    });

    test("`memory` counts arrays and their bytes, and no temporary copies", () => {
      const x = k.zeros([10, 10]);
      const y = x.T;
      assert.deepEqual(k.memory, { ...alive, arrays: alive.arrays + 2, bytes: alive.bytes + 800 });
      k.dotprod(new Float64Array(10), new Float64Array(10));
      assert.equal(k.memory.bytes, alive.bytes + 800);
      const z = k.sameF64Rd(y);
      assert.ok(k.memory.bytes >= alive.bytes + 1600);
      [x, y, z].forEach((array) => array.free());
    });
  });
}

const bytesView = ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength);
