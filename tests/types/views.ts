// Views, creation, complex numbers, and what a package without arrays lacks.

import { load, NdArray, type Complex, type NdArrayLike } from "../../cargo-kernel/tests/golden/programs/index.js";
import { load as loadScalars } from "../../cargo-kernel/tests/golden/scalars/index.js";
import { load as loadZoo } from "../../cargo-kernel/tests/golden/zoo/index.js";
import { exactly } from "./exactly.js";

const k = await load();
const zoo = await loadZoo();
declare const unranked: NdArray<"float32", any>;
declare const sizes: number[];

// Views keep the sizes that are known.
const a = k.zeros([3, 2], { dtype: "float32" });
exactly<NdArray<"float32", readonly [3, 2]>>()(a);
exactly<NdArray<"float32", readonly [2, 3]>>()(a.T);
exactly<NdArray<"float32", readonly [2, 3]>>()(a.transpose());
exactly<NdArray<"float32", any>>()(a.transpose(1, 0));
exactly<NdArray<"float32", any>>()(a.slice("1:, ::-1"));
exactly<NdArray<"float32", any>>()(a.slice([1, null], [null, null, -1]));
exactly<NdArray<"float32", readonly [6]>>()(a.reshape(6));
exactly<NdArray<"float32", readonly [2, 3]>>()(a.reshape([2, 3]));
exactly<NdArray<"float32", readonly [number, 3]>>()(a.reshape(-1, 3));
exactly<NdArray<"float32", any>>()(a.reshape(sizes));
exactly<NdArray<"float32", readonly [4, 3, 2]>>()(a.broadcastTo(4, 3, 2));
exactly<NdArray<"float32", readonly [number]>>()(a.ravel());
exactly<NdArray<"float32", readonly [3, 2]>>()(a.copy());
exactly<NdArray<"int64", readonly [3, 2]>>()(a.astype("int64"));
exactly<NdArray<"float32", readonly [2]>>()(a.at(0));
exactly<number>()(a.at(0, -1));
exactly<NdArray<"float32", readonly [3, 2]>>()(a.at());
exactly<boolean>()(k.ones(3, { dtype: "bool" }).at(0));
exactly<string>()(a.toString());
for (const row of a) {
  exactly<NdArray<"float32", readonly [2]>>()(row);
}
for (const element of k.zeros(3)) {
  exactly<number>()(element);
}
unranked.at(0).at(1);
unranked.T;
// @ts-expect-error more indices than dimensions
const none: number = a.at(0, 0, 0);
// @ts-expect-error no index
a.slice({});
// @ts-expect-error no number
a.at("0");
// @ts-expect-error read only
a.T = a;
// @ts-expect-error no such dtype
a.astype("int");

// They go into kernels, which compare sizes.
exactly<NdArray<"float32", readonly [2, 2]>>()(k.matmul(a.T, a));
k.matmul(a.slice("1:"), a.T);
// @ts-expect-error size of dimension k differs
k.matmul(a, a);
// @ts-expect-error 1 dimension instead of 2
k.matmul(a.at(0), a);

// More is known than is asked for.
const matrix: NdArray<"float32", readonly [number, number]> = a.T;
const any: NdArray = a.T;
any.T;
matrix.fill(3);
a.set(1, 0, 0);
// @ts-expect-error a bigint instead of a number
a.fill(1n);

// Creation.
exactly<NdArray<"float64", readonly [3]>>()(k.zeros(3));
exactly<NdArray<"int64", readonly [2, 2]>>()(k.ones([2, 2], { dtype: "int64" }));
exactly<NdArray<"float64", any>>()(k.empty(sizes));
exactly<NdArray<"float64", readonly [2]>>()(k.full(2, 5));
exactly<NdArray<"int64", readonly [2]>>()(k.full(2, 5n));
exactly<NdArray<"complex128", readonly [2]>>()(k.full(2, { re: 1, im: 2 }));
exactly<NdArray<"uint8", readonly [2]>>()(k.full(2, 5, { dtype: "uint8" }));
exactly<NdArray<"float64", readonly [number]>>()(k.arange(5));
exactly<NdArray<"int64", readonly [number]>>()(k.arange(0n, 5n, 2n));
exactly<NdArray<"int32", readonly [number]>>()(k.arange(0, 5, { dtype: "int32" }));
exactly<NdArray<"float64", readonly [50]>>()(k.linspace(0, 1));
exactly<NdArray<"float64", readonly [5]>>()(k.linspace(0, 1, 5, { endpoint: false }));
exactly<NdArray<"float64", readonly [3, 3]>>()(k.eye(3));
exactly<NdArray<"int8", readonly [3, 4]>>()(k.eye(3, 4, { k: -1, dtype: "int8" }));
// @ts-expect-error a number and a bigint
k.arange(0, 5n);
// @ts-expect-error a bigint instead of a number
k.full(2, 5n, { dtype: "int8" });
// @ts-expect-error a dtype is an option
k.zeros(3, "int8");

// What is shaped like an array.
const like = { data: new Float32Array(6), shape: [3, 2], stride: [2, 1], offset: 0 };
k.matmul(like, a.T);
exactly<NdArray<"float32", any>>()(k.array(like));
exactly<NdArray<"complex64", any>>()(k.array({ data: new Float32Array(2), shape: [1], dtype: "complex64" }));
exactly<NdArray<"float64", any>>()(k.array({ data: new Float64Array(2), shape: [1, 2], dtype: "float64" }));
const named: NdArrayLike<"float32"> = like;
k.matmul(named, a.T);
zoo.axpy(1, [1, 2], { data: new Float64Array(2), shape: [2] });
// @ts-expect-error float64 instead of float32
k.matmul({ data: new Float64Array(6), shape: [3, 2] }, a.T);
// @ts-expect-error no shape
k.array({ data: new Float32Array(6) });
exactly<NdArray<"float32", readonly [3, 2]>>()(k.array(a));

// Complex numbers.
const z = k.array(new Float32Array(6), { dtype: "complex64" });
exactly<NdArray<"complex64", readonly [number]>>()(z);
exactly<Float32Array>()(z.data);
exactly<Complex>()(z.at(0));
exactly<Complex[]>()(z.toArray());
exactly<NdArray<"complex128", readonly [2]>>()(k.array([{ re: 1, im: 2 }, { re: 3, im: 4 }]));
exactly<NdArray<"complex64", readonly [2]>>()(k.array([1, { re: 3, im: 4 }], { dtype: "complex64" }));
z.fill(1);
z.fill({ re: 1, im: 2 });
// @ts-expect-error no imaginary part
z.fill({ re: 1 });
// @ts-expect-error float64 instead of float32
k.array(new Float64Array(6), { dtype: "complex64" });

// Files, scopes, memory.
exactly<NdArray<"float32", any>>()(k.fromNpy(new Uint8Array(), { dtype: "float32" }));
const { x } = await k.fromNpz(new ArrayBuffer(0));
k.matmul(k.fromNpy(new Uint8Array(), { dtype: "float32" }), a);
if (x) {
  k.matmul(x.astype("float32"), a);
  // @ts-expect-error of any dtype
  k.matmul(x, a);
}
k.toNpz({ a, z });
exactly<NdArray<"float64", readonly [2]>>()(k.scope(() => k.zeros(2)));
exactly<number>()(k.memory.arrays + k.memory.bytes);
// @ts-expect-error read only
k.memory.bytes = 0;

// A package whose kernels have no arrays has none itself.
const scalars = await loadScalars();
exactly<boolean>()(scalars.echoBool(true));
// @ts-expect-error no arrays
scalars.array([1]);
