// Random pairs of arrays over one buffer, given to a kernel that writes to one of them: what shares an element is refused,
// what passes is written right, and JavaScript and wasm agree on which is which.

import assert from "node:assert/strict";
import { test } from "node:test";
import { importInstalled } from "./support/installed.mjs";
import { random } from "./support/random.mjs";

const kernels = await importInstalled();

const LENGTH = 24;
const ROUNDS = 20_000;

test("what shares an element with what is written to is refused, whoever compares", async () => {
  const seed = Number(process.env.SEED ?? 20_261_121);
  const below = random(seed);
  const k = await kernels.load({ threads: false });
  const resident = k.zeros(LENGTH);
  const seen = { passed: 0, interleaved: 0, itself: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const shape = [below(4), below(4)];
    const [x, y] = [pick(below, shape), pick(below, shape)];
    const title = `SEED=${seed}: ${JSON.stringify({ shape, x, y })}`;
    const [reads, writes] = [x, y].map((layout) => indices(shape, layout));
    const repeats = new Set(writes).size < writes.length;
    const shares = reads.some((i) => writes.includes(i));
    const meets = reads.length > 0 && Math.max(...reads) >= Math.min(...writes) && Math.max(...writes) >= Math.min(...reads);

    const data = Float64Array.from({ length: LENGTH }, (_, i) => i);
    const copied = refused(() => k.copyInto({ data, shape, ...x }, { data, shape, ...y }));
    assert.ok(copied || !(shares || repeats || meets), title);
    assert.ok(!copied || meets || repeats || !isPlain(shape, y), title);
    seen.itself += Number(repeats);
    seen.interleaved += Number(copied && !shares && !repeats);
    if (!copied) {
      seen.passed++;
      const expected = Float64Array.from({ length: LENGTH }, (_, i) => i);
      writes.forEach((to, i) => (expected[to] = reads[i]));
      assert.deepEqual(data, expected, title);
    }

    // The same views of a resident array, where wasm compares; and one of each, where JavaScript does again.
    k.scope(() => {
      const [a, b] = [viewOf(resident, shape, x), viewOf(resident, shape, y)];
      if (a && b) {
        assert.equal(refused(() => k.copyInto(a, b)), copied, title);
        const like = { data: resident.data, shape, ...x };
        assert.equal(refused(() => k.copyInto(like, b)), copied, title);
      }
    });
  }
  assert.ok(Object.values(seen).every((count) => count > ROUNDS / 100), JSON.stringify(seen));
  k.dispose();
});

/** A random layout that lies in the buffer. */
function pick(below, shape) {
  for (;;) {
    const layout = { offset: below(LENGTH), strides: shape.map(() => below(13) - 6) };
    if (indices(shape, layout).every((i) => i >= 0 && i < LENGTH)) {
      return layout;
    }
  }
}

function indices([rows, columns], { offset, strides: [down, right] }) {
  return Array.from({ length: rows * columns }, (_, i) => offset + Math.floor(i / columns) * down + (i % columns) * right);
}

/** Whether the axes nest: each stride is larger than what the smaller ones reach. */
function isPlain(shape, { strides }) {
  const axes = shape.map((n, axis) => [Math.abs(strides[axis]), n]).filter(([, n]) => n > 1);
  axes.sort(([a], [b]) => a - b);
  let reach = 0;
  return axes.every(([stride, n]) => {
    const plain = stride > reach;
    reach += (n - 1) * stride;
    return plain;
  });
}

/** The same layout as a view of a resident array, where methods reach it: one axis after the other. */
function viewOf(array, [rows, columns], { offset, strides: [down, right] }) {
  if (!down || !right || !rows || !columns) {
    return null;
  }
  // `array[offset + i * down + j * right]`: rows as overlapping windows are beyond slicing, so only nested ones.
  const width = Math.abs(down);
  if (LENGTH % width || Math.abs(right) * (columns - 1) >= width) {
    return null;
  }
  const column = ((offset % width) + width) % width;
  const last = column + right * (columns - 1);
  if (last < 0 || last >= width) {
    return null;
  }
  const row = Math.floor(offset / width);
  return array
    .reshape(-1, width)
    .slice([row, down < 0 && row - rows < 0 ? null : row + Math.sign(down) * rows, Math.sign(down)], [column, right < 0 && last + right < 0 ? null : last + right, right]);
}

function refused(call) {
  try {
    call();
    return false;
  } catch (error) {
    assert.ok(error instanceof kernels.KernelAliasError, error.stack);
    return true;
  }
}
