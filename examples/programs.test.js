// The plain JavaScript programs do what native Rust does. Needs `cargo build --release -p native`.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import test from "node:test";
import { agree, checksumOf, programs, xorshift32 } from "./programs.js";

const native = process.env.KERNEL_NATIVE ?? fileURLToPath(new URL("../target/release/native", import.meta.url));

const SIZES = {
  add: [2147483647, -5], row_of_max: [5000, 4], increment: [-7], scale: [301, 97], integral: [100003],
  matmul: [65], matmul64: [65], mandelbrot: [150], tunnel: [90],
};

for (const [name, program] of Object.entries(programs)) {
  test(`${name} in plain JavaScript agrees with native Rust`, () => {
    const args = SIZES[name] ?? [100_003];
    const input = program.input(...args);
    const returned = program.js(...input);
    const ours = checksumOf(program, program.changes === undefined ? returned : input[program.changes]);
    const output = execFileSync(native, ["--json", "--rounds", "1", name, ...args.map(String)], { encoding: "utf8" });
    const theirs = JSON.parse(output).checksum;
    assert.ok(agree(program, ours, theirs), `${ours} in JavaScript, ${theirs} in Rust`);
    assert.notEqual(ours, 0);
  });
}

test("the generator is Marsaglia's", () => {
  const random = xorshift32(1);
  assert.deepEqual([random(), random(), random()], [270369, 67634689, 2647435461]);
});
