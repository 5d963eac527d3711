/// <reference lib="esnext.disposable" />

/** Element types, by NumPy's names. */
export type Dtype = keyof Arrays;

/** An element of a complex array. */
export interface Complex {
  re: number;
  im: number;
}

/** The typed array of each dtype; real and imaginary parts in turn where elements are complex. */
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
  float16: Half;
  complex64: Float32Array;
  complex128: Float64Array;
}

/** `Float16Array`, which not every TypeScript knows and not every host has. */
type Half = typeof globalThis extends { Float16Array: { prototype: infer A } }
  ? A
  : ArrayBufferView & { readonly length: number; [index: number]: number };

/** What an element of each dtype is. */
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
  float16: number;
  complex64: Complex;
  complex128: Complex;
}

/** What an element of each dtype may be given as. */
type Given<D extends Dtype> = Elements[D] | (D extends "complex64" | "complex128" ? number : never);

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
 * What is shaped like an array: an ndarray of scijs or stdlib, or an object by hand. Strides and offset count elements;
 * without strides they are in row-major order.
 */
export interface NdArrayLike<D extends Dtype = Dtype> {
  readonly data: Arrays[D];
  readonly shape: readonly number[];
  readonly strides?: readonly number[];
  readonly stride?: readonly number[];
  readonly offset?: number;
  /** An {@link NdArray} tells more by its own type. */
  readonly free?: undefined;
}

/** An axis: a place, or `[start, stop, step]` with `null` for what is left open; or Python's text for several. */
export type Index = number | readonly [start?: number | null, stop?: number | null, step?: number | null] | string;

/** The axes reversed, by rank. Looked up, as {@link Nested} is. */
interface Reversed<D extends Dtype, S extends readonly number[]> {
  0: NdArray<D, readonly []>;
  1: NdArray<D, readonly [S[0]]>;
  2: NdArray<D, readonly [S[1], S[0]]>;
  3: NdArray<D, readonly [S[2], S[1], S[0]]>;
  4: NdArray<D, readonly [S[3], S[2], S[1], S[0]]>;
  5: NdArray<D, readonly [S[4], S[3], S[2], S[1], S[0]]>;
  6: NdArray<D, readonly [S[5], S[4], S[3], S[2], S[1], S[0]]>;
  [rank: number]: NdArray<D, any>;
}

/** What lies along the first axis, by rank. */
interface Rows<D extends Dtype, S extends readonly number[]> {
  0: never;
  1: Elements[D];
  2: NdArray<D, readonly [S[1]]>;
  3: NdArray<D, readonly [S[1], S[2]]>;
  4: NdArray<D, readonly [S[1], S[2], S[3]]>;
  5: NdArray<D, readonly [S[1], S[2], S[3], S[4]]>;
  6: NdArray<D, readonly [S[1], S[2], S[3], S[4], S[5]]>;
  [rank: number]: any;
}

/** What indices leave of an array: `any` where its rank is not known, `unknown` where they are too many. */
type At<D extends Dtype, S extends readonly number[], I extends readonly unknown[]> = number extends S["length"]
  ? any
  : S extends readonly [...{ [A in keyof I]: number }, ...infer Rest extends readonly number[]]
    ? Rest extends readonly [] ? Elements[D] : NdArray<D, Readonly<Rest>>
    : unknown;

/** One size may be -1. */
type Resolved<S extends readonly number[]> = Known<{ readonly [A in keyof S]: S[A] extends -1 ? number : S[A] }>;

/**
 * An array in the memory of a loaded package, or a view of one: any number of views share the elements.
 *
 * `S` is the shape as far as it is known: `readonly [3, number]` has 3 rows and any number of columns, `any` is of any
 * rank. Kernels take it without a copy. It is freed by {@link free}, by `using`, by `scope()`, or some time after it was
 * forgotten; any use after that throws a {@link KernelMemoryError}. The memory goes back with the last view of it.
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
  /** Whether the elements lie in row-major order, one after the other. */
  readonly isContiguous: boolean;
  /**
   * The elements, without a copy; an error for a view that is not {@link isContiguous}. Made at each access: read it again
   * after calling a kernel or making an array, since one that is held while the memory grows is detached. One that is held
   * after `free` shows whatever comes next.
   */
  readonly data: Arrays[D];
  /** A copy of the elements, in row-major order. */
  toTypedArray(): Arrays[D];
  /** Nested arrays of the elements; a single value for 0 dimensions. */
  toArray(): Nested<Elements[D]>[S["length"]];
  /** The text that NumPy's `str` gives. */
  toString(): string;
  /** The bytes of a `.npy` file. */
  toNpy(): Uint8Array<ArrayBuffer>;
  /** A copy of a uint8 array of shape `(height, width, 4)`, where the host has `ImageData`. */
  toImageData(): ImageData;

  /** A view with the axes reversed. */
  readonly T: Reversed<D, S>[S["length"]];
  /** A view with the axes reversed, or in the order given. */
  transpose(): Reversed<D, S>[S["length"]];
  transpose(...axes: number[]): NdArray<D, any>;
  transpose(axes: readonly number[]): NdArray<D, any>;
  /**
   * A view of a part: `slice([1, null], [null, null, -1])`, or `slice("1:, ::-1")` as in Python, with `...` and `newaxis` or `None`.
   * Parts are clipped to what is there, places outside are an error.
   */
  slice(...indices: Index[]): NdArray<D, any>;
  /** One element, or a view of the rest: `at(i)` is a row of a matrix. Negative indices count from the end. */
  at<E extends Dtype, T extends readonly number[], I extends readonly number[]>(
    this: NdArray<E, T>,
    ...indices: I
  ): At<E, T, I>;
  /** Sets one element; refused by a view that repeats elements, as `fill` is. */
  set(value: Given<D>, ...indices: number[]): void;
  /** Sets every element. */
  fill(value: Given<D>): void;
  /** A view with another shape, one size of which may be -1; an error where that takes a copy. */
  reshape<const T extends readonly number[]>(...shape: T): NdArray<D, Resolved<T>>;
  reshape<const T extends readonly number[]>(shape: T): NdArray<D, Resolved<T>>;
  /** All elements along one axis: a view where strides allow it, else a copy. */
  ravel(): NdArray<D, readonly [number]>;
  /** A copy with all elements along one axis. */
  flatten(): NdArray<D, readonly [number]>;
  /** A view of a larger shape, by NumPy's broadcasting. */
  broadcastTo<const T extends readonly number[]>(...shape: T): NdArray<D, Known<T>>;
  broadcastTo<const T extends readonly number[]>(shape: T): NdArray<D, Known<T>>;
  /** A view without an axis of size 1, or without all of them. */
  squeeze(axis?: number): NdArray<D, any>;
  /** A view with one more axis, of size 1. */
  expandDims(axis: number): NdArray<D, any>;
  /** Views along the first axis; elements where there is no other. */
  [Symbol.iterator](): IterableIterator<Rows<D, S>[S["length"]]>;
  /** An array of its own with the same elements, in row-major order. */
  copy(): NdArray<D, S>;
  /**
   * A copy with another dtype, converted as C does: integers lose the fraction and wrap around, all but 0 is true, a real
   * number has no imaginary part.
   */
  astype<E extends Dtype>(dtype: E): NdArray<E, S>;

  /** Gives the memory back, once no other view needs it. A second call does nothing. */
  free(): void;
  [Symbol.dispose](): void;
}

/** What a ufunc takes for an array: one of any shape, or a single value. */
export type Operand<D extends Dtype> =
  | NdArray<D, any>
  | Arrays[D]
  | (D extends "uint8" ? Uint8ClampedArray : never)
  | NdArrayLike<D>
  | ReadonlyNested<Given<D>, number>;

/** Where a ufunc writes its result, and what it then returns. */
interface Out<R extends Dtype, O extends NdArray<R, any>> {
  readonly out: O;
}

/** The options of a ufunc whose result is a new array. */
type NoOut = { readonly out?: null | undefined } | null;

/** The arguments of a ufunc where each is a single value, an array of one shape, anything. */
type Values<P extends readonly Dtype[]> = { [I in keyof P]: Elements[P[I]] };
type Shaped<P extends readonly Dtype[], S extends readonly number[]> = { [I in keyof P]: NdArray<P[I], S> };
type Operands<P extends readonly Dtype[]> = { [I in keyof P]: Operand<P[I]> };

/** An elementwise function. Its result has the shape that its arguments broadcast to. */
export interface Ufunc<P extends readonly Dtype[], R extends Dtype> {
  (...args: [...Values<P>, options?: NoOut]): Elements[R];
  <S extends readonly number[]>(...args: [...Shaped<P, S>, options?: NoOut]): NdArray<R, S>;
  (...args: [...Operands<P>, options?: NoOut]): NdArray<R, any>;
  <O extends NdArray<R, any>>(...args: [...Operands<P>, options: Out<R, O>]): O;
}

/** An elementwise function of two arguments and a result of one type: it can be repeated. */
export interface FoldingUfunc<P extends readonly [D, D], D extends Dtype> extends Ufunc<P, D> {
  /** Reduces an array over axes. */
  readonly reduce: Reduce<D>;
  /** Every prefix of a reduction along one axis. */
  readonly accumulate: Accumulate<D>;
  /** The function on every pair of elements: the result has the axes of the first argument, then those of the second. */
  readonly outer: Outer<P, D>;
}

/** What `reduce` takes besides an array. */
interface ReduceOptions<D extends Dtype> {
  /** The axis, several, or `null` for all; by default 0. Negative ones count from the last. */
  readonly axis?: number | readonly number[] | null | undefined;
  /** Whether reduced axes stay, with size 1. */
  readonly keepdims?: boolean | null | undefined;
  /** What the reduction begins with. */
  readonly initial?: Given<D> | null | undefined;
}

/** The options of a reduction whose axes do not stay. */
interface NoKeepdims {
  readonly keepdims?: false | null | undefined;
}

/** What `accumulate` takes besides an array. */
interface AccumulateOptions {
  /** The axis, by default 0. */
  readonly axis?: number | undefined;
}

interface Reduce<D extends Dtype> {
  <O extends NdArray<D, any>>(array: Operand<D>, options: ReduceOptions<D> & Out<D, O>): O;
  (array: Operand<D>, options: ReduceOptions<D> & NoOut & { readonly keepdims: true }): NdArray<D, any>;
  (array: Operand<D>, options: ReduceOptions<D> & NoOut & { readonly axis: null } & NoKeepdims): Elements[D];
  (
    array: Arrays[D] | NdArray<D, readonly [number]> | readonly Elements[D][],
    options?: (ReduceOptions<D> & NoOut & { readonly axis?: number | undefined } & NoKeepdims) | null,
  ): Elements[D];
  /** A single value where no dimension is left. */
  (array: Operand<D>, options?: (ReduceOptions<D> & NoOut) | null): NdArray<D, any> | Elements[D];
}

interface Accumulate<D extends Dtype> {
  <S extends readonly number[]>(array: NdArray<D, S>, options?: AccumulateOptions & NoOut): NdArray<D, S>;
  (array: Operand<D>, options?: AccumulateOptions & NoOut): NdArray<D, any>;
  <O extends NdArray<D, any>>(array: Operand<D>, options: AccumulateOptions & Out<D, O>): O;
}

/** A ufunc's `reduce` over all axes, unless told otherwise. */
export interface Reduction<D extends Dtype> {
  (array: Operand<D>, axis: number | readonly number[] | null | undefined, keepdims: true, initial?: Given<D> | null): NdArray<D, any>;
  (array: Operand<D>, axis?: null, keepdims?: false | null, initial?: Given<D> | null): Elements[D];
  (
    array: Arrays[D] | NdArray<D, readonly [number]> | readonly Elements[D][],
    axis: number,
    keepdims?: false | null,
    initial?: Given<D> | null,
  ): Elements[D];
  /** A single value where no dimension is left. */
  (
    array: Operand<D>,
    axis: number | readonly number[] | null | undefined,
    keepdims?: boolean | null,
    initial?: Given<D> | null,
  ): NdArray<D, any> | Elements[D];
}

/** A ufunc's `accumulate`, of all elements in row-major order unless an axis is given. */
export interface Accumulation<D extends Dtype> {
  (array: Operand<D>, axis?: null): NdArray<D, readonly [number]>;
  <S extends readonly number[]>(array: NdArray<D, S>, axis: number): NdArray<D, S>;
  (array: Operand<D>, axis?: number | null): NdArray<D, any>;
}

interface Outer<P extends readonly [D, D], D extends Dtype> {
  (...args: [...Values<P>, options?: NoOut]): Elements[D];
  (...args: [...Operands<P>, options?: NoOut]): NdArray<D, any>;
  <O extends NdArray<D, any>>(...args: [...Operands<P>, options: Out<D, O>]): O;
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
  : A extends BigUint64Array ? "uint64" : A extends Float32Array ? "float32" : A extends Float64Array ? "float64" : "float16";

type AnyNested = ReadonlyDeep<number> | ReadonlyDeep<bigint> | ReadonlyDeep<boolean> | ReadonlyDeep<Complex>;

/** The dtype that nested arrays, or a single value, get. */
type DefaultDtype<T> = T extends ReadonlyDeep<number> ? "float64" : T extends ReadonlyDeep<bigint> ? "int64"
  : T extends ReadonlyDeep<boolean> ? "bool" : "complex128";

/** The shape of nested arrays, as far as their type tells. */
type ShapeOf<T> = T extends readonly [infer First, ...unknown[]] ? readonly [T["length"], ...ShapeOf<First>]
  : T extends readonly (infer E)[] ? readonly [T["length"], ...ShapeOf<E>] : readonly [];

/** A shape of unknown rank fits everywhere. */
type Known<S extends readonly number[]> = number extends S["length"] ? any : S;

/** What comes with the kernels. */
export interface Loaded {
  /** Whether kernels run on several threads, and why not. */
  readonly threads: Threads;

  /** Ends this instance with its threads. Its kernels and arrays can't be used afterwards. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/** What is said about a new array beside its shape. */
interface Typed<D extends Dtype> {
  readonly dtype?: D;
}

/** A shape; a number is that of one dimension. */
type Shape = number | readonly number[];
type Sized<S extends Shape> = S extends number ? readonly [S] : S extends readonly number[] ? Known<S> : never;

/** What comes with kernels that take or return arrays. */
export interface LoadedArrays {
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
  /** Copies complex numbers, real and imaginary parts in turn. */
  array<const S extends readonly number[] = readonly [number]>(
    data: Float32Array,
    options: { readonly dtype: "complex64"; readonly shape?: S },
  ): NdArray<"complex64", Known<S>>;
  array<const S extends readonly number[] = readonly [number]>(
    data: Float64Array,
    options: { readonly dtype: "complex128"; readonly shape?: S },
  ): NdArray<"complex128", Known<S>>;
  /** Copies an array: one of the package, or what is shaped like one. */
  array<D extends Dtype, S extends readonly number[]>(data: NdArray<D, S>): NdArray<D, S>;
  array<D extends Dtype>(data: NdArrayLike<D> & { readonly dtype: D }): NdArray<D, any>;
  array<A extends AnyTypedArray>(data: Omit<NdArrayLike, "data"> & { readonly data: A }): NdArray<DtypeOf<A>, any>;
  array<D extends "bool" | "complex64" | "complex128">(
    data: NdArrayLike<D>,
    options: { readonly dtype: D },
  ): NdArray<D, any>;
  /**
   * Copies nested arrays: numbers as float64, bigints as int64, booleans as bool, `{ re, im }` as complex128, unless `dtype`
   * says otherwise.
   */
  array<const T extends AnyNested>(data: T): NdArray<DefaultDtype<T>, Known<ShapeOf<T>>>;
  array<const T extends AnyNested, const S extends readonly number[]>(
    data: T,
    shape: S | { readonly shape: S },
  ): NdArray<DefaultDtype<T>, Known<S>>;
  array<D extends Dtype, const T extends ReadonlyDeep<Given<D>>>(
    data: T,
    options: { readonly dtype: D; readonly shape?: undefined },
  ): NdArray<D, Known<ShapeOf<T>>>;
  array<D extends Dtype, const S extends readonly number[]>(
    data: ReadonlyDeep<Given<D>>,
    options: { readonly dtype: D; readonly shape: S },
  ): NdArray<D, Known<S>>;

  /** An array of zeros, float64 unless `dtype` says otherwise. */
  zeros<const S extends Shape, D extends Dtype = "float64">(shape: S, options?: Typed<D>): NdArray<D, Sized<S>>;
  /** An array of ones, float64 unless `dtype` says otherwise. */
  ones<const S extends Shape, D extends Dtype = "float64">(shape: S, options?: Typed<D>): NdArray<D, Sized<S>>;
  /** An array of one value, whose dtype is that of nested arrays unless `dtype` says otherwise. */
  full<const S extends Shape, T extends number | bigint | boolean | Complex>(
    shape: S,
    value: T,
  ): NdArray<DefaultDtype<T>, Sized<S>>;
  full<const S extends Shape, D extends Dtype>(
    shape: S,
    value: Given<D>,
    options: { readonly dtype: D },
  ): NdArray<D, Sized<S>>;
  /** An array with unset elements, float64 unless `dtype` says otherwise. */
  empty<const S extends Shape, D extends Dtype = "float64">(shape: S, options?: Typed<D>): NdArray<D, Sized<S>>;
  /** Numbers from 0, or from `start`, up to but without `stop`: float64, or int64 for bigints, unless `dtype` says otherwise. */
  arange<D extends Dtype = "float64">(stop: number, options?: Typed<D>): NdArray<D, readonly [number]>;
  arange<D extends Dtype = "float64">(
    start: number,
    stop: number,
    options?: Typed<D>,
  ): NdArray<D, readonly [number]>;
  arange<D extends Dtype = "float64">(
    start: number,
    stop: number,
    step: number,
    options?: Typed<D>,
  ): NdArray<D, readonly [number]>;
  arange<D extends Dtype = "int64">(stop: bigint, options?: Typed<D>): NdArray<D, readonly [number]>;
  arange<D extends Dtype = "int64">(start: bigint, stop: bigint, options?: Typed<D>): NdArray<D, readonly [number]>;
  arange<D extends Dtype = "int64">(
    start: bigint,
    stop: bigint,
    step: bigint,
    options?: Typed<D>,
  ): NdArray<D, readonly [number]>;
  /** `num` numbers, 50 by default, in equal steps from `start` to `stop`, or up to it without `endpoint`. */
  linspace<N extends number = 50, D extends Dtype = "float64">(
    start: number,
    stop: number,
    num?: N,
    options?: Typed<D> & { readonly endpoint?: boolean },
  ): NdArray<D, readonly [N]>;
  linspace<D extends Dtype = "float64">(
    start: number,
    stop: number,
    options: Typed<D> & { readonly endpoint?: boolean },
  ): NdArray<D, readonly [50]>;
  /** Ones on a diagonal, zeros elsewhere; `k` moves it to the right. */
  eye<N extends number, D extends Dtype = "float64">(
    n: N,
    options?: Typed<D> & { readonly k?: number },
  ): NdArray<D, readonly [N, N]>;
  eye<N extends number, M extends number, D extends Dtype = "float64">(
    n: N,
    m: M,
    options?: Typed<D> & { readonly k?: number },
  ): NdArray<D, readonly [N, M]>;

  /** The array in a `.npy` file; an error where it is not of the `dtype` given. */
  fromNpy<D extends Dtype = Dtype>(bytes: Uint8Array | ArrayBuffer, options?: Typed<D>): NdArray<D, any>;
  /** The arrays of a `.npz` file by name. */
  fromNpz(bytes: Uint8Array | ArrayBuffer): Promise<Record<string, NdArray<Dtype, any>>>;
  /** The bytes of a `.npz` file, not compressed. */
  toNpz(arrays: Readonly<Record<string, NdArray>>): Uint8Array<ArrayBuffer>;

  /**
   * Runs a function and frees the arrays that it made, but for those that it returns: one, or several in arrays and plain
   * objects. It must not return a promise.
   */
  scope<T>(run: () => T): T;
  /** What is alive: arrays, views included, and the bytes of their elements, which views share. */
  readonly memory: { readonly arrays: number; readonly bytes: number };
}

declare const struct: unique symbol;

/** A struct of Rust. Those of one class are not those of another, whatever methods they share. */
export interface Handle<Name extends string> {
  readonly [struct]: Name;

  /** Drops the struct. A second call does nothing. */
  free(): void;
  [Symbol.dispose](): void;
}

/** A class without a constructor. */
export type Abstract<T> = (abstract new (...args: never) => T) & { readonly prototype: T };

/** What comes with kernels that take or return handles. */
export interface LoadedHandles {
  /** Frees what the function makes, but for what it returns: alone, or in plain objects and arrays. */
  scope<T>(run: () => T): T;
  /** How many handles are alive. */
  readonly memory: { readonly handles: number };
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
/** The kernel's own `Err`: the message is the kernel's name and the error's text. */
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
