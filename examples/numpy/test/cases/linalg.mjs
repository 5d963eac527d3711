import assert from "node:assert/strict";
import { FLOATS, chance, pick, sizeOf, specOf } from "../make.mjs";

const NEAR = { eps: 512 };
const size = (below) => below(chance(below, 10) ? 20 : 6);

/** The shape of the dimensions before those of a matrix. */
const batches = (below, empty = [0]) => pick(below, [[], [], [], [2], [3], [1], [2, 3], empty]);

/** Matrices that are far from singular, of these sizes. */
function matrices(below, dtype, [...shape], { singular = false, positive = false } = {}) {
  const [rows, columns] = shape.slice(-2);
  const values = Array.from({ length: sizeOf(shape) }, () => (0.5 + below(1 << 20) / 700000) * (chance(below, 50) ? 1 : -1));
  for (let at = 0; at < values.length; at += rows * columns) {
    for (let i = 0; i < Math.min(rows, columns); i++) {
      values[at + i * (columns + 1)] = (positive || chance(below, 50) ? 3 : -3) * Math.max(rows, columns);
    }
  }
  if (singular && values.length) {
    const [start, column] = [rows * columns * below(values.length / (rows * columns)), below(columns)];
    for (let i = 0; i < rows; i++) {
      values[start + i * columns + column] = 0;
    }
  }
  // Their squares have no float64.
  const scale = dtype === "float64" && chance(below, 10) ? pick(below, [1e-300, 1e-170, 1e170, 1e300]) : 1;
  const spec = { ...specOf(dtype, values.map((value) => value * scale)), shape };
  const swapped = shape.map((_, axis) => axis).toSpliced(-2, 2, shape.length - 1, shape.length - 2);
  // The same, as its elements lie in memory, but for their order.
  return rows === columns && !singular && chance(below, 30) ? { ...spec, steps: [["transpose", ...swapped]] } : spec;
}

/** Square matrices, some singular, some not square. */
const square = (options = {}) => (below) => {
  const n = size(below);
  const shape = [...batches(below), n, n + (chance(below, 8) ? 1 : 0)];
  return { args: [matrices(below, pick(below, FLOATS), shape, { singular: chance(below, 10), ...options })] };
};

/** Matrices of any sizes; some at least, since without a result nothing tells sizes that are the smaller one. */
const rectangular = (below) => ({ args: [matrices(below, pick(below, FLOATS), [...batches(below, [4]), size(below), size(below)])] });

/** `a` and a `b` that fits, or does not. */
function system(below, [rows, columns], [before, beforeOther]) {
  const dtype = pick(below, FLOATS);
  const a = matrices(below, dtype, [...before, rows, columns], { singular: chance(below, 10) });
  const wrong = chance(below, 8) ? 1 : 0;
  const b = chance(below, 40) ? [rows + wrong] : [...beforeOther, rows + wrong, below(4)];
  return [a, matrices(below, dtype, b.length === 1 ? [...b, 1] : b)].map((spec, i) => (i && b.length === 1 ? { ...spec, shape: b, steps: [] } : spec));
}

const transposed = (x) => x.transpose(...x.shape.map((_, axis) => axis).toSpliced(-2, 2, x.ndim - 1, x.ndim - 2));

export const cases = {
  inv: { make: square(), numpy: "linalg.inv", refuses: true, same: NEAR },
  det: { make: square(), numpy: "linalg.det", refuses: true, same: NEAR },
  solve: {
    make(below) {
      const n = size(below);
      return { args: system(below, [n, n], [batches(below), batches(below)]) };
    },
    numpy: "linalg.solve",
    refuses: true,
    same: NEAR,
  },
  cholesky: {
    make: (below) => square({ positive: !chance(below, 20), singular: false })(below),
    numpy: "linalg.cholesky",
    refuses: true,
    same: NEAR,
  },
  qr: { make: rectangular, numpy: "linalg.qr", same: NEAR, check: (k, { kernels }) => assert.throws(() => k.qr([1, 2]), kernels.KernelTypeError) },
  // Vectors have either sign, so what is compared is their products.
  svd: {
    make: rectangular,
    numpy: "svd_products",
    check: (k, { kernels }) => assert.throws(() => k.svd([1, 2]), kernels.KernelTypeError),
    seen: (k, [u, s, vh]) => [s, k.matmul(k.multiply(u, s.expandDims(-2)), vh), k.matmul(transposed(u), u), k.matmul(vh, transposed(vh))],
    same: NEAR,
  },
  eigh: {
    make: square(),
    numpy: "eigh_products",
    seen: (k, [w, v]) => [w, k.matmul(k.multiply(v, w.expandDims(-2)), transposed(v)), k.matmul(transposed(v), v)],
    refuses: true,
    same: NEAR,
  },
  lstsq: {
    make(below) {
      const [a, b] = system(below, [size(below), size(below)], [[], []]);
      const rcond = pick(below, [undefined, undefined, -1, 0, 1e-3, 1, 2.5]);
      return { args: [a, b, rcond], ask: { args: [a, b], kwargs: { rcond }, dtype: [null, null, "int32", null] } };
    },
    numpy: "linalg.lstsq",
    refuses: true,
    same: NEAR,
  },
};
