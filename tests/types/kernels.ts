// Calls that must compile, and under `@ts-expect-error` those that must not.

import { load, NdArray, KernelShapeError } from "../../cargo-kernel/tests/golden/programs/index.js";
import { load as loadZoo } from "../../cargo-kernel/tests/golden/zoo/index.js";
import { exactly } from "./exactly.js";

const k = await load();
const zoo = await loadZoo();
declare const unknownSize: number;
declare const unknownShape: number[];

const a = k.array(new Float32Array(6), [3, 2]);
const b = k.array(new Float32Array(8), [2, 4]);
const unknown = k.array(new Float32Array(6), [unknownSize, 2]);
const unranked = k.array(new Float32Array(6), unknownShape);

// Sizes go through a kernel, and are compared where they are known.
exactly<NdArray<"float32", readonly [3, 4]>>()(k.matmul(a, b));
exactly<NdArray<"float32", readonly [number, 4]>>()(k.matmul(unknown, b));
exactly<NdArray<"float32", readonly [number, 4]>>()(k.matmul([[1, 2]], b));
exactly<NdArray<"float32", readonly [3, number]>>()(k.matmul(a, k.array(new Float32Array(4), [unknownSize, 2])).shape[1] === 2
  ? k.matmul(a, [[1], [2]])
  : k.matmul(a, [[3], [4]]));
k.matmul(unranked, b);
k.matmul(a, unranked);
k.scale(2, k.matmul(a, b));
// @ts-expect-error size of dimension k differs
k.matmul(b, a);
// @ts-expect-error 1 dimension instead of 2
k.matmul(a, k.array(new Float32Array(2)));
// @ts-expect-error float64 instead of float32
k.matmul(a, k.array([[1], [2]]));
// @ts-expect-error no array
k.matmul(a, 5);
// @ts-expect-error a typed array has 1 dimension
k.matmul(a, new Float32Array(4));
// @ts-expect-error nested arrays with 1 level
k.matmul(a, [1, 2]);
// @ts-expect-error nested arrays with 3 levels
k.matmul(a, [[[1, 2]]]);
// @ts-expect-error an argument is missing
k.matmul(a);

// One dimension: typed arrays and plain ones.
exactly<number>()(k.sum(Int32Array.of(1, 2)));
k.sum([1, 2]);
k.sum([1, 2] as const);
k.sum(k.array(Int32Array.of(1, 2)));
// @ts-expect-error Float32Array instead of Int32Array
k.sum(Float32Array.of(1, 2));
// @ts-expect-error bigints instead of numbers
k.sum([1n, 2n]);
// @ts-expect-error strings instead of numbers
k.sum(["1"]);

// Scalars.
exactly<number>()(k.add(1, 2));
// @ts-expect-error a bigint instead of a number
k.add(1, 2n);
// @ts-expect-error a string instead of a number
k.add(1, "2");
exactly<bigint>()(zoo.echoUint64(3n));
// @ts-expect-error a number instead of a bigint
zoo.echoInt64(3);
exactly<boolean>()(zoo.echoBool(true));
// @ts-expect-error a number instead of a boolean
zoo.echoBool(1);

// Results: several, none, sizes from scalars and expressions.
exactly<[number, number]>()(k.rowOfMax([[1, 2, 3, 4]]));
exactly<NdArray<"int32", readonly [number, number]>>()(k.mandelbrot(3, 2, 255));
exactly<NdArray<"float64", readonly [number]>>()(k.convolve([1, 2, 3], [1]));
exactly<void>()(k.prefixSum(Float64Array.of(1, 2)));
const [x, all, count, scalar] = zoo.three([1], [2], [3]);
exactly<boolean>()(all);
exactly<bigint>()(count);
exactly<number>()(scalar.toArray());
exactly<NdArray<"float32", readonly [number]>>()(x);
exactly<NdArray<"float64", readonly [3]>>()(zoo.points([[1, 2, 3]], [1]));

// What a kernel writes to.
zoo.axpy(1, [1, 2], Float64Array.of(1, 2));
zoo.axpy(1, k.array([1, 2]), k.array([3, 4]));
// @ts-expect-error a plain array can't be written to
zoo.axpy(1, [1, 2], [1, 2]);
// @ts-expect-error size of dimension n differs
zoo.axpy(1, k.array([1, 2]), k.array([3, 4, 5]));
zoo.fill(new Uint8ClampedArray(2), [true, false]);

// Fixed sizes, a name twice in one array.
zoo.points(k.array(new Float64Array(6), [2, 3]), [1, 2]);
zoo.points(k.array(new Float64Array(6), [2, unknownSize]), [1, 2]);
// @ts-expect-error size along axis 1 is fixed
zoo.points(k.array(new Float64Array(6), [3, 2]), [1, 2, 3]);
exactly<NdArray<"float64", readonly [3, 3]>>()(zoo.square(k.array(new Float64Array(9), [3, 3])));
// @ts-expect-error size of dimension n differs
zoo.square(k.array(new Float64Array(6), [3, 2]));

// Any rank, rank 0, rank 6.
zoo.copyFloat32(5);
zoo.copyFloat32([[[1]]]);
zoo.copyFloat32(a);
zoo.copyInt64([[1n]]);
// @ts-expect-error float32 instead of bool
zoo.copyBool(a);
k.matmul(zoo.copyFloat32(a), b);
zoo.point(3);
zoo.point(k.array(Float32Array.of(3), []));
// @ts-expect-error 1 dimension instead of 0
zoo.point(k.array(Float32Array.of(3)));
exactly<NdArray<"int16", readonly [6, 5, 4, 3, 2, 1]>>()(zoo.deep(k.array(new Int16Array(720), [1, 2, 3, 4, 5, 6])));
zoo.deep([[[[[[1]]]]]]);

// @ts-expect-error no such kernel
k.subtract(1, 2);
// @ts-expect-error read only
k.threads.active = 3;
await load({ threads: 4, memory: { initial: 1 << 24, maximum: 1 << 30 } });
await load({ threads: false });
// @ts-expect-error `true` is no number of threads
await load({ threads: true });
// @ts-expect-error a package without threads
await loadZoo({ threads: 4 });
exactly<string | null>()(k.threads.reason);
exactly<string | undefined>()(k.threads.fix);
k.dispose();

try {
  k.sum([1]);
} catch (error) {
  if (error instanceof KernelShapeError) {
    exactly<string | undefined>()(error.argument);
  }
}

// Generic kernels: overloads, chosen by the arguments' dtypes.
exactly<[NdArray<"float32", readonly [3]>, number]>()(zoo.genericArray(k.array(new Float32Array(3), [3])));
exactly<[NdArray<"float64", readonly [number]>, number]>()(zoo.genericArray(new Float64Array(3)));
exactly<[NdArray<"float64", readonly [number]>, number]>()(zoo.genericArray([1, 2]));
zoo.generic(1, k.array([[1n]]), Int32Array.of(1), 2);
zoo.generic(1, k.array([[true]]), k.array([1]), 2);
// @ts-expect-error float32 is not in the list
zoo.generic(1, k.array([[true]]), Float32Array.of(1), 2);
// @ts-expect-error int16 is not in the list
zoo.genericArray(Int16Array.of(1));

// Lists of arrays.
const pair = k.array(new Float64Array(2), [1, 2]);
exactly<[NdArray<"float64", readonly [number]>, NdArray<"bool", readonly [3]>[]]>()(zoo.join([pair, [[1, 2]], pair]));
exactly<[NdArray<"int64", readonly [number]>, NdArray<"bool", readonly [3]>[]]>()(zoo.join([[[1n]]] as const, null));
exactly<[NdArray<"float64", readonly [number]>, NdArray<"bool", readonly [3]>[]]>()(zoo.join([], [pair, 1, [2]]));
exactly<NdArray<"float32", any>[]>()(zoo.joinInto([Float32Array.of(1), [2]], new Float32Array(1)));
// @ts-expect-error an array instead of a list
zoo.join(pair);
// @ts-expect-error float64 beside int64
zoo.join([pair, [[1n]]]);
// @ts-expect-error 1 dimension instead of 2
zoo.join([k.array([1])]);
// @ts-expect-error a list that is left out, and need not be
zoo.join();

// Lifted kernels: the core alone as without leading dimensions, or any number of those.
const matrix = k.array(new Float32Array(12), [3, 4]);
const stack = k.array(new Float32Array(24), [2, 3, 4]);
const other = k.array(new Float32Array(20), [4, 5]);
exactly<NdArray<"float32", readonly [3, 5]>>()(zoo.liftedMatmul(matrix, other));
exactly<NdArray<"float32", any>>()(zoo.liftedMatmul(stack, other));
exactly<NdArray<"float32", any>>()(zoo.liftedMatmul(matrix, zoo.liftedMatmul(other.T, stack.transpose(0, 2, 1))));
exactly<NdArray<"float32", any>>()(zoo.liftedMatmul({ data: new Float32Array(4), shape: [1, 2, 2] }, [[1], [2]]));
exactly<NdArray<"float64", any>>()(zoo.liftedMatmul([[[1, 2]]], [[3], [4]]));
exactly<number>()(zoo.liftedDot([1, 2], Float64Array.of(3, 4), 1));
exactly<number | NdArray<"float64", any>>()(zoo.liftedDot([[1, 2]], [3, 4], 1));
exactly<[NdArray<"int32", readonly [3]>, bigint, boolean]>()(zoo.liftedScan(new BigInt64Array(2)));
const [scanned, total] = zoo.liftedScan(k.array([[1n, 2n]]));
exactly<NdArray<"int32", any>>()(scanned);
exactly<bigint | NdArray<"int64", any>>()(total);
// @ts-expect-error float64 instead of float32
zoo.liftedMatmul(stack, Float64Array.of(1));
// @ts-expect-error an array where a scalar is
zoo.liftedDot([[1, 2]], [3, 4], [1]);
// @ts-expect-error a plain array can't be written to
zoo.liftedScan([[1n]]);

// Ufuncs: any shape, single values, `out`, reductions.
const vector = k.array(new Float32Array(3), [3]);
exactly<number>()(zoo.ufuncAdd(1, 2));
exactly<bigint>()(zoo.ufuncAdd(1n, 2n));
exactly<NdArray<"float32", any>>()(zoo.ufuncAdd(vector, 2));
exactly<NdArray<"int32", any>>()(zoo.ufuncAdd(Int32Array.of(1), [[1], [2]]));
exactly<NdArray<"float64", any>>()(zoo.ufuncAdd([1, 2], [[1], [2]]));
exactly<NdArray<"float32", readonly [3]>>()(zoo.ufuncAdd(vector, 2, { out: vector }));
exactly<NdArray<"float32", readonly [3]>>()(zoo.ufuncNegate(vector));
exactly<NdArray<"float32", any>>()(zoo.ufuncWhere([true], vector, 0));
exactly<NdArray<"float32", readonly [3]>>()(zoo.ufuncAdd(vector, vector));
exactly<NdArray<"float32", any>>()(zoo.ufuncAdd(vector, matrix));
exactly<NdArray<"float32", any>>()(zoo.ufuncAdd(vector, k.array(new Float32Array(1), [1])));
exactly<NdArray<"float32", any>>()(zoo.ufuncWhere(true, vector, vector));
exactly<NdArray<"float32", readonly [3]>>()(zoo.ufuncWhere(k.full([3], true), vector, vector));
exactly<boolean>()(zoo.ufuncXor(true, false));
exactly<number>()(zoo.ufuncAdd.reduce(vector));
exactly<number>()(zoo.ufuncSum(matrix));
exactly<NdArray<"float64", any> | number>()(zoo.genericSingle([[1]]));
exactly<bigint>()(zoo.ufuncSum(BigInt64Array.of(1n), 0, false, 2n));
exactly<number>()(zoo.ufuncSum(vector, 0));
exactly<number | NdArray<"float32", any>>()(zoo.ufuncSum(matrix, [0, 1]));
exactly<NdArray<"float32", any>>()(zoo.ufuncSum(matrix, null, true));
exactly<NdArray<"float32", readonly [number]>>()(zoo.ufuncCumsum(matrix));
exactly<NdArray<"float32", readonly [3, 4]>>()(zoo.ufuncCumsum(matrix, 1));
exactly<number>()(zoo.ufuncAdd.reduce([[1, 2]], { axis: null }));
exactly<NdArray<"float32", any>>()(zoo.ufuncAdd.reduce(vector, { keepdims: true }));
exactly<NdArray<"float32", readonly [3]>>()(zoo.ufuncAdd.accumulate(vector, { axis: -1 }));
exactly<NdArray<"float64", any>>()(zoo.ufuncAdd.outer([1], [2, 3]));
exactly<number>()(zoo.ufuncAdd(1, 2, null));
exactly<NdArray<"float32", any>>()(zoo.ufuncAdd(vector, 2, { out: null }));
exactly<NdArray<"float32", readonly [3]>>()(zoo.ufuncNegate(vector, { out: undefined }));
exactly<number>()(zoo.ufuncAdd.reduce(vector, { axis: undefined, keepdims: null, initial: null, out: null }));
exactly<number>()(zoo.ufuncAdd.reduce(matrix, { axis: null, out: null }));
exactly<NdArray<"float32", any>>()(zoo.ufuncAdd.reduce(matrix, { keepdims: true, initial: undefined }));
exactly<NdArray<"float32", readonly [3]>>()(zoo.ufuncAdd.accumulate(vector, { out: null }));
// @ts-expect-error two types where there is one
zoo.ufuncAdd(vector, Float64Array.of(1));
// @ts-expect-error int16 has no instance
zoo.ufuncAdd(Int16Array.of(1), 1);
// @ts-expect-error an argument is missing
zoo.ufuncAdd(1);
// @ts-expect-error a typed array can't be written to here
zoo.ufuncAdd(vector, 1, { out: new Float32Array(3) });
// @ts-expect-error negation is no reduction
zoo.ufuncNegate.reduce(vector);
// @ts-expect-error the axis is a number
zoo.ufuncAdd.reduce(vector, { axis: "0" });

// What may be left out.
exactly<NdArray<"float64", readonly [3]>>()(zoo.optional(zoo.zeros([3]), null, 1n));
exactly<NdArray<"float64", readonly [number]>>()(zoo.optional(undefined, true, 1n, 2n, null, 5));
zoo.optional([1], undefined, 1n, undefined, zoo.zeros([1, 3]));
zoo.optionalGeneric();
zoo.optionalGeneric(null);
zoo.optionalGeneric(1n);
// @ts-expect-error only what is optional may be left out
zoo.optional(null, null, null);
// @ts-expect-error nor at the end
zoo.optional(null, null);
// @ts-expect-error size of dimension n differs
zoo.optional(zoo.zeros([2]), null, 1n, null, zoo.zeros([4, 3]));
// @ts-expect-error a string is none of the types
zoo.optionalGeneric("1");
