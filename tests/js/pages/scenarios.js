// What a test lets a page do; runs on the page's main thread. Each returns plain data for the test to compare.

/**
 * Makes the scenarios reachable for a test.
 *
 * @param {() => Promise<any>} importPackage
 */
export function expose(importPackage) {
  globalThis.run = async (scenario, args) => scenarios[scenario](await importPackage(), ...args);
}

const SIZE = 100_000;
const RAMP = Int32Array.from({ length: SIZE }, (_, i) => i - 50);
const RAMP_SUM = BigInt((SIZE * (SIZE - 1)) / 2 - 50 * SIZE).toString();

const scenarios = {
  /** Parallel kernels on the main thread, where waits trap unless they are answered. */
  async work({ load }, options) {
    const k = await load(options);
    const squares = k.parallelSquares(Float64Array.from({ length: 1000 }, (_, i) => i));
    const answer = {
      main: typeof document === "object",
      isolated: globalThis.crossOriginIsolated,
      cores: navigator.hardwareConcurrency,
      threads: { ...k.threads },
      poolSize: k.poolSize(),
      seen: k.threadsSeen(64),
      sumIsRight: k.parallelSum(RAMP).toString() === RAMP_SUM,
      squaresAreRight: squares.toTypedArray().every((value, i) => value === i * i),
      counted: k.countUnderAMutex(2000),
      countedWithReaders: k.countUnderARwlock(500),
      pingPong: k.pingPong(50),
      waited: k.waitForAnother(),
      nested: k.nested(5).toString(),
    };
    squares.free();
    k.dispose();
    return answer;
  },

  /** Panics in a parallel kernel, each followed by a call that must be right. */
  async panics({ load, KernelPanic }, count) {
    const k = await load();
    const messages = [];
    let rightAfterwards = 0;
    for (let i = 0; i < count; i++) {
      try {
        k.parallelPanic(1000, i * 7);
        messages.push("no panic");
      } catch (error) {
        messages.push(error instanceof KernelPanic ? error.message : `${error?.name}: ${error?.message}`);
      }
      rightAfterwards += Number(k.parallelPanic(1000, 1000) === 499_500n);
    }
    const threads = { ...k.threads };
    k.dispose();
    return { messages, rightAfterwards, threads };
  },

  /** A worker that traps while the page's main thread waits for it. */
  async traps({ load, KernelPanic }) {
    const k = await load({ threads: 2 });
    const kept = k.array([1, 2, 3]);
    const attempt = (call) => {
      try {
        return call();
      } catch (error) {
        return error instanceof KernelPanic ? error.message : `${error?.name}: ${error?.message}`;
      }
    };
    const first = attempt(() => k.poolOverflows());
    const second = attempt(() => k.broadcast());
    const data = kept.toArray();
    k.dispose();
    return { first, second, data };
  },

  /** Two pools in one page. */
  async twice({ load, KernelError }) {
    const [one, two] = await Promise.all([load(), load()]);
    const array = one.array(RAMP);
    let refused;
    try {
      two.parallelSum(array);
    } catch (error) {
      refused = error instanceof KernelError && error.message;
    }
    const before = [one.parallelSum(array), two.parallelSum(RAMP)].map(String);
    one.dispose();
    const after = String(two.parallelSum(RAMP));
    const threads = [{ ...one.threads }, { ...two.threads }];
    two.dispose();
    return { expected: RAMP_SUM, before, after, refused, threads };
  },

  /** All threads allocate and free at once, in a memory that grows between calls. */
  async churn({ load }, calls, memory) {
    const k = await load({ threads: 2, memory });
    const alone = await load({ threads: false });
    const kept = [];
    const wrong = [];
    for (let seed = 1; seed <= calls; seed++) {
      const sum = k.churn(16, 60, 20_000, seed);
      if (sum !== alone.churn(16, 60, 20_000, seed)) {
        wrong.push(seed);
      }
      kept.push(k.block(200_000));
    }
    const bytes = kept[0].data.buffer.byteLength;
    const threads = { ...k.threads };
    k.dispose();
    alone.dispose();
    return { wrong, bytes, threads };
  },

  /** Views, pixels for a canvas, and half floats, which Node 20 does not have. */
  async arrays({ load }, npz) {
    const k = await load();
    const answer = {};
    k.scope(() => {
      answer.view = k.sameF64R2(k.arange(6).reshape(2, 3).T.slice("::-1")).toArray();
      const image = k.full([2, 3, 4], 200, { dtype: "uint8" }).slice("::-1").toImageData();
      const context = new OffscreenCanvas(3, 2).getContext("2d");
      context.putImageData(image, 0, 0);
      answer.pixels = [image.width, image.height, context.getImageData(2, 1, 1, 1).data[3]];
      const half = k.array(Float16Array.of(0.1, -2, 65504));
      answer.half = [half.dtype, String(half), half.astype("float64").toArray()];
      half.fill(0.5);
      answer.filled = String(k.fromNpy(half.toNpy()));
      answer.nested = k.array([[1.5], [2.5]], { dtype: "float16" }).T.toArray();
    });
    const arrays = Object.values(await k.fromNpz(Uint8Array.from(npz)));
    answer.texts = arrays.map(String);
    arrays.forEach((array) => array.free());
    answer.memory = k.memory;
    k.dispose();
    return answer;
  },
};
