// `load()`: picks the variant that the host can run, and says why where that is the sequential one.

import { KernelLoadError } from "./errors.js";
import { Runtime } from "./runtime.js";

/**
 * What the entry of a package says about itself.
 *
 * @typedef {object} Package
 * @property {(rt: Runtime, wasm: any) => Record<string, unknown>} bind the kernels of an instance
 * @property {(url: URL) => Promise<WebAssembly.Module>} compile reads and compiles a wasm file
 * @property {typeof import("./arrays.js").createArrays} [arrays] in a package whose kernels have arrays
 * @property {typeof import("./handles.js").createHandles} [handles] in a package whose kernels have handles
 * @property {URL} sequential the sequential variant
 * @property {() => Glue} glue its glue
 * @property {Threaded} [threaded] the threaded variant, in a package that has one
 *
 * @typedef {object} Threaded
 * @property {URL} url
 * @property {() => Promise<typeof import("./threads.js")>} start
 * @property {import("./threads.js").Host} host
 * @property {{ initial: number, maximum: number }} pages limits of the memory that the wasm imports
 *
 * @typedef {(options: { module_or_path: WebAssembly.Module, memory?: WebAssembly.Memory, thread_stack_size?: number }) => Promise<any>} Glue
 *
 * @typedef {{ active: number, reason: string | null, fix?: string }} Threads
 *
 * @typedef {object} Options
 * @property {number | false} [threads]
 * @property {{ initial?: number, maximum?: number }} [memory]
 */

/**
 * The `load` of a package.
 *
 * @param {Package} pkg
 */
export function createLoad(pkg) {
  const compiled = once(pkg.compile);

  /** @param {Options} [options] */
  return async function load(options = {}) {
    check(options);
    const { threads, refusal } = await startThreads(pkg, options, compiled);
    if (threads) {
      return attach(pkg, threads.wasm, threads.memory, { active: threads.active, reason: null }, threads);
    }
    const module = await compiled(pkg.sequential);
    const wasm = await instantiate(() => pkg.glue()({ module_or_path: module }));
    return attach(pkg, wasm, wasm.memory, { active: 1, ...refusal });
  };
}

/**
 * @param {Package} pkg
 * @param {Options} options
 * @param {(url: URL) => Promise<WebAssembly.Module>} compiled
 */
async function startThreads({ threaded }, options, compiled) {
  if (options.threads === false) {
    return { refusal: { reason: "`load({ threads: false })` asked for one thread" } };
  }
  if (!threaded) {
    const fix = "build it with `cargo kernel build --threads`";
    return { refusal: { reason: "the package was built without threads", fix } };
  }
  const { start, Refusal } = await threaded.start();
  try {
    return { threads: await start(threaded, options, compiled) };
  } catch (error) {
    if (error instanceof Refusal) {
      return { refusal: { reason: error.message, ...(error.fix && { fix: error.fix }) } };
    }
    throw error;
  }
}

/**
 * @param {Package} pkg
 * @param {any} wasm
 * @param {WebAssembly.Memory} memory
 * @param {Threads} threads
 * @param {import("./threads.js").Pool} [pool]
 */
function attach(pkg, wasm, memory, threads, pool) {
  const { rt, members } = pkg.arrays?.(wasm, memory) ?? { rt: new Runtime(wasm, memory), members: {} };
  pkg.handles?.(rt, members);
  if (pool) {
    rt.pool = pool;
    rt.grow = pool.grow;
    pool.onlost = (reason) => rt.lose(`a thread of the pool trapped: ${reason}`);
  }
  const dispose = () => {
    rt.dispose();
    pool?.stop();
  };
  const k = {
    ...pkg.bind(rt, wasm),
    threads: Object.freeze(threads),
    dispose,
  };
  // With their getters, which a spread would read once.
  Object.defineProperties(k, Object.getOwnPropertyDescriptors(members));
  if (Symbol.dispose) {
    Object.defineProperty(k, Symbol.dispose, { value: dispose });
  }
  return k;
}

/**
 * @template T
 * @param {() => Promise<T>} start
 */
async function instantiate(start) {
  try {
    return await start();
  } catch (cause) {
    throw new KernelLoadError(`the wasm can't be started: ${message(cause)}`, { cause });
  }
}

/**
 * Compiles every file once, however often the package is loaded; a failure is not kept.
 *
 * @param {Package["compile"]} compile
 */
function once(compile) {
  /** @type {Map<string, Promise<WebAssembly.Module>>} */
  const modules = new Map();
  return (/** @type {URL} */ url) => {
    let module = modules.get(url.href);
    if (!module) {
      module = compile(url).catch((cause) => {
        modules.delete(url.href);
        throw new KernelLoadError(`${url} can't be loaded: ${message(cause)}`, { cause });
      });
      modules.set(url.href, module);
    }
    return module;
  };
}

/** @param {Options} options */
function check({ threads, memory }) {
  const count = (/** @type {unknown} */ value) => Number.isInteger(value) && /** @type {number} */ (value) > 0;
  if (threads !== undefined && threads !== false && !count(threads)) {
    throw new KernelLoadError(`\`load\`: option \`threads\` must be a positive integer or false, got ${String(threads)}`);
  }
  for (const key of /** @type {const} */ (["initial", "maximum"])) {
    const bytes = memory?.[key];
    if (bytes !== undefined && !count(bytes)) {
      throw new KernelLoadError(
        `\`load\`: option \`memory.${key}\` must be a positive integer, in bytes, got ${String(bytes)}`,
      );
    }
  }
}

/** @param {unknown} cause */
const message = (cause) => (cause instanceof Error ? cause.message : String(cause));
