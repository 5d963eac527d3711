import type {
  Abstract,
  Accumulation,
  Exactly,
  FoldingUfunc,
  Handle,
  Loaded,
  LoadedArrays,
  LoadedHandles,
  NdArray,
  NdArrayLike,
  ReadonlyNested,
  Reduction,
  Same,
  SequentialOptions,
  Ufunc,
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
export type { Complex, Dtype, NdArrayLike, SequentialOptions as LoadOptions, Threads } from "./runtime/types.js";

/** Random numbers. */
export interface Generator extends Handle<"Generator"> {
  /** Adds noise in place. */
  addNoise<N extends number, N2 extends number>(
    x: NdArray<"float64", readonly [N]> | NdArrayLike<"float64"> | Float64Array,
    scale: (NdArray<"float64", readonly [N2]> | NdArrayLike<"float64"> | Float64Array | readonly number[]) & Same<"n", N, N2>,
    other: Generator,
  ): void;
  /** One like this, and what it makes first. */
  fork(): [Generator, number];
  scale<N extends number>(
    x: NdArray<"float64", readonly [N]> | NdArrayLike<"float64"> | Float64Array | readonly number[],
  ): NdArray<"float64", readonly [N]>;
  scale<N extends number>(
    x: NdArray<"float32", readonly [N]> | NdArrayLike<"float32"> | Float32Array | readonly number[],
  ): NdArray<"float32", readonly [N]>;
  /** So many numbers in [0, 1). */
  uniform(n: number): NdArray<"float64", readonly [number]>;
}

export interface Stack extends Handle<"Stack"> {
  size(): number;
}

/** The kernels, and what comes with them. */
export interface Kernels extends Loaded, LoadedArrays, LoadedHandles {
  /** Random numbers. */
  readonly Generator: {
    readonly prototype: Generator;
    /** One that begins at `seed`. */
    new (seed: bigint): Generator;
    /** One that begins where anybody would. */
    standard(): Generator;
  };
  readonly Stack: Abstract<Stack> & {
    of(values: NdArray<"float64", readonly [number]> | NdArrayLike<"float64"> | Float64Array | readonly number[]): Stack;
  };
  aKernelWhoseNameIsLong<First extends number, Second extends number, Second2 extends number, Third extends number>(
    the_first_of_its_arguments: NdArray<"float64", readonly [First, Second]> | NdArrayLike<"float64"> | ReadonlyNested<number, 2>,
    the_second_of_its_arguments: (NdArray<"float64", readonly [Second2, Third]> | NdArrayLike<"float64"> | ReadonlyNested<number, 2>) & Same<"second", Second, Second2>,
    the_third: boolean,
  ): NdArray<"float64", readonly [First, Third]>;
  any(
    x: NdArray<"float32", readonly [number, number]> | NdArrayLike<"float32"> | ReadonlyNested<number, 2>,
  ): NdArray<"float32", readonly [number]>;
  axpy<N extends number, N2 extends number>(
    a: number,
    x: NdArray<"float64", readonly [N]> | NdArrayLike<"float64"> | Float64Array | readonly number[],
    y: (NdArray<"float64", readonly [N2]> | NdArrayLike<"float64"> | Float64Array) & Same<"n", N, N2>,
  ): void;
  clamp(x: NdArray<"float32", readonly [number, number]> | NdArrayLike<"float32">, low: number, high: number): number;
  copyBool(
    x: NdArray<"bool", any> | NdArrayLike<"bool"> | Uint8Array | ReadonlyNested<boolean, number>,
  ): NdArray<"bool", any>;
  copyFloat32(
    x: NdArray<"float32", any> | NdArrayLike<"float32"> | Float32Array | ReadonlyNested<number, number>,
  ): NdArray<"float32", any>;
  copyInt64(
    x: NdArray<"int64", any> | NdArrayLike<"int64"> | BigInt64Array | ReadonlyNested<bigint, number>,
  ): NdArray<"int64", any>;
  copyUint8(
    x: NdArray<"uint8", any> | NdArrayLike<"uint8"> | Uint8Array | Uint8ClampedArray | ReadonlyNested<number, number>,
  ): NdArray<"uint8", any>;
  crop<Size extends number, Size2 extends number, Size22 extends number>(
    size: number,
    x: NdArray<"float32", readonly [Size, Size2]> | NdArrayLike<"float32"> | ReadonlyNested<number, 2>,
    y: (NdArray<"float32", readonly [Size22, number]> | NdArrayLike<"float32"> | ReadonlyNested<number, 2>) & Same<"size2", Size2, Size22>,
  ): NdArray<"float32", readonly [Size]>;
  deep<A extends number, B extends number, C extends number, D extends number, E extends number, F extends number>(
    x: NdArray<"int16", readonly [A, B, C, D, E, F]> | NdArrayLike<"int16"> | ReadonlyNested<number, 6>,
  ): NdArray<"int16", readonly [F, E, D, C, B, A]>;
  delete(
    class_: number,
    $delete: number,
    rt: number,
    DELETE: number,
    mark: NdArray<"float64", readonly [number]> | NdArrayLike<"float64"> | Float64Array | readonly number[],
  ): number;
  echoBool(x: boolean): boolean;
  echoFloat32(x: number): number;
  echoFloat64(x: number): number;
  echoInt16(x: number): number;
  echoInt32(x: number): number;
  echoInt64(x: bigint): bigint;
  echoInt8(x: number): number;
  echoUint16(x: number): number;
  echoUint32(x: number): number;
  echoUint64(x: bigint): bigint;
  echoUint8(x: number): number;
  fill<N extends number, N2 extends number>(
    x: NdArray<"uint8", readonly [N]> | NdArrayLike<"uint8"> | Uint8Array | Uint8ClampedArray,
    mask: (NdArray<"bool", readonly [N2]> | NdArrayLike<"bool"> | Uint8Array | readonly boolean[]) & Same<"n", N, N2>,
  ): NdArray<"uint8", readonly [N]>;
  /** Of several types. */
  generic<N extends number, N2 extends number>(
    a: number,
    x: NdArray<"int64", readonly [N, number]> | NdArrayLike<"int64">,
    y: (NdArray<"float64", readonly [N2]> | NdArrayLike<"float64"> | Float64Array | readonly number[]) & Same<"n", N, N2>,
    n: number,
  ): number;
  /** Of several types. */
  generic<N extends number, N2 extends number>(
    a: number,
    x: NdArray<"bool", readonly [N, number]> | NdArrayLike<"bool">,
    y: (NdArray<"float64", readonly [N2]> | NdArrayLike<"float64"> | Float64Array | readonly number[]) & Same<"n", N, N2>,
    n: number,
  ): number;
  /** Of several types. */
  generic<N extends number, N2 extends number>(
    a: number,
    x: NdArray<"int64", readonly [N, number]> | NdArrayLike<"int64">,
    y: (NdArray<"int32", readonly [N2]> | NdArrayLike<"int32"> | Int32Array | readonly number[]) & Same<"n", N, N2>,
    n: number,
  ): number;
  /** Of several types. */
  generic<N extends number, N2 extends number>(
    a: number,
    x: NdArray<"bool", readonly [N, number]> | NdArrayLike<"bool">,
    y: (NdArray<"int32", readonly [N2]> | NdArrayLike<"int32"> | Int32Array | readonly number[]) & Same<"n", N, N2>,
    n: number,
  ): number;
  genericArray<N extends number>(
    x: NdArray<"float64", readonly [N]> | NdArrayLike<"float64"> | Float64Array | readonly number[],
  ): [NdArray<"float64", readonly [N]>, number];
  genericArray<N extends number>(
    x: NdArray<"float32", readonly [N]> | NdArrayLike<"float32"> | Float32Array | readonly number[],
  ): [NdArray<"float32", readonly [N]>, number];
  /** Maybe single values. */
  genericSingle(
    x: NdArray<"float64", any> | NdArrayLike<"float64"> | Float64Array | ReadonlyNested<number, number>,
  ): NdArray<"float64", any> | number;
  /** Maybe single values. */
  genericSingle(
    x: NdArray<"int64", any> | NdArrayLike<"int64"> | BigInt64Array | ReadonlyNested<bigint, number>,
  ): NdArray<"int64", any> | bigint;
  halves(stack: Stack): [Stack, NdArray<"float64", readonly [number]>, Stack];
  /** Lists of arrays. */
  join(
    arrays: readonly (NdArray<"float64", readonly [number, number]> | NdArrayLike<"float64"> | ReadonlyNested<number, 2>)[],
    more?: readonly (NdArray<"float64", any> | NdArrayLike<"float64"> | Float64Array | ReadonlyNested<number, number>)[] | null,
  ): [NdArray<"float64", readonly [number]>, NdArray<"bool", readonly [3]>[]];
  /** Lists of arrays. */
  join(
    arrays: readonly (NdArray<"int64", readonly [number, number]> | NdArrayLike<"int64"> | ReadonlyNested<bigint, 2>)[],
    more?: readonly (NdArray<"float64", any> | NdArrayLike<"float64"> | Float64Array | ReadonlyNested<number, number>)[] | null,
  ): [NdArray<"int64", readonly [number]>, NdArray<"bool", readonly [3]>[]];
  joinInto(
    arrays: readonly (NdArray<"float32", readonly [number]> | NdArrayLike<"float32"> | Float32Array | readonly number[])[],
    out: NdArray<"float32", readonly [number]> | NdArrayLike<"float32"> | Float32Array,
  ): NdArray<"float32", any>[];
  leading(
    x: NdArray<"float64", any> | NdArrayLike<"float64"> | Float64Array | ReadonlyNested<number, number>,
    y: NdArray<"float64", readonly [number]> | NdArrayLike<"float64"> | Float64Array | readonly number[],
  ): NdArray<"float64", any>;
  /** Of vectors, or of any number of them. */
  liftedDot<N extends number, N2 extends number>(
    x: NdArray<"float64", readonly [N]> | Float64Array | readonly number[],
    y: (NdArray<"float64", readonly [N2]> | Float64Array | readonly number[]) & Same<"n", N, N2>,
    scale: number,
  ): number;
  /** Of vectors, or of any number of them. */
  liftedDot(
    x: NdArray<"float64", any> | NdArrayLike<"float64"> | Float64Array | ReadonlyNested<number, number>,
    y: NdArray<"float64", any> | NdArrayLike<"float64"> | Float64Array | ReadonlyNested<number, number>,
    scale: number,
  ): NdArray<"float64", any> | number;
  liftedMatmul<N extends number, K extends number, K2 extends number, M extends number>(
    a: NdArray<"float64", readonly [N, K]> | ReadonlyNested<number, 2>,
    b: (NdArray<"float64", readonly [K2, M]> | ReadonlyNested<number, 2>) & Same<"k", K, K2>,
  ): NdArray<"float64", readonly [N, M]>;
  liftedMatmul<N extends number, K extends number, K2 extends number, M extends number>(
    a: NdArray<"float32", readonly [N, K]> | ReadonlyNested<number, 2>,
    b: (NdArray<"float32", readonly [K2, M]> | ReadonlyNested<number, 2>) & Same<"k", K, K2>,
  ): NdArray<"float32", readonly [N, M]>;
  liftedMatmul(
    a: NdArray<"float64", any> | NdArrayLike<"float64"> | Float64Array | ReadonlyNested<number, number>,
    b: NdArray<"float64", any> | NdArrayLike<"float64"> | Float64Array | ReadonlyNested<number, number>,
  ): NdArray<"float64", any>;
  liftedMatmul(
    a: NdArray<"float32", any> | NdArrayLike<"float32"> | Float32Array | ReadonlyNested<number, number>,
    b: NdArray<"float32", any> | NdArrayLike<"float32"> | Float32Array | ReadonlyNested<number, number>,
  ): NdArray<"float32", any>;
  liftedScan(
    x: NdArray<"int64", readonly [number]> | BigInt64Array,
  ): [NdArray<"int32", readonly [3]>, bigint, boolean];
  liftedScan(
    x: NdArray<"int64", any> | NdArrayLike<"int64"> | BigInt64Array,
  ): [NdArray<"int32", any>, NdArray<"int64", any> | bigint, NdArray<"bool", any> | boolean];
  ndArray<NdArray2 extends number, Same2 extends number, NdArray3 extends number>(
    x: NdArray<"float32", readonly [number, NdArray2]> | NdArrayLike<"float32"> | ReadonlyNested<number, 2>,
    y: (NdArray<"float32", readonly [Same2, NdArray3]> | NdArrayLike<"float32"> | ReadonlyNested<number, 2>) & Same<"ndArray", NdArray2, NdArray3>,
  ): NdArray<"float32", readonly [Same2]>;
  /**
   * Ends a comment: *\/ and goes on.
   *
   *   indented
   */
  nothing(): void;
  optional<N extends number, N2 extends number, S extends number>(
    x: NdArray<"float64", readonly [N]> | NdArrayLike<"float64"> | Float64Array | readonly number[] | null | undefined,
    first: boolean | null | undefined,
    second: bigint,
    third?: bigint | null,
    out?: (NdArray<"float64", readonly [N2, S]> | NdArrayLike<"float64">) & Same<"n", N, N2> & Exactly<1, 3, S> | null,
    last?: number | null,
  ): NdArray<"float64", readonly [N]>;
  optionalGeneric(x?: bigint | null): void;
  optionalGeneric(x?: number | null): void;
  point(x: NdArray<"float32", readonly []> | NdArrayLike<"float32"> | number): number;
  points<N extends number, S extends number, N2 extends number>(
    xyz: (NdArray<"float64", readonly [N, S]> | NdArrayLike<"float64"> | ReadonlyNested<number, 2>) & Exactly<1, 3, S>,
    weights: (NdArray<"float64", readonly [N2]> | NdArrayLike<"float64"> | Float64Array | readonly number[]) & Same<"n", N, N2>,
  ): NdArray<"float64", readonly [3]>;
  /** Shuffles a stack. */
  shuffle(stack: Stack, generator: Generator): void;
  square<N extends number, N2 extends number>(
    x: (NdArray<"float64", readonly [N, N2]> | NdArrayLike<"float64"> | ReadonlyNested<number, 2>) & Same<"n", N, N2>,
  ): NdArray<"float64", readonly [N, N]>;
  three<N extends number, N2 extends number, N3 extends number>(
    x: NdArray<"float32", readonly [N]> | NdArrayLike<"float32"> | Float32Array | readonly number[],
    y: (NdArray<"float32", readonly [N2]> | NdArrayLike<"float32"> | Float32Array | readonly number[]) & Same<"n", N, N2>,
    z: (NdArray<"float32", readonly [N3]> | NdArrayLike<"float32"> | Float32Array | readonly number[]) & Same<"n", N, N3>,
  ): [NdArray<"float32", readonly [N]>, boolean, bigint, NdArray<"float64", readonly []>];
  /** A ufunc. */
  readonly ufuncAdd:
    & FoldingUfunc<[a: "float64", b: "float64"], "float64">
    & FoldingUfunc<[a: "int64", b: "int64"], "int64">
    & FoldingUfunc<[a: "int32", b: "int32"], "int32">
    & FoldingUfunc<[a: "uint8", b: "uint8"], "uint8">
    & FoldingUfunc<[a: "float32", b: "float32"], "float32">
    & FoldingUfunc<[a: "uint64", b: "uint64"], "uint64">;
  /** `ufuncAdd.reduce`, over all axes by default. */
  readonly ufuncSum:
    & Reduction<"float64">
    & Reduction<"int64">
    & Reduction<"int32">
    & Reduction<"uint8">
    & Reduction<"float32">
    & Reduction<"uint64">;
  /** `ufuncAdd.accumulate`, of all elements in row-major order by default. */
  readonly ufuncCumsum:
    & Accumulation<"float64">
    & Accumulation<"int64">
    & Accumulation<"int32">
    & Accumulation<"uint8">
    & Accumulation<"float32">
    & Accumulation<"uint64">;
  /** A ufunc. */
  readonly ufuncNegate: Ufunc<[x: "float64"], "float64"> & Ufunc<[x: "float32"], "float32">;
  /** A ufunc. */
  readonly ufuncWhere: Ufunc<[condition: "bool", x: "float32", y: "float32"], "float32">;
  /** A ufunc. */
  readonly ufuncXor: FoldingUfunc<[a: "bool", b: "bool"], "bool">;
  readonly memory: LoadedArrays["memory"] & LoadedHandles["memory"];
}

/** Loads the kernels. Every call makes an instance of its own, with its own memory. */
export function load(options?: SequentialOptions): Promise<Kernels>;
