// `k.array` and `NdArray`.

import { load, NdArray, type Dtype } from "../../cargo-kernel/tests/golden/programs/index.js";
import { exactly } from "./exactly.js";

const k = await load();
declare const sizes: number[];
declare const rows: number[][];

// Typed arrays.
exactly<NdArray<"float32", readonly [number]>>()(k.array(new Float32Array(3)));
exactly<NdArray<"uint8", readonly [number]>>()(k.array(new Uint8ClampedArray(3)));
exactly<NdArray<"int64", readonly [2, 2]>>()(k.array(new BigInt64Array(4), [2, 2]));
exactly<NdArray<"uint16", readonly [2, 2]>>()(k.array(new Uint16Array(4), { shape: [2, 2] }));
exactly<NdArray<"float64", any>>()(k.array(new Float64Array(4), sizes));
exactly<NdArray<"bool", readonly [number]>>()(k.array(new Uint8Array(4), { dtype: "bool" }));
exactly<NdArray<"bool", readonly [2, 2]>>()(k.array(new Uint8Array(4), { dtype: "bool", shape: [2, 2] }));
// @ts-expect-error nothing is converted in silence
k.array(new Float64Array(4), { dtype: "float32" });
// @ts-expect-error no typed array of a known dtype
k.array(new DataView(new ArrayBuffer(8)));

// Nested arrays: the shape as far as the type tells.
exactly<NdArray<"float64", readonly [2, 3]>>()(k.array([[1, 2, 3], [4, 5, 6]]));
exactly<NdArray<"float64", readonly [number, number]>>()(k.array(rows));
exactly<NdArray<"int64", readonly [1]>>()(k.array([1n]));
exactly<NdArray<"bool", readonly [2]>>()(k.array([true, false]));
exactly<NdArray<"float64", readonly []>>()(k.array(5));
exactly<NdArray<"int8", readonly [2]>>()(k.array([1, 2], { dtype: "int8" }));
exactly<NdArray<"uint64", readonly [2]>>()(k.array([1n, 2n], { dtype: "uint64" }));
exactly<NdArray<"float64", readonly [2, 1]>>()(k.array([1, 2], [2, 1]));
exactly<NdArray<"int32", readonly [2, 1]>>()(k.array([1, 2], { dtype: "int32", shape: [2, 1] }));
// @ts-expect-error numbers instead of bigints
k.array([1, 2], { dtype: "uint64" });
// @ts-expect-error no such dtype
k.array([1, 2], { dtype: "bfloat16" });
// @ts-expect-error strings
k.array(["1"]);

// What an array has.
const a = k.array(new Float32Array(6), [3, 2]);
exactly<"float32">()(a.dtype);
exactly<readonly [3, 2]>()(a.shape);
exactly<readonly number[]>()(a.strides);
exactly<2>()(a.ndim);
exactly<Float32Array>()(a.data);
exactly<Float32Array>()(a.toTypedArray());
exactly<number[][]>()(a.toArray());
exactly<boolean[]>()(k.array([true]).toArray());
exactly<bigint[]>()(k.array([1n]).toArray());
exactly<number>()(k.array(1).toArray());
exactly<void>()(a.free());
// @ts-expect-error read only
a.shape[0] = 4;
// @ts-expect-error read only
a.dtype = "float64";
// @ts-expect-error made by `array` and by kernels alone
new NdArray();

// More is known than is asked for.
function any(array: NdArray): readonly number[] {
  return array.shape;
}
function matrix(array: NdArray<"float32", readonly [number, number]>): number {
  return array.shape[0];
}
function float(array: NdArray<"float32" | "float64", readonly number[]>): Dtype {
  return array.dtype;
}
any(a);
matrix(a);
float(a);
// @ts-expect-error 1 dimension instead of 2
matrix(k.array(new Float32Array(2)));
// @ts-expect-error float64 instead of float32
matrix(k.array([[1]]));

{
  using inner = k.array([1]);
  exactly<1>()(inner.ndim);
}
