import { isFloat32, isInt32, isUint32 } from "./runtime/dtypes.js";
import { refuse } from "./runtime/messages.js";

const ADD = {
  name: "add",
  params: [{ name: "x", dtype: "int32" }, { name: "y", dtype: "int32" }],
  results: [{ dtype: "int32" }],
};

const CONVOLVE = {
  name: "convolve",
  params: [{ name: "x", dtype: "float64", dims: ["n"] }, { name: "kernel", dtype: "float64", dims: ["k"] }],
  results: [{ dtype: "float64", dims: ["n - k + 1"] }],
};

const MANDELBROT = {
  name: "mandelbrot",
  params: [{ name: "width", dtype: "uint32" }, { name: "height", dtype: "uint32" }, { name: "limit", dtype: "int32" }],
  results: [{ dtype: "int32", dims: ["height", "width"] }],
};

const MATMUL = {
  name: "matmul",
  params: [{ name: "a", dtype: "float32", dims: ["n", "k"] }, { name: "b", dtype: "float32", dims: ["k", "m"] }],
  results: [{ dtype: "float32", dims: ["n", "m"] }],
};

const PREFIX_SUM = {
  name: "prefixSum",
  params: [{ name: "x", dtype: "float64", dims: ["n"], mutable: true }],
  results: [],
};

const ROW_OF_MAX = {
  name: "rowOfMax",
  params: [{ name: "x", dtype: "int32", dims: ["n", 4] }],
  results: [{ dtype: "uint32" }, { dtype: "int32" }],
};

const SCALE = {
  name: "scale",
  params: [{ name: "factor", dtype: "float32" }, { name: "x", dtype: "float32", dims: ["n", "m"] }],
  results: [{ dtype: "float32", dims: ["n", "m"] }],
};

const SUM = {
  name: "sum",
  params: [{ name: "x", dtype: "int32", dims: ["n"] }],
  results: [{ dtype: "int32" }],
};

/**
 * The kernels of one instance. `$name` is the wasm export of `name`.
 *
 * @param {import("./runtime/runtime.js").Runtime} rt
 * @param {Record<string, (...values: any[]) => any>} wasm
 */
export function bind(rt, wasm) {
  const {
    "__kernel_0000000000001111_demo::add": $add,
    "__kernel_0000000000007777_demo::convolve": $convolve,
    "__kernel_0000000000008888_demo::mandelbrot": $mandelbrot,
    "__kernel_0000000000005555_demo::matmul": $matmul,
    "__kernel_0000000000006666_demo::prefix_sum": $prefixSum,
    "__kernel_0000000000003333_demo::row_of_max": $rowOfMax,
    "__kernel_0000000000004444_demo::scale": $scale,
    "__kernel_0000000000002222_demo::sum": $sum,
  } = wasm;
  return {
    add(x, y) {
      if (!isInt32(x)) refuse(ADD, 0, x);
      if (!isInt32(y)) refuse(ADD, 1, y);
      const mark = rt.enter();
      try {
        const result = $add(x, y);
        if (rt.status[0] !== 0) rt.raise(ADD);
        rt.leave(mark);
        return result;
      } catch (error) {
        throw rt.trapped(error, ADD, mark);
      }
    },
    convolve(x, kernel) {
      const mark = rt.enter();
      try {
        const result = $convolve(rt.input(x, CONVOLVE, 0), rt.input(kernel, CONVOLVE, 1));
        if (rt.status[0] !== 0) rt.raise(CONVOLVE);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, CONVOLVE, mark);
      }
    },
    mandelbrot(width, height, limit) {
      if (!isUint32(width)) refuse(MANDELBROT, 0, width);
      if (!isUint32(height)) refuse(MANDELBROT, 1, height);
      if (!isInt32(limit)) refuse(MANDELBROT, 2, limit);
      const mark = rt.enter();
      try {
        const result = $mandelbrot(width, height, limit);
        if (rt.status[0] !== 0) rt.raise(MANDELBROT);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, MANDELBROT, mark);
      }
    },
    matmul(a, b) {
      const mark = rt.enter();
      try {
        const result = $matmul(rt.input(a, MATMUL, 0), rt.input(b, MATMUL, 1));
        if (rt.status[0] !== 0) rt.raise(MATMUL);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, MATMUL, mark);
      }
    },
    prefixSum(x) {
      const mark = rt.enter();
      try {
        $prefixSum(rt.input(x, PREFIX_SUM, 0));
        if (rt.status[0] !== 0) rt.raise(PREFIX_SUM);
        rt.store(mark);
        rt.leave(mark);
      } catch (error) {
        throw rt.trapped(error, PREFIX_SUM, mark);
      }
    },
    rowOfMax(x) {
      const mark = rt.enter();
      try {
        $rowOfMax(rt.input(x, ROW_OF_MAX, 0));
        if (rt.status[0] !== 0) rt.raise(ROW_OF_MAX);
        rt.leave(mark);
        return rt.outputs(ROW_OF_MAX);
      } catch (error) {
        throw rt.trapped(error, ROW_OF_MAX, mark);
      }
    },
    scale(factor, x) {
      if (!isFloat32(factor)) refuse(SCALE, 0, factor);
      const mark = rt.enter();
      try {
        const result = $scale(factor, rt.input(x, SCALE, 1));
        if (rt.status[0] !== 0) rt.raise(SCALE);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, SCALE, mark);
      }
    },
    sum(x) {
      const mark = rt.enter();
      try {
        const result = $sum(rt.input(x, SUM, 0));
        if (rt.status[0] !== 0) rt.raise(SUM);
        rt.leave(mark);
        return result;
      } catch (error) {
        throw rt.trapped(error, SUM, mark);
      }
    },
  };
}
