// Every bad input: the right class, a message that names kernel, argument, what was expected and what came, and a next
// call that works.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { importInstalled } from "./support/installed.mjs";
import { assertRefused } from "./support/refused.mjs";

const kernels = await importInstalled();
const { load } = kernels;

/** A module whose function `trap` does. */
const TRAP = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 116, 114, 97, 112, 0, 0, 10, 5, 1, 3, 0, 0, 11,
);

const f32 = (values, shape) => (k) => k.array(Float32Array.from(values), shape);
const holey = [[1, 2], [3, 4]];
delete holey[1][0];

/**
 * Title, class, kernel, arguments (a function makes one from the loaded package), and what the message must say beside
 * the kernel's name. An argument in backticks is the one at fault.
 */
const CASES = [
  // Scalars.
  ["an i8 gets 300", "KernelTypeError", "scalarI8", [300], ["`x`", "int8", "-128", "127", "300"]],
  ["an i8 gets -129", "KernelTypeError", "scalarI8", [-129], ["`x`", "int8", "-129"]],
  ["an i16 gets 32768", "KernelTypeError", "scalarI16", [32768], ["`x`", "int16", "32768"]],
  ["an i32 gets a fraction", "KernelTypeError", "scalarI32", [1.5], ["`x`", "int32", "integer", "1.5"]],
  ["an i32 gets 2^31", "KernelTypeError", "scalarI32", [2 ** 31], ["`x`", "int32", "2147483648"]],
  ["an i32 gets NaN", "KernelTypeError", "scalarI32", [NaN], ["`x`", "int32", "NaN"]],
  ["an i32 gets infinity", "KernelTypeError", "scalarI32", [Infinity], ["`x`", "int32", "Infinity"]],
  ["an i32 gets a bigint", "KernelTypeError", "scalarI32", [1n], ["`x`", "int32", "1n"]],
  ["an i32 gets a text", "KernelTypeError", "scalarI32", ["1"], ["`x`", "int32", '"1"']],
  ["an i32 gets a boolean", "KernelTypeError", "scalarI32", [true], ["`x`", "int32", "true"]],
  ["an i64 gets a number", "KernelTypeError", "scalarI64", [1], ["`x`", "int64", "bigint", "1"]],
  ["an i64 gets 2^63", "KernelTypeError", "scalarI64", [2n ** 63n], ["`x`", "int64", "9223372036854775808"]],
  ["a u8 gets -1", "KernelTypeError", "scalarU8", [-1], ["`x`", "uint8", "255", "-1"]],
  ["a u8 gets 256", "KernelTypeError", "scalarU8", [256], ["`x`", "uint8", "256"]],
  ["a u16 gets 65536", "KernelTypeError", "scalarU16", [65536], ["`x`", "uint16", "65536"]],
  ["a u32 gets 2^32", "KernelTypeError", "scalarU32", [2 ** 32], ["`x`", "uint32", "4294967296"]],
  ["a u64 gets -1n", "KernelTypeError", "scalarU64", [-1n], ["`x`", "uint64", "-1"]],
  ["a u64 gets 2^64", "KernelTypeError", "scalarU64", [2n ** 64n], ["`x`", "uint64", "18446744073709551616"]],
  ["an f32 gets a bigint", "KernelTypeError", "scalarF32", [1n], ["`x`", "float32", "1n"]],
  ["an f64 gets nothing", "KernelTypeError", "scalarF64", [], ["`x`", "float64", "undefined"]],
  ["an f64 gets null", "KernelTypeError", "scalarF64", [null], ["`x`", "float64", "null"]],
  ["an f64 gets an object with a value", "KernelTypeError", "scalarF64", [{ valueOf: () => 1 }], ["`x`", "float64"]],
  ["an f64 gets an array", "KernelTypeError", "scalarF64", [[1]], ["`x`", "float64"]],
  ["a bool gets 1", "KernelTypeError", "scalarBool", [1], ["`x`", "true or false", "1"]],
  ["the second of two scalars is wrong", "KernelTypeError", "add", [1, 0.5], ["`y`", "int32", "0.5"]],

  // What is no array, or one of the wrong type.
  ["a Float64Array for f32", "KernelTypeError", "sameF32R1", [new Float64Array(2)], ["`x`", "float32", "Float64Array", "Float32Array.from"]],
  ["an Int32Array for i64", "KernelTypeError", "sameI64R1", [new Int32Array(2)], ["`x`", "int64", "Int32Array", "BigInt64Array.from"]],
  ["a BigInt64Array for f64", "KernelTypeError", "sameF64R1", [new BigInt64Array(2)], ["`x`", "float64", "BigInt64Array", "Number"]],
  ["an Int8Array for u8", "KernelTypeError", "sameU8R1", [new Int8Array(2)], ["`x`", "uint8", "Int8Array"]],
  ["a DataView", "KernelTypeError", "sameU8R1", [new DataView(new ArrayBuffer(2))], ["`x`", "uint8", "DataView"]],
  ["an ArrayBuffer", "KernelTypeError", "sameU8R1", [new ArrayBuffer(2)], ["`x`", "uint8"]],
  ["nothing for an array", "KernelTypeError", "sameU8R1", [], ["`x`", "uint8", "undefined"]],
  ["null for an array", "KernelTypeError", "sameU8R1", [null], ["`x`", "uint8", "null"]],
  ["a number for an array", "KernelTypeError", "sameU8R1", [5], ["`x`", "uint8", "5"]],
  ["a text for an array", "KernelTypeError", "sameU8R1", ["12"], ["`x`", "uint8"]],
  ["a plain object for an array", "KernelTypeError", "sameU8R1", [{ 0: 1, length: 1 }], ["`x`", "uint8"]],
  ["a resident array of another dtype", "KernelTypeError", "sameF64R1", [f32([1, 2])], ["`x`", "float64", "float32"]],
  ["a resident array of another rank", "KernelTypeError", "sameF32R2", [f32([1, 2])], ["`x`", "2 dimensions", "1"]],
  ["a typed array for rank 2", "KernelTypeError", "sameF32R2", [new Float32Array(4)], ["`x`", "2 dimensions", "1"]],
  ["a nested array of too small a rank", "KernelTypeError", "sameF32R3", [[[1]]], ["`x`", "3 dimensions", "2"]],
  ["a nested array of too large a rank", "KernelTypeError", "sameF32R1", [[[1]]], ["`x`", "1 dimension", "2"]],
  ["too few dimensions for `..`", "KernelTypeError", "sumLast", [(k) => k.array(Float64Array.of(1), [])], ["`x`", "at least 1", "0"]],
  ["bytes that are no bool, resident", "KernelTypeError", "sameBoolR1", [twoInside], ["`x`", "0 and 1", "2", "index 1"]],
  ["bytes that are no bool, in a typed array", "KernelTypeError", "sameBoolR1", [Uint8Array.of(0, 1, 255)], ["`x`", "0 and 1", "255", "index 2"]],
  ["numbers for bools", "KernelTypeError", "sameBoolR1", [[0, 1]], ["`x[0]`", "true or false"]],

  // Nested arrays.
  ["ragged: a row too short", "KernelShapeError", "sameF32R2", [[[1, 2], [3]]], ["`x[1]`", "1", "2"]],
  ["ragged: a row too long", "KernelShapeError", "sameF32R2", [[[1], [2, 3]]], ["`x[1]`", "2", "1"]],
  ["ragged: a number among rows", "KernelShapeError", "sameF32R2", [[[1], 2]], ["`x[1]`"]],
  ["ragged: a row among numbers", "KernelShapeError", "sameF32R1", [[1, [2]]], ["`x[1]`"]],
  ["a hole", "KernelTypeError", "sameI32R2", [holey], ["`x[1][0]`", "int32", "undefined"]],
  ["an element out of range", "KernelTypeError", "sameI8R2", [[[1, 2], [3, 300]]], ["`x[1][1]`", "int8", "300"]],
  ["a number among bigints", "KernelTypeError", "sameI64R1", [[1n, 2]], ["`x[1]`", "int64", "bigint"]],
  ["a text in a nested array", "KernelTypeError", "sameF64R1", [["1"]], ["`x[0]`", "float64"]],
  ["a nested array for a mutable parameter", "KernelTypeError", "doubleAndSum", [[1, 2]], ["`x`", "written", "Int32Array"]],

  // Sizes.
  ["a name with two sizes", "KernelShapeError", "matmul", [f32([1, 2, 3, 4], [2, 2]), f32([1, 2, 3], [3, 1])], ["`b`", "`k`", "3", "2", "`a`"]],
  ["a name with two sizes, rank 1", "KernelShapeError", "dotprod", [[1, 2], [1, 2, 3]], ["`y`", "`n`", "3", "2", "`x`"]],
  ["a fixed size", "KernelShapeError", "lengths", [[[1, 2]]], ["`points`", "2", "3", "axis 1"]],
  ["an expression, negative", "KernelShapeError", "convolve", [[1], [1, 2, 3]], ["n - k + 1", "-1"]],
  ["an expression with a remainder", "KernelShapeError", "halve", [[1, 2, 3]], ["n / 2"]],
  ["an expression in an argument", "KernelShapeError", "twiceAsLong", [[1, 2], [1, 2, 3]], ["`pairs`", "2 * n", "3", "4"]],
  ["a size that a scalar names", "KernelShapeError", "breaksItsWord", [3], ["result", "4", "3", "`count`"]],
  ["an in-place kernel with two sizes", "KernelShapeError", "swap", [new Int32Array(2), new Int32Array(3)], ["`right`", "3", "2", "`left`"]],
  ["a kernel that breaks its promise", "KernelShapeError", "breaksItsPromise", [[1, 2]], ["result", "3", "2", "`x`"]],
  ["a kernel that breaks its second promise", "KernelShapeError", "breaksItsSecondPromise", [[1, 2]], ["result 1", "3", "2", "`x`"]],
  ["a result larger than memory can be", "KernelPanic", "tooManyElements", [], []],

  // Overlap.
  ["a mutable array passed twice", "KernelAliasError", "swap", [resident, resident], ["`left`", "`right`", "overlaps"]],
  ["a mutable array that is also read", "KernelAliasError", "axpy", [2, residentFloats, residentFloats], ["`x`", "`y`", "overlaps"]],
  ["a typed array passed twice", "KernelAliasError", "swap", [passed, passed], ["`left`", "`right`", "overlaps"]],
  ["two typed arrays that share bytes", "KernelAliasError", "swap", [() => passed().subarray(0, 2), () => passed().subarray(1, 3)], ["`left`", "`right`"]],
  ["a view of a resident array beside it", "KernelAliasError", "swap", [resident, (k) => resident(k).data], ["`left`", "`right`"]],

  // The kernel's own.
  ["the kernel's own error", "KernelFailure", "squareRoot", [-4], ["`squareRoot`: -4 has no real square root — √ needs x ≥ 0"]],
  ["the kernel's own error beside arrays", "KernelFailure", "split", [new Uint16Array(2), 3], ["3 of 2"]],
  ["a panic with a message", "KernelPanic", "panics", [7], ["number 7 — as asked", "faults.rs"]],
  ["an index out of bounds", "KernelPanic", "element", [[1, 2, 3], 3], ["the len is 3 but the index is 3", "faults.rs"]],
  ["a panic whose payload is no text", "KernelPanic", "panicsWithANumber", [], ["faults.rs"]],
  ["a panic inside rayon", "KernelPanic", "parallelPanic", [100, 50], ["number 50 of 100", "faults.rs"]],
  ["panics in many tasks at once", "KernelPanic", "panicsEverywhere", [64], [/task \d+/]],
  ["a panic under a lock", "KernelPanic", "panicsUnderALock", [64], [/number 32 under a lock|poisoned/]],
  ["more memory than there is", "KernelMemoryError", "absurd", [], ["2147483647"]],
];

// Arrays that one case uses twice, made once per loaded package.
const made = new WeakMap();
function once(k, key, make) {
  const arrays = made.get(k) ?? {};
  made.set(k, arrays);
  return (arrays[key] ??= make());
}
function resident(k) {
  return once(k, "resident", () => k.array(Int32Array.of(1, 2, 3)));
}
function residentFloats(k) {
  return once(k, "floats", () => k.array(Float64Array.of(1, 2, 3)));
}
function passed(k) {
  return (passed.array ??= Int32Array.of(1, 2, 3));
}
function twoInside(k) {
  const mask = k.array(Uint8Array.of(0, 1, 1), { dtype: "bool" });
  mask.data[1] = 2;
  return mask;
}

for (const threads of [false, 2]) {
  describe(threads ? "threaded" : "sequential", () => {
    let k;
    before(async () => {
      k = await load({ threads });
    });
    after(() => k.dispose());

    for (const [title, className, kernel, args, texts] of CASES) {
      test(title, () => {
        const values = args.map((arg) => (typeof arg === "function" ? arg(k) : arg));
        const error = assertRefused(kernels, className, () => k[kernel](...values), texts);
        assert.equal(error.kernel, kernel);
        assert.ok(error.message.includes(`\`${kernel}\``), error.message);
        const argument = /^`(\w+)/.exec(texts[0] ?? "")?.[1];
        if (argument && /^Kernel(Type|Shape)Error$/.test(className)) {
          assert.equal(error.argument, argument);
        }
        // No second argument is blamed, and nothing is left of the call.
        assert.equal(k.add(2, 3), 5);
        assert.equal(k.parallelSum([1, 2, 3]), 6n);
      });
    }

    test("a panic tells file, line and column", () => {
      const error = assertRefused(kernels, "KernelPanic", () => k.panics(1), []);
      assert.match(error.file, /^(?!\/).*faults\.rs$/);
      assert.ok(Number.isInteger(error.line) && error.line > 0);
      assert.ok(Number.isInteger(error.column) && error.column > 0);
    });

    test("a kernel that fails half way leaves what it wrote in a resident array", () => {
      const x = k.array(Int32Array.of(1, 2, 3, 4));
      assertRefused(kernels, "KernelFailure", () => k.halfThenFail(x), ["stopped after 2"]);
      assert.deepEqual(x.toArray(), [7, 7, 3, 4]);
      x.free();
    });

    test("a getter in an argument may throw, and may call a kernel", () => {
      const throwing = Object.defineProperty([0, 0], 1, { get: () => { throw new Error("mine"); } });
      assert.throws(() => k.sameI32R1(throwing), { message: "mine" });
      const calling = Object.defineProperty([0, 0], 1, { get: () => k.add(20, 1) });
      const y = k.sameI32R1(calling);
      assert.deepEqual(y.toArray(), [0, 21]);
      y.free();
    });

    test("what a getter throws is thrown as it is, though it looks like a trap", async () => {
      const own = await load({ threads });
      const endless = () => endless();
      const outOfWasm = () => new WebAssembly.Instance(new WebAssembly.Module(TRAP)).exports.trap();
      for (const [get, name] of [[endless, "RangeError"], [outOfWasm, "RuntimeError"]]) {
        const nested = Object.defineProperty([0], 0, { get });
        const like = Object.defineProperty({ shape: [1] }, "data", { get });
        const calls = [nested, like].flatMap((x) => [() => own.dotprod([1], x), () => own.genericSum(x)]);
        for (const call of [...calls, () => own.swap(Int32Array.of(1), like)]) {
          assert.throws(call, { name });
          assert.equal(own.fixedSum([1, 2]), 3);
        }
      }
      own.dispose();
    });

    test("a buffer that was made too short for its array is refused", () => {
      const buffer = new ArrayBuffer(32, { maxByteLength: 64 });
      const x = new Float64Array(buffer, 0, 4);
      assert.equal(k.fixedSum(x), 0);
      buffer.resize(8);
      assertRefused(kernels, "KernelTypeError", () => k.fixedSum(x), ["`x`", "too short"]);
      assertRefused(kernels, "KernelTypeError", () => k.fixedSum({ data: x, shape: [0] }), ["`x`", "too short"]);
    });

    test("what a call writes back it writes once, whatever its getters call", () => {
      const [left, freed] = [Int32Array.of(1, 2), k.zeros(1)];
      const like = (shape, get) => Object.defineProperty({ shape }, "data", { get });
      let [calls, reads] = [0, 0];
      // The first time it is compared with the other, which has no copy yet.
      const freeing = like([2], () => (reads++ && freed.free(), Int32Array.of(7, 8)));
      const outer = like([1], () => {
        if (!calls++) {
          k.swap(left, freeing);
          left.set([50, 60]);
          k.swap(Int32Array.of(1), Int32Array.of(2));
        }
        return Float64Array.of(5);
      });
      assert.equal(k.fixedSum(outer), 5);
      assert.deepEqual([...left], [50, 60]);
    });

    test("an array freed by a getter of the same call is still whole", () => {
      const x = k.array(Float64Array.of(1, 2, 3));
      const freeing = Object.defineProperty([0, 0, 0], 1, { get: () => (x.free(), k.block(64).free(), 1) });
      assert.equal(k.dotprod(x, freeing), 2);
      assertRefused(kernels, "KernelMemoryError", () => k.dotprod(x, [1, 2, 3]), ["`x`", "freed"]);
    });
  });
}

test("`load` refuses options that it does not understand", async () => {
  for (const options of [{ threads: 0 }, { threads: -1 }, { threads: 1.5 }, { threads: "2" }, { threads: true }, { memory: { initial: -1 } }, { memory: { maximum: "1GB" } }]) {
    await assert.rejects(load(options), (error) => {
      assert.ok(error instanceof kernels.KernelLoadError, String(error));
      assert.match(error.message, /`(threads|memory\.\w+)`/);
      return true;
    });
  }
});
