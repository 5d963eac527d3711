/** What an error is about: the kernel, and the argument where there is one. */
export class KernelError extends Error {
  /**
   * @param {string} message
   * @param {{ kernel?: string, argument?: string, cause?: unknown }} [about]
   */
  constructor(message, about = {}) {
    super(message, "cause" in about ? { cause: about.cause } : undefined);
    this.kernel = about.kernel;
    this.argument = about.argument;
  }
  // Set by hand, since a minifier renames the classes.
  static { this.prototype.name = "KernelError"; }
}

/** A value of the wrong type: another dtype or rank, no array at all, a number out of range. */
export class KernelTypeError extends KernelError {
  static { this.prototype.name = "KernelTypeError"; }
}

/** Sizes that do not fit together. */
export class KernelShapeError extends KernelError {
  static { this.prototype.name = "KernelShapeError"; }
}

/** An array that a kernel writes to and that shares memory with another argument, or with itself. */
export class KernelAliasError extends KernelError {
  static { this.prototype.name = "KernelAliasError"; }
}

/** No memory left, or an array that was freed. */
export class KernelMemoryError extends KernelError {
  static { this.prototype.name = "KernelMemoryError"; }
}

/** The kernel's own `Err`; the message ends in its text. */
export class KernelFailure extends KernelError {
  static { this.prototype.name = "KernelFailure"; }
}

/** A panic inside a kernel. */
export class KernelPanic extends KernelError {
  /** @type {string | undefined} */
  file;
  /** @type {number | undefined} */
  line;
  /** @type {number | undefined} */
  column;
  static { this.prototype.name = "KernelPanic"; }
}

/** A package that can't be loaded. */
export class KernelLoadError extends KernelError {
  static { this.prototype.name = "KernelLoadError"; }
}
