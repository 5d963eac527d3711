import type { Loaded, SequentialOptions } from "./runtime/types.js";

export {
  KernelAliasError,
  KernelError,
  KernelFailure,
  KernelLoadError,
  KernelMemoryError,
  KernelPanic,
  KernelShapeError,
  KernelTypeError,
} from "./runtime/types.js";
export type { SequentialOptions as LoadOptions, Threads } from "./runtime/types.js";

/** The kernels, and what comes with them. */
export interface Kernels extends Loaded {
  echoBool(x: boolean): boolean;
  echoInt64(x: bigint): bigint;
}

/** Loads the kernels. Every call makes an instance of its own, with its own memory. */
export function load(options?: SequentialOptions): Promise<Kernels>;
