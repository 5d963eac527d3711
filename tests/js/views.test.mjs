// Views: NumPy's answers, kernels that take them as they are, and how long the elements live.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { inspect } from "node:util";
import { bytesOf, DTYPES, edgeArray, kernelName, sizeOf } from "./support/dtypes.mjs";
import { importInstalled } from "./support/installed.mjs";
import { readCases } from "./support/numpy.mjs";
import { random } from "./support/random.mjs";
import { assertRefused } from "./support/refused.mjs";

const kernels = await importInstalled();
const { load } = kernels;

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
    // Every test frees what it makes; what is refused has made nothing.
    afterEach(() => assert.deepEqual(k.memory, alive));

    const table = (shape, dtype = "int32") => {
      const numbers = k.arange(sizeOf(shape), { dtype });
      const view = numbers.reshape(shape);
      numbers.free();
      return view;
    };

    test("views are those of NumPy", () => {
      for (const { shape, steps, result } of readCases("views.json")) {
        k.scope(() => {
          let view = table(shape, "float64");
          for (const [method, ...args] of steps) {
            view = view[method](...args);
          }
          const title = JSON.stringify({ shape, steps });
          assert.deepEqual([...view.shape], result.shape, title);
          assert.deepEqual([...view.toTypedArray()], result.items, title);
          // Wasm sees the same elements.
          const same = k.sameF64Rd(view);
          assert.deepEqual([[...same.shape], [...same.data]], [result.shape, result.items], title);
          assert.deepEqual(view.toArray(), same.toArray(), title);
        });
      }
    });

    for (const dtype of DTYPES) {
      test(`kernels take views of ${dtype.name} arrays, whatever their strides`, () => {
        k.scope(() => {
          const source = k.array(edgeArray(dtype, 60), { dtype: dtype.name, shape: [3, 4, 5] });
          const views = [
            source.T,
            source.transpose(1, 0, 2),
            source.slice("::-1, ::2, 1:4"),
            source.slice("1, ::-1, ::-2").expandDims(0),
            source.slice("0:1, :, :1").broadcastTo(2, 4, 3),
            source.slice("2:1"),
          ];
          for (const view of views) {
            const whole = k.array(view.toTypedArray(), { shape: [...view.shape], dtype: dtype.name });
            for (const rank of ["R3", "Rd"]) {
              const y = k[kernelName("same", dtype, rank)](view);
              assert.deepEqual(bytesOf(y.data), bytesOf(whole.data), `strides [${view.strides}]`);
              assert.deepEqual([...y.shape], [...view.shape]);
            }
          }
        });
      });
    }

    test("kernels write through a view", () => {
      k.scope(() => {
        const x = table([4, 5], "float64");
        k.copyInto(k.full([2, 3], 9), x.slice("::2, ::-2"));
        assert.deepEqual(x.toArray(), [[9, 1, 9, 3, 9], [5, 6, 7, 8, 9], [9, 11, 9, 13, 9], [15, 16, 17, 18, 19]]);
        k.copyInto(x.slice("::2, :"), x.slice("1::2, :").copy());
        k.copyInto(x.T.slice(":2, :2"), x.slice("2:, 3:"));
        assert.deepEqual(x.slice("2:, 3:").toArray(), [[9, 5], [1, 6]]);
      });
    });

    test("views that overlap are refused, and those that lie apart are not", () => {
      k.scope(() => {
        const x = table([4, 5], "float64");
        const [low, high] = [x.slice(":2"), x.slice("2:")];
        k.copyInto(low, high);
        assertRefused(kernels, "KernelAliasError", () => k.copyInto(x.slice(":2"), x.slice("1:3")), ["`x`", "`y`"]);
        assertRefused(kernels, "KernelAliasError", () => k.copyInto(x.slice("::2, ::-1"), x.slice("::2")), ["`x`", "`y`"]);
        assertRefused(kernels, "KernelAliasError", () => k.copyInto(low, k.ones(5).broadcastTo(2, 5)), ["`y`", "itself"]);
        // Beside a typed array, which is copied, JavaScript compares.
        const y = k.array(Int32Array.of(1, 2, 3, 4));
        assertRefused(kernels, "KernelAliasError", () => k.swap(y.slice("::-2"), y.data.subarray(1, 3)), ["`left`", "`right`"]);
        k.swap(y.slice(":2"), y.data.subarray(2));
        assert.deepEqual(y.toArray(), [3, 4, 1, 2]);
      });
    });

    test("indices, negative ones too, reach elements and rows", () => {
      k.scope(() => {
        const x = table([2, 3, 4]);
        assert.equal(x.at(1, 2, 3), 23);
        assert.equal(x.at(-1, -3, -2), 14);
        assert.deepEqual(x.at(1).toArray(), [[12, 13, 14, 15], [16, 17, 18, 19], [20, 21, 22, 23]]);
        assert.deepEqual(x.at(-2, 1).toArray(), [4, 5, 6, 7]);
        assert.deepEqual(x.at().toArray(), x.toArray());
        x.set(99, -1, 0, 1);
        assert.equal(x.at(1, 0, 1), 99);
        x.slice("0, :, ::2").fill(7);
        assert.deepEqual(x.at(0).toArray(), [[7, 1, 7, 3], [7, 5, 7, 7], [7, 9, 7, 11]]);
      });
    });

    test("iteration goes along the first axis", () => {
      k.scope(() => {
        assert.deepEqual([...table([3])], [0, 1, 2]);
        assert.deepEqual([...table([2, 2]).T].map((row) => row.toArray()), [[0, 2], [1, 3]]);
        assert.deepEqual([...k.zeros([0, 3])], []);
        assert.throws(() => [...k.array(5)], kernels.KernelTypeError);
      });
    });

    test("a view's `data` is the elements where they lie in order, and refused elsewhere", () => {
      k.scope(() => {
        const x = table([3, 4]);
        assert.deepEqual([...x.at(1).data], [4, 5, 6, 7]);
        assert.deepEqual([...x.slice("1:").data], [4, 5, 6, 7, 8, 9, 10, 11]);
        x.slice("1:").data[0] = 40;
        assert.equal(x.at(1, 0), 40);
        for (const view of [x.T, x.slice(":, 1:"), x.slice("::-1"), x.broadcastTo(2, 3, 4)]) {
          assert.equal(view.isContiguous, false);
          assertRefused(kernels, "KernelTypeError", () => view.data, ["`data`", "`toTypedArray()`", "`copy()`"]);
        }
        assert.ok(x.T.copy().isContiguous && x.slice(":, :1").slice("1:2").isContiguous && x.slice("2:1, ::2").isContiguous);
        assert.deepEqual([...x.T.copy().data].slice(0, 3), [0, 40, 8]);
      });
    });

    test("`ravel` copies where it must, `flatten` always, `reshape` never", () => {
      k.scope(() => {
        const x = table([2, 3]);
        x.ravel().set(9, 0);
        x.flatten().set(8, 1);
        x.T.ravel().set(7, 2);
        assert.deepEqual(x.toArray(), [[9, 1, 2], [3, 4, 5]]);
        assert.deepEqual(x.T.ravel().toArray(), [9, 3, 1, 4, 2, 5]);
        assertRefused(kernels, "KernelShapeError", () => x.T.reshape(6), ["`reshape`", "[6]", "`copy()`"]);
        assert.deepEqual(x.T.copy().reshape(-1).toArray(), [9, 3, 1, 4, 2, 5]);
      });
    });

    test("views of empty arrays stay where they are", () => {
      k.scope(() => {
        const x = k.zeros([0, 2 ** 31 - 1]);
        for (const view of [x.slice(":, -1"), x.T.at(-1), x.slice("::-1, 5::7"), x.reshape(-1, 2), x.broadcastTo(1, 0, 2 ** 31 - 1)]) {
          assert.deepEqual([view.size, view.toTypedArray().length, view.data.length, `${view}`], [0, 0, 0, "[]"]);
          assert.equal(k.sameF64Rd(view).size, 0);
        }
      });
    });

    test("axes of size 1 come and go", () => {
      k.scope(() => {
        const x = table([1, 3, 1]);
        assert.deepEqual([...x.squeeze().shape], [3]);
        assert.deepEqual([...x.squeeze(-1).shape], [1, 3]);
        assert.deepEqual([...x.expandDims(-1).shape], [1, 3, 1, 1]);
        assert.deepEqual([...x.expandDims(0).slice("..., newaxis, 0").shape], [1, 1, 3, 1]);
        assert.deepEqual([...x.slice("None, 0, None:2, :None:None").shape], [1, 2, 1]);
      });
    });

    test("`slice` takes values and texts, one by one and together", () => {
      k.scope(() => {
        const x = table([3, 4, 5]);
        const wanted = x.slice("1:, ..., ::-2").toArray();
        assert.deepEqual(x.slice([1], "...", [null, null, -2]).toArray(), wanted);
        assert.deepEqual(x.slice([1, null], [], [null, undefined, -2]).toArray(), wanted);
        assert.deepEqual(x.slice(" 1 : , :,\t: : -2 ,").toArray(), wanted);
        assert.deepEqual(x.slice(-1, "2").toArray(), [50, 51, 52, 53, 54]);
        assert.deepEqual(x.slice("newaxis", 0, 0, 0).toArray(), [0]);
        assert.deepEqual(x.slice().toArray(), x.toArray());
        assert.deepEqual([...x.slice("99:, -99:99, :-99").shape], [0, 4, 0]);
        assert.deepEqual([...x.slice([0, 5, 1e15]).shape], [1, 4, 5]);
      });
    });

    test("what no view can be is refused, with the method's name and a remedy", () => {
      k.scope(() => {
        const x = table([2, 3]);
        const cases = [
          ["KernelShapeError", () => x.at(2, 0), ["`at`", "axis 0", "-2 to 1", "2"]],
          ["KernelShapeError", () => x.at(0, -4), ["`at`", "axis 1", "-4"]],
          ["KernelShapeError", () => x.at(0, 0, 0), ["`at`", "at most 2", "3"]],
          ["KernelTypeError", () => x.at("0"), ["`at`", "integers", '"0"']],
          ["KernelTypeError", () => x.at(0.5, 0), ["`at`", "0.5"]],
          ["KernelShapeError", () => x.set(1, 0), ["`set`", "must be 2", "`fill`"]],
          ["KernelTypeError", () => x.set(1.5, 0, 0), ["`set`", "`value`", "int32", "1.5"]],
          ["KernelTypeError", () => x.fill(2 ** 31), ["`fill`", "`value`", "int32"]],
          ["KernelShapeError", () => x.slice("2"), ["`slice`", "axis 0", "-2 to 1"]],
          ["KernelShapeError", () => x.slice(0, 0, 0), ["`slice`", "at most 2", "3"]],
          ["KernelShapeError", () => x.slice("..., ..."), ["`slice`", '"..."']],
          ["KernelTypeError", () => x.slice("::0"), ["`slice`", "step", "0"]],
          ["KernelTypeError", () => x.slice("1;2"), ["`slice`", "1;2"]],
          ["KernelTypeError", () => x.slice(""), ["`slice`"]],
          ["KernelTypeError", () => x.slice("1:2:3:4"), ["`slice`"]],
          ["KernelTypeError", () => x.slice([1, 2, 3, 4]), ["`slice`", "[1, 2, 3, 4]"]],
          ["KernelTypeError", () => x.slice(null), ["`slice`", "null"]],
          ["KernelShapeError", () => x.transpose(0, 0), ["`transpose`", "each of 2 axes", "[0, 0]"]],
          ["KernelShapeError", () => x.transpose(0), ["`transpose`", "[0]"]],
          ["KernelShapeError", () => x.transpose(0, 2), ["`transpose`", "-2 to 1", "2"]],
          ["KernelShapeError", () => x.reshape(4), ["`reshape`", "6 elements", "[4]"]],
          ["KernelShapeError", () => x.reshape(-1, -1), ["`reshape`", "[-1, -1]"]],
          ["KernelShapeError", () => x.reshape(4, -1), ["`reshape`", "[4, -1]"]],
          ["KernelShapeError", () => k.zeros([0, 3]).reshape(-1, 0), ["`reshape`", "[-1, 0]"]],
          ["KernelShapeError", () => x.broadcastTo(3), ["`broadcastTo`", "[2, 3]", "[3]"]],
          ["KernelShapeError", () => x.broadcastTo(4, 3), ["`broadcastTo`", "[4, 3]"]],
          ["KernelMemoryError", () => x.broadcastTo(2 ** 16, 2 ** 16, 2, 3), ["`broadcastTo`"]],
          ["KernelAliasError", () => k.ones(1).broadcastTo(3).set(5, 0), ["`set`", "repeats elements", "`copy()`"]],
          ["KernelAliasError", () => x.broadcastTo(2, 2, 3).fill(5), ["`fill`", "repeats elements", "`copy()`"]],
          ["KernelAliasError", () => x.slice(":, 0:1").broadcastTo(2, 3).slice("::-1").set(5, 0, 0), ["`set`", "repeats elements", "`copy()`"]],
          ["KernelShapeError", () => x.squeeze(0), ["`squeeze`", "size 1", "2"]],
          ["KernelShapeError", () => x.squeeze(2), ["`squeeze`", "2"]],
          ["KernelShapeError", () => x.expandDims(3), ["`expandDims`", "3"]],
          ["KernelShapeError", () => x.slice("None, ".repeat(31)), ["`slice`", "32 dimensions", "33"]],
          ["KernelShapeError", () => x.reshape([2, 3, ...Array(30).fill(1)]).expandDims(0), ["`expandDims`", "32 dimensions", "33"]],
          ["KernelTypeError", () => x.astype("int"), ["`astype`", "int32", '"int"']],
          ["KernelTypeError", () => x.toImageData(), ["`toImageData`", "uint8"]],
          ["KernelShapeError", () => x.astype("uint8").toImageData(), ["`toImageData`", "[height, width, 4]", "[2, 3]"]],
          ["KernelTypeError", () => k.zeros([1, 1, 4], { dtype: "uint8" }).toImageData(), ["`toImageData`", "`ImageData`"]],
        ];
        for (const [className, call, texts] of cases) {
          const error = assertRefused(kernels, className, call, texts);
          assert.equal(error.kernel, /`(\w+)`/.exec(error.message)[1]);
        }
        assert.equal(x.at(1, 2), 5);
      });
    });

    test("a view that repeats no element is written through", () =>
      k.scope(() => {
        const x = table([2, 1]);
        x.broadcastTo(1, 2, 1).set(7, 0, 0, 0);
        x.slice("newaxis, 1").broadcastTo(1, 1).fill(8);
        x.broadcastTo(2, 3).slice("..., :1").set(9, 1, 0);
        x.broadcastTo(2, 3).copy().fill(0);
        assert.deepEqual(x.toArray(), [[7], [9]]);
      }));

    test("the elements live until the last view is freed", () => {
      const x = table([3, 4]);
      const y = x.T;
      const z = y.slice("1:");
      assert.deepEqual(k.memory, { ...alive, arrays: alive.arrays + 3, bytes: alive.bytes + 48 });
      x.free();
      x.free();
      assertRefused(kernels, "KernelMemoryError", () => x.T, ["freed"]);
      y.free();
      assert.deepEqual(z.toArray(), [[1, 5, 9], [2, 6, 10], [3, 7, 11]]);
      const w = z.at(0);
      z.free();
      assert.equal(k.parallelSum(w), 15n);
      w.free();
    });

    test("freed arrays are refused by every method", () => {
      const x = table([2, 2]);
      const view = x.T;
      x.free();
      view.free();
      const uses = [
        (a) => a.T, (a) => a.slice(":1"), (a) => a.at(0), (a) => a.at(0, 0), (a) => a.set(1, 0, 0), (a) => a.fill(1),
        (a) => a.reshape(4), (a) => a.ravel(), (a) => a.flatten(), (a) => a.copy(), (a) => a.astype("bool"), (a) => a.squeeze(),
        (a) => a.expandDims(0), (a) => a.broadcastTo(2, 2), (a) => `${a}`, (a) => a.toNpy(), (a) => a.isContiguous,
        (a) => [...a], (a) => k.array(a), (a) => k.toNpz({ a }), (a) => a.toImageData(), (a) => a.strides,
      ];
      for (const use of uses) {
        for (const array of [x, view]) {
          assert.throws(() => use(array), kernels.KernelError, String(use));
        }
      }
      assertRefused(kernels, "KernelMemoryError", () => k.sameI32R2(view), ["`x`", "freed"]);
      assert.equal(inspect(view), "NdArray (freed)");
    });

    test("a view that is freed while a kernel may still see it stays whole", () => {
      const x = table([3], "float64");
      const view = x.slice("::-1");
      x.free();
      const freeing = Object.defineProperty([0, 0, 0], 1, { get: () => (view.free(), k.block(64).free(), 1) });
      assert.equal(k.dotprod(view, freeing), 1);
    });

    test("node prints an array with its dtype and shape", () => {
      k.scope(() => assert.equal(inspect(table([2, 2]).T), "NdArray int32 [2,2]\n[[0 2]\n [1 3]]"));
    });

    test("random chains of views reach what a model in JavaScript reaches", () => {
      const below = random(7);
      for (let round = 0; round < 300; round++) {
        k.scope(() => {
          const shape = Array.from({ length: 1 + below(4) }, () => 1 + below(4));
          let view = table(shape);
          let model = view.toArray();
          for (let step = 0; step < 4 && view.ndim; step++) {
            if (below(2)) {
              view = view.T;
              model = transposed(model, view.ndim);
            } else {
              const [start, back] = [below(3), below(2) ? -1 : 1];
              view = view.slice([start, null], "...").slice([null, null, back]);
              model = back < 0 ? model.slice(start).reverse() : model.slice(start);
            }
            if (view.shape.includes(0)) {
              break;
            }
            assert.deepEqual(view.toArray(), model);
          }
        });
      }
    });
  });
}

test("after a trap on another thread, arrays can be read, and no new views be made", async () => {
  const k = await load({ threads: 2 });
  const x = k.arange(6).reshape(2, 3);
  const view = x.T;
  assert.throws(() => k.poolOverflows(), kernels.KernelPanic);
  assert.deepEqual(view.toArray(), [[0, 3], [1, 4], [2, 5]]);
  assert.equal(`${view.toTypedArray()}`, "0,3,1,4,2,5");
  assert.equal(view.at(2, 1), 5);
  assert.match(String(view), /^\[\[0\. 3\.\]/);
  for (const use of [() => x.T, () => x.at(0), () => x.copy(), () => k.zeros(1), () => k.fromNpy(x.toNpy())]) {
    assertRefused(kernels, "KernelPanic", use, ["`load()` again"]);
  }
  view.free();
  x.free();
  k.dispose();
});

/** The axes of nested arrays reversed. */
function transposed(nested, rank) {
  const shape = [];
  for (let at = nested; Array.isArray(at); at = at[0]) {
    shape.push(at.length);
  }
  const build = (indices) =>
    indices.length === rank
      ? [...indices].reverse().reduce((at, i) => at[i], nested)
      : Array.from({ length: shape[rank - 1 - indices.length] }, (_, i) => build([...indices, i]));
  return build([]);
}
