import type {
  Exactly,
  Loaded,
  LoadedArrays,
  NdArray,
  NdArrayLike,
  ReadonlyNested,
  Same,
  ThreadedOptions,
} from "./runtime/types.js";

export {
  KernelAliasError,
  KernelError,
  KernelFailure,
  KernelLoadError,
  KernelMemoryError,
  KernelPanic,
  KernelShapeError,
  KernelTypeError,
} from "./runtime/types.js";
export { NdArray } from "./runtime/types.js";
export type { Complex, Dtype, NdArrayLike, ThreadedOptions as LoadOptions, Threads } from "./runtime/types.js";

/** The kernels, and what comes with them. */
export interface Kernels extends Loaded, LoadedArrays {
  /** The sum of two integers. */
  add(x: number, y: number): number;
  convolve(
    x: NdArray<"float64", readonly [number]> | NdArrayLike<"float64"> | Float64Array | readonly number[],
    kernel: NdArray<"float64", readonly [number]> | NdArrayLike<"float64"> | Float64Array | readonly number[],
  ): NdArray<"float64", readonly [number]>;
  /** Counts, row by row. */
  mandelbrot(width: number, height: number, limit: number): NdArray<"int32", readonly [number, number]>;
  /**
   * Matrix product.
   *
   * `a` is `n` by `k`, `b` is `k` by `m`.
   */
  matmul<N extends number, K extends number, K2 extends number, M extends number>(
    a: NdArray<"float32", readonly [N, K]> | NdArrayLike<"float32"> | ReadonlyNested<number, 2>,
    b: (NdArray<"float32", readonly [K2, M]> | NdArrayLike<"float32"> | ReadonlyNested<number, 2>) & Same<"k", K, K2>,
  ): NdArray<"float32", readonly [N, M]>;
  /** Running sums, in place. */
  prefixSum(x: NdArray<"float64", readonly [number]> | NdArrayLike<"float64"> | Float64Array): void;
  /** The row of the maximum of column 1, and its first element. */
  rowOfMax<S extends number>(
    x: (NdArray<"int32", readonly [number, S]> | NdArrayLike<"int32"> | ReadonlyNested<number, 2>) & Exactly<1, 4, S>,
  ): [number, number];
  scale<N extends number, M extends number>(
    factor: number,
    x: NdArray<"float32", readonly [N, M]> | NdArrayLike<"float32"> | ReadonlyNested<number, 2>,
  ): NdArray<"float32", readonly [N, M]>;
  /** The sum of an array. */
  sum(x: NdArray<"int32", readonly [number]> | NdArrayLike<"int32"> | Int32Array | readonly number[]): number;
}

/** Loads the kernels. Every call makes an instance of its own, with its own memory. */
export function load(options?: ThreadedOptions): Promise<Kernels>;
