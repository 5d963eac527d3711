/// <reference lib="esnext.disposable" />

/** Element types, by NumPy's names. */
export type Dtype = keyof Arrays;

/** The typed array of each dtype. */
interface Arrays {
  bool: Uint8Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
  float32: Float32Array;
  float64: Float64Array;
}

/** What an element of each dtype is in nested arrays. */
interface Elements {
  bool: boolean;
  int8: number;
  int16: number;
  int32: number;
  int64: bigint;
  uint8: number;
  uint16: number;
  uint32: number;
  uint64: bigint;
  float32: number;
  float64: number;
}

/** Nested arrays by the number of levels. Looked up, since a conditional type would make `NdArray` invariant. */
interface Nested<T> {
  0: T;
  1: T[];
  2: T[][];
  3: T[][][];
  4: T[][][][];
  5: T[][][][][];
  6: T[][][][][][];
  [levels: number]: Deep<T>;
}
type Deep<T> = T | Deep<T>[];

/** Nested arrays with `R` levels, to read from. */
export type ReadonlyNested<T, R> = number extends R
  ? ReadonlyDeep<T>
  : R extends 0 ? T : R extends 1 ? readonly T[] : R extends 2 ? readonly (readonly T[])[]
  : R extends 3 ? readonly ReadonlyNested<T, 2>[] : R extends 4 ? readonly ReadonlyNested<T, 3>[]
  : R extends 5 ? readonly ReadonlyNested<T, 4>[] : R extends 6 ? readonly ReadonlyNested<T, 5>[] : ReadonlyDeep<T>;
type ReadonlyDeep<T> = T | readonly ReadonlyDeep<T>[];

/** Nothing to fulfil where two sizes can be the same; a size that is not known is `number`. */
export type Same<Name extends string, A, B> = [A & B] extends [never]
  ? { readonly [P in `size of dimension ${Name} differs`]: [A, B] }
  : unknown;

/** Nothing to fulfil where a size can be the one that the kernel wants. */
export type Exactly<Axis extends number, Size, A> = [Size & A] extends [never]
  ? { readonly [P in `size along axis ${Axis} is fixed`]: [Size, A] }
  : unknown;

/**
 * An array in the memory of a loaded package, in row-major order.
 *
 * `S` is the shape as far as it is known: `readonly [3, number]` has 3 rows and any number of columns, `any` is of any
 * rank. Kernels take it without a copy. It is freed by {@link free}, by `using`, or some time after it was forgotten;
 * any use after that throws a {@link KernelMemoryError}.
 */
export class NdArray<D extends Dtype = Dtype, S extends readonly number[] = any> {
  #private;
  private constructor();
  /** NumPy's name of the element type. */
  readonly dtype: D;
  /** The sizes. */
  readonly shape: S;
  /** Steps between neighbours along each axis, in elements. */
  readonly strides: readonly number[];
  /** The number of dimensions. */
  readonly ndim: S["length"];
  /** The number of elements. */
  readonly size: number;
  /**
   * The elements, without a copy. Made at each access: read it again after calling a kernel or making an array, since a
   * view that is held while the memory grows is detached. One that is held after `free` shows whatever comes next.
   */
  readonly data: Arrays[D];
  /** A copy of the elements. */
  toTypedArray(): Arrays[D];
  /** Nested arrays of the elements; a single value for 0 dimensions. */
  toArray(): Nested<Elements[D]>[S["length"]];
  /** Gives the memory back. A second call does nothing. */
  free(): void;
  [Symbol.dispose](): void;
}

/** What a ufunc takes for an array: one of any shape, or a single value. */
export type Operand<D extends Dtype> =
  | NdArray<D, any>
  | Arrays[D]
  | (D extends "uint8" ? Uint8ClampedArray : never)
  | ReadonlyNested<Elements[D], number>;

/** Where a ufunc writes its result, and what it then returns. */
interface Out<R extends Dtype, O extends NdArray<R, any>> {
  readonly out: O;
}

/** An elementwise function of one argument. Its result has the shape of the argument. */
export interface Ufunc1<A extends Dtype, R extends Dtype> {
  (a: Elements[A]): Elements[R];
  <S extends readonly number[]>(a: NdArray<A, S>): NdArray<R, S>;
  (a: Operand<A>): NdArray<R, any>;
  <O extends NdArray<R, any>>(a: Operand<A>, options: Out<R, O>): O;
}

/** An elementwise function of two arguments. Its result has the shape that both broadcast to. */
export interface Ufunc2<A extends Dtype, B extends Dtype, R extends Dtype> {
  (a: Elements[A], b: Elements[B]): Elements[R];
  (a: Operand<A>, b: Operand<B>): NdArray<R, any>;
  <O extends NdArray<R, any>>(a: Operand<A>, b: Operand<B>, options: Out<R, O>): O;
}

/** An elementwise function of three arguments. Its result has the shape that all broadcast to. */
export interface Ufunc3<A extends Dtype, B extends Dtype, C extends Dtype, R extends Dtype> {
  (a: Elements[A], b: Elements[B], c: Elements[C]): Elements[R];
  (a: Operand<A>, b: Operand<B>, c: Operand<C>): NdArray<R, any>;
  <O extends NdArray<R, any>>(a: Operand<A>, b: Operand<B>, c: Operand<C>, options: Out<R, O>): O;
}

/** An elementwise function of four arguments. Its result has the shape that all broadcast to. */
export interface Ufunc4<A extends Dtype, B extends Dtype, C extends Dtype, D extends Dtype, R extends Dtype> {
  (a: Elements[A], b: Elements[B], c: Elements[C], d: Elements[D]): Elements[R];
  (a: Operand<A>, b: Operand<B>, c: Operand<C>, d: Operand<D>): NdArray<R, any>;
  <O extends NdArray<R, any>>(a: Operand<A>, b: Operand<B>, c: Operand<C>, d: Operand<D>, options: Out<R, O>): O;
}

/** An elementwise function of two arguments and a result of one type: it can be repeated. */
export interface FoldingUfunc<D extends Dtype> extends Ufunc2<D, D, D> {
  /** Reduces an array over axes. */
  readonly reduce: Reduce<D>;
  /** Every prefix of a reduction along one axis. */
  readonly accumulate: Accumulate<D>;
  /** The function on every pair of elements: the result has the axes of `a`, then those of `b`. */
  readonly outer: Outer<D>;
}

/** What `reduce` takes besides an array. */
interface ReduceOptions<D extends Dtype> {
  /** The axis, several, or `null` for all; by default 0. Negative ones count from the last. */
  readonly axis?: number | readonly number[] | null;
  /** Whether reduced axes stay, with size 1. */
  readonly keepdims?: boolean;
  /** What the reduction begins with. */
  readonly initial?: Elements[D];
}

interface Reduce<D extends Dtype> {
  <O extends NdArray<D, any>>(array: Operand<D>, options: ReduceOptions<D> & Out<D, O>): O;
  (array: Operand<D>, options: ReduceOptions<D> & { readonly keepdims: true }): NdArray<D, any>;
  (array: Operand<D>, options: ReduceOptions<D> & { readonly axis: null; readonly keepdims?: false }): Elements[D];
  (array: Arrays[D] | NdArray<D, readonly [number]> | readonly Elements[D][], options?: ReduceOptions<D> & { readonly axis?: number; readonly keepdims?: false }): Elements[D];
  /** A single value where no dimension is left. */
  (array: Operand<D>, options?: ReduceOptions<D>): NdArray<D, any> | Elements[D];
}

interface Accumulate<D extends Dtype> {
  <S extends readonly number[]>(array: NdArray<D, S>, options?: { readonly axis?: number }): NdArray<D, S>;
  (array: Operand<D>, options?: { readonly axis?: number }): NdArray<D, any>;
  <O extends NdArray<D, any>>(array: Operand<D>, options: { readonly axis?: number } & Out<D, O>): O;
}

interface Outer<D extends Dtype> {
  (a: Elements[D], b: Elements[D]): Elements[D];
  (a: Operand<D>, b: Operand<D>): NdArray<D, any>;
  <O extends NdArray<D, any>>(a: Operand<D>, b: Operand<D>, options: Out<D, O>): O;
}

/** Whether kernels run on several threads. */
export interface Threads {
  /** How many threads a parallel kernel runs on. */
  readonly active: number;
  /** Why it is only one; `null` where it is more. */
  readonly reason: string | null;
  /** What to do about it, where something can be done. */
  readonly fix?: string;
}

/** What `load()` takes in a package with threads. */
export interface ThreadedOptions {
  /** How many threads, `false` for none but the calling one. By default one per core. */
  threads?: number | false;
  /** The memory of the threaded variant, in bytes. By default all that the package was built for, from the start. */
  memory?: {
    /** What there is at first; it grows between calls. */
    initial?: number;
    /** What there is at most. */
    maximum?: number;
  };
}

/** What `load()` takes in a package without threads. */
export interface SequentialOptions {
  /** The package has no threads. */
  threads?: false;
}

type AnyTypedArray = Arrays[Dtype] | Uint8ClampedArray;

type DtypeOf<A> = A extends Uint8Array | Uint8ClampedArray ? "uint8"
  : A extends Int8Array ? "int8" : A extends Int16Array ? "int16" : A extends Int32Array ? "int32"
  : A extends BigInt64Array ? "int64" : A extends Uint16Array ? "uint16" : A extends Uint32Array ? "uint32"
  : A extends BigUint64Array ? "uint64" : A extends Float32Array ? "float32" : "float64";

/** The dtype that nested arrays get. */
type DefaultDtype<T> = T extends ReadonlyDeep<number> ? "float64" : T extends ReadonlyDeep<bigint> ? "int64" : "bool";

/** The shape of nested arrays, as far as their type tells. */
type ShapeOf<T> = T extends readonly [infer First, ...unknown[]] ? readonly [T["length"], ...ShapeOf<First>]
  : T extends readonly (infer E)[] ? readonly [T["length"], ...ShapeOf<E>] : readonly [];

/** A shape of unknown rank fits everywhere. */
type Known<S extends readonly number[]> = number extends S["length"] ? any : S;

/** What comes with the kernels. */
export interface Loaded {
  /** Whether kernels run on several threads, and why not. */
  readonly threads: Threads;

  /** Copies a typed array into the memory of the package, by default with one dimension. */
  array<A extends AnyTypedArray>(data: A): NdArray<DtypeOf<A>, readonly [number]>;
  array<A extends AnyTypedArray, const S extends readonly number[]>(
    data: A,
    shape: S | { readonly shape: S; readonly dtype?: DtypeOf<A> },
  ): NdArray<DtypeOf<A>, Known<S>>;
  /** Copies bytes, each 0 or 1, as booleans. */
  array<const S extends readonly number[] = readonly [number]>(
    data: Uint8Array | Uint8ClampedArray,
    options: { readonly dtype: "bool"; readonly shape?: S },
  ): NdArray<"bool", Known<S>>;
  /** Copies nested arrays: numbers as float64, bigints as int64, booleans as bool, unless `dtype` says otherwise. */
  array<
    const T extends ReadonlyDeep<number> | ReadonlyDeep<bigint> | ReadonlyDeep<boolean>,
    const S extends readonly number[] = ShapeOf<T>,
  >(data: T, shape?: S | { readonly shape?: S }): NdArray<DefaultDtype<T>, Known<S>>;
  array<
    D extends Dtype,
    const T extends ReadonlyDeep<Elements[D]>,
    const S extends readonly number[] = ShapeOf<T>,
  >(data: T, options: { readonly dtype: D; readonly shape?: S }): NdArray<D, Known<S>>;

  /** Ends this instance with its threads. Its kernels and arrays can't be used afterwards. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/** What every error of a package is. */
export class KernelError extends Error {
  constructor(message: string, about?: { kernel?: string; argument?: string; cause?: unknown });
  /** The kernel's name, where it is about one. */
  readonly kernel?: string;
  /** The argument's name, where it is about one. */
  readonly argument?: string;
}
/** A value of the wrong type: another dtype or rank, no array at all, a number out of range. */
export class KernelTypeError extends KernelError {}
/** Sizes that do not fit together. */
export class KernelShapeError extends KernelError {}
/** An array that a kernel writes to and that shares memory with another argument, or with itself. */
export class KernelAliasError extends KernelError {}
/** No memory left, or an array that was freed. */
export class KernelMemoryError extends KernelError {}
/** The kernel's own `Err`; the message is its text. */
export class KernelFailure extends KernelError {}
/** A panic inside a kernel. */
export class KernelPanic extends KernelError {
  /** The Rust file, where it is known. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}
/** A package that can't be loaded. */
export class KernelLoadError extends KernelError {}
