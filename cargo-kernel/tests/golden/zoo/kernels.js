import {
  isBool,
  isFloat32,
  isFloat64,
  isInt16,
  isInt32,
  isInt64,
  isInt8,
  isUint16,
  isUint32,
  isUint64,
  isUint8,
} from "./runtime/dtypes.js";
import { generic } from "./runtime/generic.js";
import { Handle, Kind } from "./runtime/handles.js";
import { refuse } from "./runtime/messages.js";
import { accumulation, reduction, ufunc } from "./runtime/ufunc.js";

const GENERATOR_NEW = {
  name: "new Generator",
  params: [{ name: "seed", dtype: "uint64" }],
  results: [{ handle: "Generator" }],
};

const GENERATOR_STANDARD = {
  name: "Generator.standard",
  params: [],
  results: [{ handle: "Generator" }],
};

const GENERATOR_ADD_NOISE = {
  name: "Generator.addNoise",
  params: [
    { name: "x", dtype: "float64", dims: ["n"], mutable: true },
    { name: "scale", dtype: "float64", dims: ["n"] },
    { name: "other", handle: "Generator" },
  ],
  results: [],
};

const GENERATOR_FORK = {
  name: "Generator.fork",
  params: [],
  results: [{ handle: "Generator" }, { dtype: "float64" }],
};

const GENERATOR_SCALE = {
  name: "Generator.scale",
  types: [{ name: "T", dtypes: ["float32", "float64"] }],
  params: [{ name: "x", dtype: 0, dims: ["n"] }],
  results: [{ dtype: 0, dims: ["n"] }],
};

const GENERATOR_UNIFORM = {
  name: "Generator.uniform",
  params: [{ name: "n", dtype: "uint32" }],
  results: [{ dtype: "float64", dims: ["n"] }],
};

const STACK_OF = {
  name: "Stack.of",
  params: [{ name: "values", dtype: "float64", dims: ["n"] }],
  results: [{ handle: "Stack" }],
};

const STACK_LEN = {
  name: "Stack.size",
  params: [],
  results: [{ dtype: "uint32" }],
};

const A_KERNEL_WHOSE_NAME_IS_LONG = {
  name: "aKernelWhoseNameIsLong",
  params: [
    { name: "the_first_of_its_arguments", dtype: "float64", dims: ["first", "second"] },
    { name: "the_second_of_its_arguments", dtype: "float64", dims: ["second", "third"] },
    { name: "the_third", dtype: "bool" },
  ],
  results: [{ dtype: "float64", dims: ["first", "third"] }],
};

const ANY = {
  name: "any",
  params: [{ name: "x", dtype: "float32", dims: ["_", "_"] }],
  results: [{ dtype: "float32", dims: ["_"] }],
};

const AXPY = {
  name: "axpy",
  params: [
    { name: "a", dtype: "float64" },
    { name: "x", dtype: "float64", dims: ["n"] },
    { name: "y", dtype: "float64", dims: ["n"], mutable: true },
  ],
  results: [],
};

const CLAMP = {
  name: "clamp",
  params: [
    { name: "x", dtype: "float32", dims: ["n", "m"], mutable: true },
    { name: "low", dtype: "float32" },
    { name: "high", dtype: "float32" },
  ],
  results: [{ dtype: "uint32" }],
};

const COPY_BOOL = {
  name: "copyBool",
  params: [{ name: "x", dtype: "bool", dims: [".."] }],
  results: [{ dtype: "bool", dims: [".."] }],
};

const COPY_FLOAT32 = {
  name: "copyFloat32",
  params: [{ name: "x", dtype: "float32", dims: [".."] }],
  results: [{ dtype: "float32", dims: [".."] }],
};

const COPY_INT64 = {
  name: "copyInt64",
  params: [{ name: "x", dtype: "int64", dims: [".."] }],
  results: [{ dtype: "int64", dims: [".."] }],
};

const COPY_UINT8 = {
  name: "copyUint8",
  params: [{ name: "x", dtype: "uint8", dims: [".."] }],
  results: [{ dtype: "uint8", dims: [".."] }],
};

const CROP = {
  name: "crop",
  params: [
    { name: "size", dtype: "uint32" },
    { name: "x", dtype: "float32", dims: ["size", "size2"] },
    { name: "y", dtype: "float32", dims: ["size2", "n"] },
  ],
  results: [{ dtype: "float32", dims: ["size"] }],
};

const DEEP = {
  name: "deep",
  params: [{ name: "x", dtype: "int16", dims: ["a", "b", "c", "d", "e", "f"] }],
  results: [{ dtype: "int16", dims: ["f", "e", "d", "c", "b", "a"] }],
};

const DELETE = {
  name: "delete",
  params: [
    { name: "class", dtype: "int32" },
    { name: "$delete", dtype: "int32" },
    { name: "rt", dtype: "int32" },
    { name: "DELETE", dtype: "int32" },
    { name: "mark", dtype: "float64", dims: ["n"] },
  ],
  results: [{ dtype: "int32" }],
};

const ECHO_BOOL = {
  name: "echoBool",
  params: [{ name: "x", dtype: "bool" }],
  results: [{ dtype: "bool" }],
};

const ECHO_FLOAT32 = {
  name: "echoFloat32",
  params: [{ name: "x", dtype: "float32" }],
  results: [{ dtype: "float32" }],
};

const ECHO_FLOAT64 = {
  name: "echoFloat64",
  params: [{ name: "x", dtype: "float64" }],
  results: [{ dtype: "float64" }],
};

const ECHO_INT16 = {
  name: "echoInt16",
  params: [{ name: "x", dtype: "int16" }],
  results: [{ dtype: "int16" }],
};

const ECHO_INT32 = {
  name: "echoInt32",
  params: [{ name: "x", dtype: "int32" }],
  results: [{ dtype: "int32" }],
};

const ECHO_INT64 = {
  name: "echoInt64",
  params: [{ name: "x", dtype: "int64" }],
  results: [{ dtype: "int64" }],
};

const ECHO_INT8 = {
  name: "echoInt8",
  params: [{ name: "x", dtype: "int8" }],
  results: [{ dtype: "int8" }],
};

const ECHO_UINT16 = {
  name: "echoUint16",
  params: [{ name: "x", dtype: "uint16" }],
  results: [{ dtype: "uint16" }],
};

const ECHO_UINT32 = {
  name: "echoUint32",
  params: [{ name: "x", dtype: "uint32" }],
  results: [{ dtype: "uint32" }],
};

const ECHO_UINT64 = {
  name: "echoUint64",
  params: [{ name: "x", dtype: "uint64" }],
  results: [{ dtype: "uint64" }],
};

const ECHO_UINT8 = {
  name: "echoUint8",
  params: [{ name: "x", dtype: "uint8" }],
  results: [{ dtype: "uint8" }],
};

const FILL = {
  name: "fill",
  params: [{ name: "x", dtype: "uint8", dims: ["n"], mutable: true }, { name: "mask", dtype: "bool", dims: ["n"] }],
  results: [{ dtype: "uint8", dims: ["n"] }],
};

const GENERIC = {
  name: "generic",
  types: [{ name: "T", dtypes: ["int32", "float64"] }, { name: "U", dtypes: ["bool", "int64"] }],
  params: [
    { name: "a", dtype: 0 },
    { name: "x", dtype: 1, dims: ["n", "m"], mutable: true },
    { name: "y", dtype: 0, dims: ["n"] },
    { name: "n", dtype: "uint8" },
  ],
  results: [{ dtype: 0 }],
};

const GENERIC_ARRAY = {
  name: "genericArray",
  types: [{ name: "T", dtypes: ["float32", "float64"] }],
  params: [{ name: "x", dtype: 0, dims: ["n"] }],
  results: [{ dtype: 0, dims: ["n"] }, { dtype: 0 }],
};

const GENERIC_SINGLE = {
  name: "genericSingle",
  types: [{ name: "T", dtypes: ["int64", "float64"] }],
  params: [{ name: "x", dtype: 0, dims: [".."] }],
  results: [{ dtype: 0, dims: [".."], single: true }],
};

const HALVES = {
  name: "halves",
  params: [{ name: "stack", handle: "Stack" }],
  results: [{ handle: "Stack" }, { dtype: "float64", dims: ["n"] }, { handle: "Stack" }],
};

const JOIN = {
  name: "join",
  types: [{ name: "T", dtypes: ["int64", "float64"] }],
  params: [
    { name: "arrays", dtype: 0, dims: ["n", "m"], list: true },
    { name: "more", dtype: "float64", dims: [".."], list: true, optional: true },
  ],
  results: [{ dtype: 0, dims: ["n"] }, { dtype: "bool", dims: [3], list: true }],
};

const JOIN_INTO = {
  name: "joinInto",
  params: [
    { name: "arrays", dtype: "float32", dims: ["n"], list: true },
    { name: "out", dtype: "float32", dims: ["n"], mutable: true },
  ],
  results: [{ dtype: "float32", dims: [".."], list: true }],
};

const LEADING = {
  name: "leading",
  params: [{ name: "x", dtype: "float64", dims: ["..", "n"] }, { name: "y", dtype: "float64", dims: ["n"] }],
  results: [{ dtype: "float64", dims: [".."] }],
};

const LIFTED_DOT = {
  name: "liftedDot",
  params: [
    { name: "x", dtype: "float64", dims: ["..", "n"] },
    { name: "y", dtype: "float64", dims: ["..", "n"] },
    { name: "scale", dtype: "float64" },
  ],
  results: [{ dtype: "float64", dims: [".."], single: true }],
};

const LIFTED_MATMUL = {
  name: "liftedMatmul",
  types: [{ name: "T", dtypes: ["float32", "float64"] }],
  params: [{ name: "a", dtype: 0, dims: ["..", "n", "k"] }, { name: "b", dtype: 0, dims: ["..", "k", "m"] }],
  results: [{ dtype: 0, dims: ["..", "n", "m"] }],
};

const LIFTED_SCAN = {
  name: "liftedScan",
  types: [{ name: "T", dtypes: ["int64"] }],
  params: [{ name: "x", dtype: 0, dims: ["..", "n"], mutable: true }],
  results: [
    { dtype: "int32", dims: ["..", 3] },
    { dtype: 0, dims: [".."], single: true },
    { dtype: "bool", dims: [".."], single: true },
  ],
};

const ND_ARRAY = {
  name: "ndArray",
  params: [
    { name: "x", dtype: "float32", dims: ["nd_array", "ndArray"] },
    { name: "y", dtype: "float32", dims: ["same", "ndArray"] },
  ],
  results: [{ dtype: "float32", dims: ["same"] }],
};

const NOTHING = {
  name: "nothing",
  params: [],
  results: [],
};

const OPTIONAL = {
  name: "optional",
  params: [
    { name: "x", dtype: "float64", dims: ["n"], optional: true },
    { name: "first", dtype: "bool", optional: true },
    { name: "second", dtype: "int64" },
    { name: "third", dtype: "uint64", optional: true },
    { name: "out", dtype: "float64", dims: ["n", 3], mutable: true, optional: true },
    { name: "last", dtype: "int8", optional: true },
  ],
  results: [{ dtype: "float64", dims: ["n"] }],
};

const OPTIONAL_GENERIC = {
  name: "optionalGeneric",
  types: [{ name: "T", dtypes: ["uint8", "int64"] }],
  params: [{ name: "x", dtype: 0, optional: true }],
  results: [],
};

const POINT = {
  name: "point",
  params: [{ name: "x", dtype: "float32", dims: [] }],
  results: [{ dtype: "float32" }],
};

const POINTS = {
  name: "points",
  params: [{ name: "xyz", dtype: "float64", dims: ["n", 3] }, { name: "weights", dtype: "float64", dims: ["n"] }],
  results: [{ dtype: "float64", dims: [3] }],
};

const SHUFFLE = {
  name: "shuffle",
  params: [{ name: "stack", handle: "Stack" }, { name: "generator", handle: "Generator" }],
  results: [],
};

const SQUARE = {
  name: "square",
  params: [{ name: "x", dtype: "float64", dims: ["n", "n"] }],
  results: [{ dtype: "float64", dims: ["n", "n"] }],
};

const THREE = {
  name: "three",
  params: [
    { name: "x", dtype: "float32", dims: ["n"] },
    { name: "y", dtype: "float32", dims: ["n"] },
    { name: "z", dtype: "float32", dims: ["n"] },
  ],
  results: [{ dtype: "float32", dims: ["n"] }, { dtype: "bool" }, { dtype: "uint64" }, { dtype: "float64", dims: [] }],
};

const UFUNC_ADD = {
  name: "ufuncAdd",
  types: [{ name: "T", dtypes: ["int32", "uint8", "float32", "float64", "int64", "uint64"] }],
  params: [{ name: "a", dtype: 0, dims: [".."] }, { name: "b", dtype: 0, dims: [".."] }],
  results: [{ dtype: 0, dims: [".."] }],
};

const UFUNC_NEGATE = {
  name: "ufuncNegate",
  types: [{ name: "T", dtypes: ["float32", "float64"] }],
  params: [{ name: "x", dtype: 0, dims: [".."] }],
  results: [{ dtype: 0, dims: [".."] }],
};

const UFUNC_WHERE = {
  name: "ufuncWhere",
  types: [{ name: "T", dtypes: ["float32"] }],
  params: [
    { name: "condition", dtype: "bool", dims: [".."] },
    { name: "x", dtype: 0, dims: [".."] },
    { name: "y", dtype: 0, dims: [".."] },
  ],
  results: [{ dtype: 0, dims: [".."] }],
};

const UFUNC_XOR = {
  name: "ufuncXor",
  types: [],
  params: [{ name: "a", dtype: "bool", dims: [".."] }, { name: "b", dtype: "bool", dims: [".."] }],
  results: [{ dtype: "bool", dims: [".."] }],
};

/**
 * The kernels and classes of one instance. `$name` is the wasm export of `name`, `$Name` what makes and borrows
 * handles of `Name`.
 *
 * @param {import("./runtime/runtime.js").Runtime} rt
 * @param {Record<string, (...values: any[]) => any>} wasm
 */
export function bind(rt, wasm) {
  const {
    "__kernel_0000000000000565_demo::Generator::new": $Generator_new,
    "__kernel_000000000000076c_demo::Generator::standard": $Generator_standard,
    "__kernel_00000000000007c1_demo::Generator::add_noise": $Generator_addNoise,
    "__kernel_00000000000005cd_demo::Generator::fork": $Generator_fork,
    "__kernel_000000000000071b_demo::Generator::uniform": $Generator_uniform,
    "__kernel_000000000000033f_demo::Stack::of": $Stack_of,
    "__kernel_00000000000003a9_demo::Stack::len": $Stack_size,
    "__kernel_0000000000028886_demo::a_kernel_whose_name_is_long": $aKernelWhoseNameIsLong,
    "__kernel_0000000000024442_demo::any": $any,
    "__kernel_000000000001cccb_demo::axpy": $axpy,
    "__kernel_000000000001dddc_demo::clamp": $clamp,
    "__kernel_0000000000015554_demo::copy_bool": $copyBool,
    "__kernel_0000000000018887_demo::copy_float32": $copyFloat32,
    "__kernel_0000000000016665_demo::copy_int64": $copyInt64,
    "__kernel_0000000000017776_demo::copy_uint8": $copyUint8,
    "__kernel_0000000000026664_demo::crop": $crop,
    "__kernel_0000000000022220_demo::deep": $deep,
    "__kernel_0000000000025553_demo::delete": $delete,
    "__kernel_0000000000009999_demo::echo_bool": $echoBool,
    "__kernel_0000000000013332_demo::echo_float32": $echoFloat32,
    "__kernel_0000000000014443_demo::echo_float64": $echoFloat64,
    "__kernel_000000000000bbbb_demo::echo_int16": $echoInt16,
    "__kernel_000000000000cccc_demo::echo_int32": $echoInt32,
    "__kernel_000000000000dddd_demo::echo_int64": $echoInt64,
    "__kernel_000000000000aaaa_demo::echo_int8": $echoInt8,
    "__kernel_000000000000ffff_demo::echo_uint16": $echoUint16,
    "__kernel_0000000000011110_demo::echo_uint32": $echoUint32,
    "__kernel_0000000000012221_demo::echo_uint64": $echoUint64,
    "__kernel_000000000000eeee_demo::echo_uint8": $echoUint8,
    "__kernel_000000000001eeed_demo::fill": $fill,
    "__kernel_0000000000000283_demo::halves": $halves,
    "__kernel_0000000000028991_demo::join_into": $joinInto,
    "__kernel_000000000002110f_demo::leading": $leading,
    "__kernel_0000000000028889_demo::lifted_dot": $liftedDot,
    "__kernel_0000000000027775_demo::nd_array": $ndArray,
    "__kernel_0000000000019998_demo::nothing": $nothing,
    "__kernel_0000000000015ab1_demo::optional": $optional,
    "__kernel_0000000000023331_demo::point": $point,
    "__kernel_000000000001fffe_demo::points": $points,
    "__kernel_00000000000002ed_demo::shuffle": $shuffle,
    "__kernel_000000000001aaa9_demo::square": $square,
    "__kernel_000000000001bbba_demo::three": $three,
  } = wasm;
  const $Generator_scale = generic(rt, GENERATOR_SCALE, wasm, "__kernel_0000000000000623_demo::Generator::scale", [
    "<f32>",
    "<f64>",
  ]);
  const $generic = generic(rt, GENERIC, wasm, "__kernel_0000000000028887_demo::generic", [
    "<i32,bool>",
    "<i32,i64>",
    "<f64,bool>",
    "<f64,i64>",
  ]);
  const $genericArray = generic(rt, GENERIC_ARRAY, wasm, "__kernel_0000000000028888_demo::generic_array", [
    "<f32>",
    "<f64>",
  ]);
  const $genericSingle = generic(rt, GENERIC_SINGLE, wasm, "__kernel_0000000000028889_demo::generic_single", [
    "<i64>",
    "<f64>",
  ]);
  const $join = generic(rt, JOIN, wasm, "__kernel_0000000000028990_demo::join", ["<i64>", "<f64>"]);
  const $liftedMatmul = generic(rt, LIFTED_MATMUL, wasm, "__kernel_000000000002888a_demo::lifted_matmul", [
    "<f32>",
    "<f64>",
  ]);
  const $liftedScan = generic(rt, LIFTED_SCAN, wasm, "__kernel_000000000002888b_demo::lifted_scan", ["<i64>"]);
  const $optionalGeneric = generic(rt, OPTIONAL_GENERIC, wasm, "__kernel_0000000000015ab2_demo::optional_generic", [
    "<u8>",
    "<i64>",
  ]);
  const $ufuncAdd = ufunc(rt, UFUNC_ADD, wasm, "__kernel_0000000000030001_demo::ufunc_add", [
    "<i32>",
    "<u8>",
    "<f32>",
    "<f64>",
    "<i64>",
    "<u64>",
  ], true);
  const $ufuncNegate = ufunc(rt, UFUNC_NEGATE, wasm, "__kernel_0000000000030002_demo::ufunc_negate", [
    "<f32>",
    "<f64>",
  ], false);
  const $ufuncWhere = ufunc(rt, UFUNC_WHERE, wasm, "__kernel_0000000000030003_demo::ufunc_where", ["<f32>"], false);
  const $ufuncXor = ufunc(rt, UFUNC_XOR, wasm, "__kernel_0000000000030004_demo::ufunc_xor", [""], true);
  class Generator extends Handle {
    constructor(seed) {
      if (!isUint64(seed)) refuse(GENERATOR_NEW, 0, seed);
      const mark = rt.enter();
      try {
        const result = $Generator_new(seed);
        if (rt.status[0] !== 0) rt.raise(GENERATOR_NEW);
        rt.leave(mark);
        return $Generator.own(result, new.target);
      } catch (error) {
        throw rt.trapped(error, GENERATOR_NEW, mark);
      }
    }

    static standard() {
      const mark = rt.enter();
      try {
        const result = $Generator_standard();
        if (rt.status[0] !== 0) rt.raise(GENERATOR_STANDARD);
        rt.leave(mark);
        return $Generator.own(result);
      } catch (error) {
        throw rt.trapped(error, GENERATOR_STANDARD, mark);
      }
    }

    addNoise(x, scale, other) {
      const mark = rt.enter();
      try {
        rt.apart(GENERATOR_ADD_NOISE, x, scale, null);
        $Generator_addNoise(
          $Generator.borrow(this, GENERATOR_ADD_NOISE),
          rt.input(x, GENERATOR_ADD_NOISE, 0),
          rt.input(scale, GENERATOR_ADD_NOISE, 1),
          $Generator.borrow(other, GENERATOR_ADD_NOISE, 2),
        );
        if (rt.status[0] !== 0) rt.raise(GENERATOR_ADD_NOISE);
        rt.store(mark);
        rt.leave(mark);
      } catch (error) {
        throw rt.trapped(error, GENERATOR_ADD_NOISE, mark);
      }
    }

    fork() {
      const mark = rt.enter();
      try {
        $Generator_fork($Generator.borrow(this, GENERATOR_FORK));
        if (rt.status[0] !== 0) rt.raise(GENERATOR_FORK);
        rt.leave(mark);
        return rt.outputs(GENERATOR_FORK);
      } catch (error) {
        throw rt.trapped(error, GENERATOR_FORK, mark);
      }
    }

    scale(x) {
      const { facts, call } = $Generator_scale(x);
      const mark = rt.enter();
      try {
        const result = call($Generator.borrow(this, facts), rt.input(x, facts, 0));
        if (rt.status[0] !== 0) rt.raise(facts);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, facts, mark);
      }
    }

    uniform(n) {
      if (!isUint32(n)) refuse(GENERATOR_UNIFORM, 0, n);
      const mark = rt.enter();
      try {
        const result = $Generator_uniform($Generator.borrow(this, GENERATOR_UNIFORM), n);
        if (rt.status[0] !== 0) rt.raise(GENERATOR_UNIFORM);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, GENERATOR_UNIFORM, mark);
      }
    }
  }
  class Stack extends Handle {
    static of(values) {
      const mark = rt.enter();
      try {
        const result = $Stack_of(rt.input(values, STACK_OF, 0));
        if (rt.status[0] !== 0) rt.raise(STACK_OF);
        rt.leave(mark);
        return $Stack.own(result);
      } catch (error) {
        throw rt.trapped(error, STACK_OF, mark);
      }
    }

    size() {
      const mark = rt.enter();
      try {
        const result = $Stack_size($Stack.borrow(this, STACK_LEN));
        if (rt.status[0] !== 0) rt.raise(STACK_LEN);
        rt.leave(mark);
        return result >>> 0;
      } catch (error) {
        throw rt.trapped(error, STACK_LEN, mark);
      }
    }
  }
  const $Generator = new Kind(rt, "Generator", Generator, wasm["__kernel_00000000000003a7_demo::Generator"]);
  const $Stack = new Kind(rt, "Stack", Stack, wasm["__kernel_00000000000001f6_demo::Stack"]);
  return {
    Generator,
    Stack,
    aKernelWhoseNameIsLong(the_first_of_its_arguments, the_second_of_its_arguments, the_third) {
      if (!isBool(the_third)) refuse(A_KERNEL_WHOSE_NAME_IS_LONG, 2, the_third);
      const mark = rt.enter();
      try {
        const result = $aKernelWhoseNameIsLong(
          rt.input(the_first_of_its_arguments, A_KERNEL_WHOSE_NAME_IS_LONG, 0),
          rt.input(the_second_of_its_arguments, A_KERNEL_WHOSE_NAME_IS_LONG, 1),
          the_third ? 1 : 0,
        );
        if (rt.status[0] !== 0) rt.raise(A_KERNEL_WHOSE_NAME_IS_LONG);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, A_KERNEL_WHOSE_NAME_IS_LONG, mark);
      }
    },
    any(x) {
      const mark = rt.enter();
      try {
        const result = $any(rt.input(x, ANY, 0));
        if (rt.status[0] !== 0) rt.raise(ANY);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, ANY, mark);
      }
    },
    axpy(a, x, y) {
      if (!isFloat64(a)) refuse(AXPY, 0, a);
      const mark = rt.enter();
      try {
        rt.apart(AXPY, a, x, y);
        $axpy(a, rt.input(x, AXPY, 1), rt.input(y, AXPY, 2));
        if (rt.status[0] !== 0) rt.raise(AXPY);
        rt.store(mark);
        rt.leave(mark);
      } catch (error) {
        throw rt.trapped(error, AXPY, mark);
      }
    },
    clamp(x, low, high) {
      if (!isFloat32(low)) refuse(CLAMP, 1, low);
      if (!isFloat32(high)) refuse(CLAMP, 2, high);
      const mark = rt.enter();
      try {
        const result = $clamp(rt.input(x, CLAMP, 0), low, high);
        if (rt.status[0] !== 0) rt.raise(CLAMP);
        const output = result >>> 0;
        rt.store(mark);
        rt.leave(mark);
        return output;
      } catch (error) {
        throw rt.trapped(error, CLAMP, mark);
      }
    },
    copyBool(x) {
      const mark = rt.enter();
      try {
        const result = $copyBool(rt.input(x, COPY_BOOL, 0));
        if (rt.status[0] !== 0) rt.raise(COPY_BOOL);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, COPY_BOOL, mark);
      }
    },
    copyFloat32(x) {
      const mark = rt.enter();
      try {
        const result = $copyFloat32(rt.input(x, COPY_FLOAT32, 0));
        if (rt.status[0] !== 0) rt.raise(COPY_FLOAT32);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, COPY_FLOAT32, mark);
      }
    },
    copyInt64(x) {
      const mark = rt.enter();
      try {
        const result = $copyInt64(rt.input(x, COPY_INT64, 0));
        if (rt.status[0] !== 0) rt.raise(COPY_INT64);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, COPY_INT64, mark);
      }
    },
    copyUint8(x) {
      const mark = rt.enter();
      try {
        const result = $copyUint8(rt.input(x, COPY_UINT8, 0));
        if (rt.status[0] !== 0) rt.raise(COPY_UINT8);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, COPY_UINT8, mark);
      }
    },
    crop(size, x, y) {
      if (!isUint32(size)) refuse(CROP, 0, size);
      const mark = rt.enter();
      try {
        const result = $crop(size, rt.input(x, CROP, 1), rt.input(y, CROP, 2));
        if (rt.status[0] !== 0) rt.raise(CROP);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, CROP, mark);
      }
    },
    deep(x) {
      const mark = rt.enter();
      try {
        const result = $deep(rt.input(x, DEEP, 0));
        if (rt.status[0] !== 0) rt.raise(DEEP);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, DEEP, mark);
      }
    },
    delete(class_, $delete_, rt_, DELETE_, mark_) {
      if (!isInt32(class_)) refuse(DELETE, 0, class_);
      if (!isInt32($delete_)) refuse(DELETE, 1, $delete_);
      if (!isInt32(rt_)) refuse(DELETE, 2, rt_);
      if (!isInt32(DELETE_)) refuse(DELETE, 3, DELETE_);
      const mark = rt.enter();
      try {
        const result = $delete(class_, $delete_, rt_, DELETE_, rt.input(mark_, DELETE, 4));
        if (rt.status[0] !== 0) rt.raise(DELETE);
        rt.leave(mark);
        return result;
      } catch (error) {
        throw rt.trapped(error, DELETE, mark);
      }
    },
    echoBool(x) {
      if (!isBool(x)) refuse(ECHO_BOOL, 0, x);
      const mark = rt.enter();
      try {
        const result = $echoBool(x ? 1 : 0);
        if (rt.status[0] !== 0) rt.raise(ECHO_BOOL);
        rt.leave(mark);
        return result !== 0;
      } catch (error) {
        throw rt.trapped(error, ECHO_BOOL, mark);
      }
    },
    echoFloat32(x) {
      if (!isFloat32(x)) refuse(ECHO_FLOAT32, 0, x);
      const mark = rt.enter();
      try {
        const result = $echoFloat32(x);
        if (rt.status[0] !== 0) rt.raise(ECHO_FLOAT32);
        rt.leave(mark);
        return result;
      } catch (error) {
        throw rt.trapped(error, ECHO_FLOAT32, mark);
      }
    },
    echoFloat64(x) {
      if (!isFloat64(x)) refuse(ECHO_FLOAT64, 0, x);
      const mark = rt.enter();
      try {
        const result = $echoFloat64(x);
        if (rt.status[0] !== 0) rt.raise(ECHO_FLOAT64);
        rt.leave(mark);
        return result;
      } catch (error) {
        throw rt.trapped(error, ECHO_FLOAT64, mark);
      }
    },
    echoInt16(x) {
      if (!isInt16(x)) refuse(ECHO_INT16, 0, x);
      const mark = rt.enter();
      try {
        const result = $echoInt16(x);
        if (rt.status[0] !== 0) rt.raise(ECHO_INT16);
        rt.leave(mark);
        return result;
      } catch (error) {
        throw rt.trapped(error, ECHO_INT16, mark);
      }
    },
    echoInt32(x) {
      if (!isInt32(x)) refuse(ECHO_INT32, 0, x);
      const mark = rt.enter();
      try {
        const result = $echoInt32(x);
        if (rt.status[0] !== 0) rt.raise(ECHO_INT32);
        rt.leave(mark);
        return result;
      } catch (error) {
        throw rt.trapped(error, ECHO_INT32, mark);
      }
    },
    echoInt64(x) {
      if (!isInt64(x)) refuse(ECHO_INT64, 0, x);
      const mark = rt.enter();
      try {
        const result = $echoInt64(x);
        if (rt.status[0] !== 0) rt.raise(ECHO_INT64);
        rt.leave(mark);
        return result;
      } catch (error) {
        throw rt.trapped(error, ECHO_INT64, mark);
      }
    },
    echoInt8(x) {
      if (!isInt8(x)) refuse(ECHO_INT8, 0, x);
      const mark = rt.enter();
      try {
        const result = $echoInt8(x);
        if (rt.status[0] !== 0) rt.raise(ECHO_INT8);
        rt.leave(mark);
        return result;
      } catch (error) {
        throw rt.trapped(error, ECHO_INT8, mark);
      }
    },
    echoUint16(x) {
      if (!isUint16(x)) refuse(ECHO_UINT16, 0, x);
      const mark = rt.enter();
      try {
        const result = $echoUint16(x);
        if (rt.status[0] !== 0) rt.raise(ECHO_UINT16);
        rt.leave(mark);
        return result;
      } catch (error) {
        throw rt.trapped(error, ECHO_UINT16, mark);
      }
    },
    echoUint32(x) {
      if (!isUint32(x)) refuse(ECHO_UINT32, 0, x);
      const mark = rt.enter();
      try {
        const result = $echoUint32(x);
        if (rt.status[0] !== 0) rt.raise(ECHO_UINT32);
        rt.leave(mark);
        return result >>> 0;
      } catch (error) {
        throw rt.trapped(error, ECHO_UINT32, mark);
      }
    },
    echoUint64(x) {
      if (!isUint64(x)) refuse(ECHO_UINT64, 0, x);
      const mark = rt.enter();
      try {
        const result = $echoUint64(x);
        if (rt.status[0] !== 0) rt.raise(ECHO_UINT64);
        rt.leave(mark);
        return BigInt.asUintN(64, result);
      } catch (error) {
        throw rt.trapped(error, ECHO_UINT64, mark);
      }
    },
    echoUint8(x) {
      if (!isUint8(x)) refuse(ECHO_UINT8, 0, x);
      const mark = rt.enter();
      try {
        const result = $echoUint8(x);
        if (rt.status[0] !== 0) rt.raise(ECHO_UINT8);
        rt.leave(mark);
        return result;
      } catch (error) {
        throw rt.trapped(error, ECHO_UINT8, mark);
      }
    },
    fill(x, mask) {
      const mark = rt.enter();
      try {
        rt.apart(FILL, x, mask);
        const result = $fill(rt.input(x, FILL, 0), rt.input(mask, FILL, 1));
        if (rt.status[0] !== 0) rt.raise(FILL);
        const output = rt.output(result);
        rt.store(mark);
        rt.leave(mark);
        return output;
      } catch (error) {
        throw rt.trapped(error, FILL, mark);
      }
    },
    generic(a, x, y, n) {
      const { facts, call, is, from } = $generic(a, x, y);
      if (!is[0](a)) refuse(facts, 0, a);
      if (!isUint8(n)) refuse(facts, 3, n);
      const mark = rt.enter();
      try {
        rt.apart(facts, a, x, y, n);
        const result = call(a, rt.input(x, facts, 1), rt.input(y, facts, 2), n);
        if (rt.status[0] !== 0) rt.raise(facts);
        const output = from(result);
        rt.store(mark);
        rt.leave(mark);
        return output;
      } catch (error) {
        throw rt.trapped(error, facts, mark);
      }
    },
    genericArray(x) {
      const { facts, call } = $genericArray(x);
      const mark = rt.enter();
      try {
        call(rt.input(x, facts, 0));
        if (rt.status[0] !== 0) rt.raise(facts);
        rt.leave(mark);
        return rt.outputs(facts);
      } catch (error) {
        throw rt.trapped(error, facts, mark);
      }
    },
    genericSingle(x) {
      const { facts, call } = $genericSingle(x);
      const mark = rt.enter();
      try {
        const result = call(rt.input(x, facts, 0));
        if (rt.status[0] !== 0) rt.raise(facts);
        rt.leave(mark);
        return rt.single(result);
      } catch (error) {
        throw rt.trapped(error, facts, mark);
      }
    },
    halves(stack) {
      const mark = rt.enter();
      try {
        $halves($Stack.borrow(stack, HALVES, 0));
        if (rt.status[0] !== 0) rt.raise(HALVES);
        rt.leave(mark);
        return rt.outputs(HALVES);
      } catch (error) {
        throw rt.trapped(error, HALVES, mark);
      }
    },
    join(arrays, more) {
      const { facts, call } = $join(arrays);
      const mark = rt.enter();
      try {
        call(rt.inputList(arrays, facts, 0), more == null ? 0 : rt.inputList(more, facts, 1));
        if (rt.status[0] !== 0) rt.raise(facts);
        rt.leave(mark);
        return rt.outputs(facts);
      } catch (error) {
        throw rt.trapped(error, facts, mark);
      }
    },
    joinInto(arrays, out) {
      const mark = rt.enter();
      try {
        rt.apart(JOIN_INTO, arrays, out);
        const result = $joinInto(rt.inputList(arrays, JOIN_INTO, 0), rt.input(out, JOIN_INTO, 1));
        if (rt.status[0] !== 0) rt.raise(JOIN_INTO);
        const output = rt.outputList(result);
        rt.store(mark);
        rt.leave(mark);
        return output;
      } catch (error) {
        throw rt.trapped(error, JOIN_INTO, mark);
      }
    },
    leading(x, y) {
      const mark = rt.enter();
      try {
        const result = $leading(rt.input(x, LEADING, 0), rt.input(y, LEADING, 1));
        if (rt.status[0] !== 0) rt.raise(LEADING);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, LEADING, mark);
      }
    },
    liftedDot(x, y, scale) {
      if (!isFloat64(scale)) refuse(LIFTED_DOT, 2, scale);
      const mark = rt.enter();
      try {
        const result = $liftedDot(rt.input(x, LIFTED_DOT, 0), rt.input(y, LIFTED_DOT, 1), scale);
        if (rt.status[0] !== 0) rt.raise(LIFTED_DOT);
        rt.leave(mark);
        return rt.single(result);
      } catch (error) {
        throw rt.trapped(error, LIFTED_DOT, mark);
      }
    },
    liftedMatmul(a, b) {
      const { facts, call } = $liftedMatmul(a, b);
      const mark = rt.enter();
      try {
        const result = call(rt.input(a, facts, 0), rt.input(b, facts, 1));
        if (rt.status[0] !== 0) rt.raise(facts);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, facts, mark);
      }
    },
    liftedScan(x) {
      const { facts, call } = $liftedScan(x);
      const mark = rt.enter();
      try {
        call(rt.input(x, facts, 0));
        if (rt.status[0] !== 0) rt.raise(facts);
        const output = rt.outputs(facts);
        rt.store(mark);
        rt.leave(mark);
        return output;
      } catch (error) {
        throw rt.trapped(error, facts, mark);
      }
    },
    ndArray(x, y) {
      const mark = rt.enter();
      try {
        const result = $ndArray(rt.input(x, ND_ARRAY, 0), rt.input(y, ND_ARRAY, 1));
        if (rt.status[0] !== 0) rt.raise(ND_ARRAY);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, ND_ARRAY, mark);
      }
    },
    nothing() {
      const mark = rt.enter();
      try {
        $nothing();
        if (rt.status[0] !== 0) rt.raise(NOTHING);
        rt.leave(mark);
      } catch (error) {
        throw rt.trapped(error, NOTHING, mark);
      }
    },
    optional(x, first, second, third, out, last) {
      if (first != null && !isBool(first)) refuse(OPTIONAL, 1, first);
      if (!isInt64(second)) refuse(OPTIONAL, 2, second);
      if (third != null && !isUint64(third)) refuse(OPTIONAL, 3, third);
      if (last != null && !isInt8(last)) refuse(OPTIONAL, 5, last);
      const mark = rt.enter();
      try {
        rt.apart(OPTIONAL, x, first, second, third, out, last);
        const result = $optional(
          x == null ? 0 : rt.input(x, OPTIONAL, 0),
          first == null ? 0 : 1,
          first ? 1 : 0,
          second,
          third == null ? 0 : 1,
          third ?? 0n,
          out == null ? 0 : rt.input(out, OPTIONAL, 4),
          last == null ? 0 : 1,
          last ?? 0,
        );
        if (rt.status[0] !== 0) rt.raise(OPTIONAL);
        const output = rt.output(result);
        rt.store(mark);
        rt.leave(mark);
        return output;
      } catch (error) {
        throw rt.trapped(error, OPTIONAL, mark);
      }
    },
    optionalGeneric(x) {
      const { facts, call, is } = $optionalGeneric(x);
      if (x != null && !is[0](x)) refuse(facts, 0, x);
      const mark = rt.enter();
      try {
        call(x == null ? 0 : 1, x ?? false);
        if (rt.status[0] !== 0) rt.raise(facts);
        rt.leave(mark);
      } catch (error) {
        throw rt.trapped(error, facts, mark);
      }
    },
    point(x) {
      const mark = rt.enter();
      try {
        const result = $point(rt.input(x, POINT, 0));
        if (rt.status[0] !== 0) rt.raise(POINT);
        rt.leave(mark);
        return result;
      } catch (error) {
        throw rt.trapped(error, POINT, mark);
      }
    },
    points(xyz, weights) {
      const mark = rt.enter();
      try {
        const result = $points(rt.input(xyz, POINTS, 0), rt.input(weights, POINTS, 1));
        if (rt.status[0] !== 0) rt.raise(POINTS);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, POINTS, mark);
      }
    },
    shuffle(stack, generator) {
      const mark = rt.enter();
      try {
        $shuffle($Stack.borrow(stack, SHUFFLE, 0), $Generator.borrow(generator, SHUFFLE, 1));
        if (rt.status[0] !== 0) rt.raise(SHUFFLE);
        rt.leave(mark);
      } catch (error) {
        throw rt.trapped(error, SHUFFLE, mark);
      }
    },
    square(x) {
      const mark = rt.enter();
      try {
        const result = $square(rt.input(x, SQUARE, 0));
        if (rt.status[0] !== 0) rt.raise(SQUARE);
        rt.leave(mark);
        return rt.output(result);
      } catch (error) {
        throw rt.trapped(error, SQUARE, mark);
      }
    },
    three(x, y, z) {
      const mark = rt.enter();
      try {
        $three(rt.input(x, THREE, 0), rt.input(y, THREE, 1), rt.input(z, THREE, 2));
        if (rt.status[0] !== 0) rt.raise(THREE);
        rt.leave(mark);
        return rt.outputs(THREE);
      } catch (error) {
        throw rt.trapped(error, THREE, mark);
      }
    },
    ufuncAdd: $ufuncAdd,
    ufuncSum: reduction($ufuncAdd, "ufuncSum"),
    ufuncCumsum: accumulation($ufuncAdd, "ufuncCumsum"),
    ufuncNegate: $ufuncNegate,
    ufuncWhere: $ufuncWhere,
    ufuncXor: $ufuncXor,
  };
}
