import type { Abstract, Handle, Loaded, LoadedHandles, SequentialOptions } from "./runtime/types.js";

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

/**
 * Counts.
 *
 * From 0.
 */
export interface Counter extends Handle<"Counter"> {
  /** Adds `n`. */
  add(n: number): void;
  count(): number;
  /** Leaves the other one at 0. */
  merge(other: Counter): void;
}

/** Its name is one that `kernels.js` has already. */
export interface Kind extends Handle<"Kind"> {}

export interface Ticket extends Handle<"Ticket"> {
  isOf(counter: Counter): boolean;
}

/** The kernels, and what comes with them. */
export interface Kernels extends Loaded, LoadedHandles {
  /**
   * Counts.
   *
   * From 0.
   */
  readonly Counter: {
    readonly prototype: Counter;
    /** One that begins at `start`. */
    new (start: number): Counter;
  };
  /** Its name is one that `kernels.js` has already. */
  readonly Kind: Abstract<Kind> & {
    of(kind: number): Kind;
  };
  readonly Ticket: Abstract<Ticket>;
  pair(counter: Counter): [Ticket, Ticket, boolean];
  /** Draws a ticket. */
  ticket(counter: Counter, result: Ticket): Ticket;
}

/** Loads the kernels. Every call makes an instance of its own, with its own memory. */
export function load(options?: SequentialOptions): Promise<Kernels>;
